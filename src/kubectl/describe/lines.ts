/* How `kubectl describe` writes: pkg/describe/describe.go, its PrefixWriter and the pieces that all kinds share. */
import { parseTimestamp, timestamp, type LabelSelector } from "../../simulator/index.ts";

/** Lines with tabs between cells. */
export class Lines {
  private text = "";

  /** A line, indented by so many levels. */
  add(level: number, line: string): void {
    this.text += `${"  ".repeat(level)}${line}\n`;
  }

  toString(): string {
    return this.text;
  }
}

type Map = Readonly<Record<string, string>> | undefined;

/** `Labels:  app=web`, one a line. */
export function labelLines(out: Lines, title: string, labels: Map): void {
  const keys = Object.keys(labels ?? {}).sort();
  if (keys.length === 0) out.add(0, `${title}:\t<none>`);
  keys.forEach((key, i) => out.add(0, `${i === 0 ? `${title}:` : ""}\t${key}=${labels![key]}`));
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const ANNOTATION_MAX = 140;

/** `Annotations:  a: b`, one a line; what is long or has lines begins on a line of its own. */
export function annotationLines(out: Lines, title: string, annotations: Map): void {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== LAST_APPLIED)
    .sort();
  if (keys.length === 0) out.add(0, `${title}:\t<none>`);
  keys.forEach((key, i) => {
    const head = i === 0 ? `${title}:\t` : "\t";
    const value = annotations![key]!.replace(/\n$/, "");
    if (value.length + key.length + 2 <= ANNOTATION_MAX && !value.includes("\n")) {
      out.add(0, `${head}${key}: ${value}`);
      return;
    }
    out.add(0, `${head}${key}:`);
    for (const line of value.split("\n")) out.add(0, `\t  ${shortened(line, ANNOTATION_MAX - 2)}`);
  });
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}...` : text;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;
/** Weekday of the epoch of virtual time, 2026-01-01: a Thursday. */
const EPOCH_WEEKDAY = 4;

/** `Mon, 23 Nov 2026 19:39:46 +0000` (time.RFC1123Z). */
export function longTime(text: string | null | undefined): string {
  if (text === null || text === undefined) return "Mon, 01 Jan 0001 00:00:00 +0000";
  const ms = parseTimestamp(text);
  const [date = "", clock = ""] = timestamp(ms).split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const days = Math.floor(ms / DAY_MS) + EPOCH_WEEKDAY;
  const weekday = DAYS[((days % 7) + 7) % 7];
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${clock.replace("Z", "")} +0000`;
}

/** `True` for true. */
export function capitalized(value: boolean | undefined): string {
  return value === true ? "True" : "False";
}

/** A selector as FormatLabelSelector has it. */
export type { LabelSelector };
