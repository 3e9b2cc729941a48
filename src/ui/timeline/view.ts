import type { Interval } from "../../words/findings.ts";

/** Shortest interval that can be zoomed to. */
const VIEW_MIN_MS = 50;

/** The view with its length times a factor, a time staying at its place; held within the run. */
export function zoomed(view: Interval, factor: number, aroundMs: number, run: Interval): Interval {
  const length = view.toMs - view.fromMs;
  const next = clamp(length * factor, VIEW_MIN_MS, run.toMs - run.fromMs);
  const start = aroundMs - ((aroundMs - view.fromMs) / length) * next;
  const fromMs = clamp(start, run.fromMs, run.toMs - next);
  return { fromMs: Math.round(fromMs), toMs: Math.round(fromMs + next) };
}

/** The view moved by so much, held within the run. */
export function panned({ fromMs, toMs }: Interval, byMs: number, run: Interval): Interval {
  const length = toMs - fromMs;
  const start = Math.round(
    clamp(fromMs + byMs, run.fromMs, Math.max(run.fromMs, run.toMs - length)),
  );
  return { fromMs: start, toMs: start + length };
}

/** The shortest interval that holds both. */
export function widest(a: Interval, b: Interval): Interval {
  return { fromMs: Math.min(a.fromMs, b.fromMs), toMs: Math.max(a.toMs, b.toMs) };
}

export function sameInterval(a: Interval, b: Interval): boolean {
  return a.fromMs === b.fromMs && a.toMs === b.toMs;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
