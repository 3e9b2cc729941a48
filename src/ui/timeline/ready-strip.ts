import type { ReadyRecord } from "../../simulator/record.ts";
import { PICTURE } from "../../words/labels.ts";
import { stripHeading, type Brush } from "./draft.ts";
import { shownReady, type ShownReady } from "./shown-ready.ts";

/** A number that holds from a time on. */
interface Step {
  readonly atMs: number;
  readonly value: number;
}

/** Ready pods over time, by version, between their two bounds where there are two; gives the height used. */
export function drawReadyStrip(brush: Brush, top: number): number {
  const { index, draft, scale, compact, plotX, plotW, lang } = brush;
  const words = PICTURE[lang];
  const shown = shownReady(index.timeline);
  const { records, bounded } = shown;
  const h = compact ? 44 : 56;
  const y = stripHeading(brush, top, words.ready, words.readyUnit);
  const highest = records.reduce((a, r) => Math.max(a, bounded ? r.max : 0, r.active), 1);
  const yOf = (value: number) => Math.round((y + h - (value * (h - 4)) / highest) * 4) / 4;
  const last = [...records].reverse().find(({ atMs }) => atMs <= scale.toMs) ?? records.at(-1);

  drawVersions(brush, shown, yOf);
  draft.path(`M${plotX} ${y + h}h${plotW}`, "tl-base");
  if (bounded) {
    drawBelowBound(brush, records, yOf);
    for (const bound of ["max", "min"] as const) {
      draft.path(stepPath(brush, steps(records, bound), yOf), "tl-bound");
    }
  }
  draft.path(stepPath(brush, steps(records, "active"), yOf), "tl-active");
  draft.path(stepPath(brush, steps(records, "ready"), yOf), "tl-ready");
  if (!bounded) {
    draft.text(plotX - 8, yOf(highest) + 4, String(highest), "tl-number", "end");
    draft.text(plotX - 8, yOf(0) + 4, "0", "tl-number", "end");
  } else if (last !== undefined) {
    const maxY = yOf(last.max);
    // A line of Hangul is higher than one of numbers.
    const minY = Math.max(yOf(last.min), maxY + 13);
    draft.text(plotX - 8, maxY + 4, words.max(last.max), "tl-number", "end");
    draft.text(plotX - 8, minY + 4, words.min(last.min), "tl-number", "end");
  }
  return y + h - top;
}

function steps(records: readonly ReadyRecord[], field: "ready" | "active" | "min" | "max"): Step[] {
  return records.map((record) => ({ atMs: record.atMs, value: record[field] }));
}

/** A staircase over the view; where several steps fall on one pixel the last one counts. */
function stepPath(
  { scale }: Brush,
  all: readonly Step[],
  yOf: (value: number) => number,
  closeAtY?: number,
): string {
  const before = all.findLast(({ atMs }) => atMs <= scale.fromMs);
  const within = all.filter(({ atMs }) => atMs > scale.fromMs && atMs <= scale.toMs);
  const shown = before === undefined ? within : [{ ...before, atMs: scale.fromMs }, ...within];
  const [first] = shown;
  if (first === undefined) return "";
  const points: { x: number; y: number }[] = [];
  for (const { atMs, value } of shown) {
    const point = { x: scale.x(atMs), y: yOf(value) };
    if (points.at(-1)?.x === point.x) points.pop();
    if (points.at(-1)?.y !== point.y) points.push(point);
  }
  const start = points[0]!;
  let d = `M${start.x} ${start.y}`;
  for (const { x, y } of points.slice(1)) d += `H${x}V${y}`;
  d += `H${scale.x(scale.toMs)}`;
  return closeAtY === undefined ? d : `${d}V${closeAtY}H${start.x}z`;
}

/** Ready pods of each version as areas, one upon the other. */
function drawVersions(
  brush: Brush,
  { records, counts }: ShownReady,
  yOf: (value: number) => number,
): void {
  if (records.length === 0) return;
  const { index, hues, draft } = brush;
  const changes = new Map<number, number[]>();
  const change = (atMs: number, hue: number, by: number) => {
    const at = changes.get(atMs) ?? [0, 0, 0];
    at[hue - 1]! += by;
    changes.set(atMs, at);
  };
  for (const pod of index.timeline.pods.filter(counts)) {
    pod.phases.forEach(({ phase, fromMs }, i) => {
      if (phase !== "ready") return;
      const endMs = pod.phases[i + 1]?.fromMs ?? pod.goneMs;
      change(fromMs, hues.ofGroup(pod), 1);
      if (endMs !== undefined) change(endMs, hues.ofGroup(pod), -1);
    });
  }
  const sums = [0, 0, 0];
  const stacks: Step[][] = [[], [], []];
  for (const [atMs, by] of [...changes].sort(([a], [b]) => a - b)) {
    let sum = 0;
    by.forEach((n, i) => {
      sums[i]! += n;
      sum += sums[i]!;
      stacks[i]!.push({ atMs, value: sum });
    });
  }
  // The highest stack first: the lower ones lie upon it.
  for (const hue of [3, 2, 1]) {
    if (hues.groups.length < hue) continue;
    draft.path(stepPath(brush, stacks[hue - 1]!, yOf, yOf(0)), `tl-share v${hue}`);
  }
}

/** Where fewer pods are ready than the lower bound wants. */
function drawBelowBound(
  { draft, scale, index }: Brush,
  records: readonly ReadyRecord[],
  yOf: (value: number) => number,
): void {
  const [rollout] = index.timeline.rollouts;
  let d = "";
  records.forEach((record, i) => {
    // Before its first rollout a workload is on its way up, and breaks no promise.
    if (record.ready >= record.min || record.atMs < (rollout?.startMs ?? Infinity)) return;
    const x1 = scale.clampedX(record.atMs);
    const x2 = scale.clampedX(records[i + 1]?.atMs ?? index.timeline.endMs);
    if (x2 > x1) d += `M${x1} ${yOf(record.min)}H${x2}V${yOf(record.ready)}H${x1}z`;
  });
  draft.path(d, "tl-below");
  draft.path(d, "tl-hatch", { hatch: "lost" });
}
