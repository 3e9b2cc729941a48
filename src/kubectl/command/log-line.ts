import { timestamp } from "../../simulator/index.ts";

/** `W1123 19:40:17.889000       1 helpers.go:702] text`, as klog begins its lines. */
export function logLine(
  level: "E" | "F" | "W",
  nowMs: number,
  where: string,
  text: string,
): string {
  const [date = "", time = ""] = timestamp(nowMs).split("T");
  const micros = `${String(Math.floor(nowMs) % 1000).padStart(3, "0")}000`;
  const clock = `${date.slice(5).replace("-", "")} ${time.replace("Z", "")}.${micros}`;
  return `${level}${clock}       1 ${where}] ${text}`;
}
