import { decimals } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import type { Box } from "./scene.ts";

/** Virtual time on the way across the plot. */
export interface TimeScale {
  readonly fromMs: number;
  readonly toMs: number;
  /** Pixel of a time, rounded to a quarter so that the markup stays short. */
  x(ms: number): number;
  /** As `x`, held within the plot. */
  clampedX(ms: number): number;
  ms(x: number): number;
}

/** A scale that lays [fromMs, toMs] over the plot. */
export function timeScale(plot: Box, fromMs: number, toMs: number): TimeScale {
  const pixelsPerMs = plot.w / Math.max(1, toMs - fromMs);
  const x = (ms: number) => Math.round((plot.x + (ms - fromMs) * pixelsPerMs) * 4) / 4;
  return {
    fromMs,
    toMs,
    x,
    clampedX: (ms) => x(Math.min(Math.max(ms, fromMs), toMs)),
    ms: (pixel) => fromMs + (pixel - plot.x) / pixelsPerMs,
  };
}

const STEPS_MS = [
  10, 20, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000,
  300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000,
];

/** The smallest handsome step that is at least so long. */
export function niceStepMs(leastMs: number): number {
  return STEPS_MS.find((step) => step >= leastMs) ?? 86_400_000;
}

/** Multiples of the step within [fromMs, toMs]. */
export function ticks(fromMs: number, toMs: number, stepMs: number): number[] {
  const first = Math.ceil(fromMs / stepMs);
  const last = Math.floor(toMs / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * stepMs);
}

/** A tick's label: seconds up to ten minutes, then minutes and seconds, then hours. */
export function tickLabel(ms: number, toMs: number, lang: Language): string {
  if (toMs < 600_000) return `${decimals(ms / 1000, 2)}${lang === "ko" ? "초" : " s"}`;
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
}

/** The smallest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12 … that is at least so much. */
export function niceCeiling(value: number): number {
  let power = 1;
  while (power * 10 < value) power *= 10;
  return (
    [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((m) => m * power).find((n) => n >= value) ?? value
  );
}

/**
 * About how wide a text is, by the widest of the usual system fonts: letters are never measured, so that the same scene comes out
 * everywhere.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const letter of text) {
    if (letter >= "\u1100") ems += 0.95;
    else if ("iljtfrI.,:;|'!()[] ".includes(letter)) ems += 0.37;
    else if ("mwMW@%".includes(letter)) ems += 0.92;
    else if (letter >= "A" && letter <= "Z") ems += 0.7;
    else ems += 0.63;
  }
  return ems * fontSize;
}

/** The text, shortened with an ellipsis to fit. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let short = text;
  while (short.length > 1 && textWidth(`${short}…`, fontSize) > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

/** A command, shortened to fit: it keeps its verb and its last word, which says what it is about, as long as both have room. */
export function fitCommand(command: string, fontSize: number, width: number): string {
  const words = command.split(" ");
  const last = words.at(-1)!;
  for (let kept = words.length - 2; kept > 0; kept -= 1) {
    if (textWidth(command, fontSize) <= width) break;
    const short = `${words.slice(0, kept).join(" ")} … ${last}`;
    if (textWidth(short, fontSize) <= width) return short;
  }
  return fitText(command, fontSize, width);
}

/** A rectangle as a path's data. */
export function rectPath({ x, y, w, h }: Box): string {
  return `M${x} ${y}h${w}v${h}h${-w}z`;
}
