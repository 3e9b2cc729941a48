import { timestamp } from "../../simulator/index.ts";
import { KubectlError } from "../kubectl-error.ts";
import type { Call } from "./verb.ts";

/** Ends the command, as a line of its log, when flags are missing that it must have (cobra ValidateRequiredFlags, component-base cli/run.go). */
export function requiredFlags({ flags, world }: Call, names: readonly string[]): void {
  const missing = names.filter((name) => !flags.has(name)).map((name) => JSON.stringify(name));
  if (missing.length === 0) return;
  const message = `required flag(s) ${missing.join(", ")} not set`;
  throw new KubectlError(
    `E${clock(world.now())}       1 run.go:72] "command failed" err=${JSON.stringify(message)}`,
  );
}

/** `1123 19:40:17.889000`, as klog begins its lines. */
function clock(nowMs: number): string {
  const [date = "", time = ""] = timestamp(nowMs).split("T");
  const micros = `${String(Math.floor(nowMs) % 1000).padStart(3, "0")}000`;
  return `${date.slice(5).replace("-", "")} ${time.replace("Z", "")}.${micros}`;
}
