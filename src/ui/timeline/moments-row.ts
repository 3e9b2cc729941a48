import type { Interval } from "../../words/findings.ts";
import { PICTURE } from "../../words/labels.ts";
import { stripHeading, type Brush } from "./draft.ts";
import { fitCommand, textWidth } from "./scale.ts";

const LABEL_ROW_H = 17;
const LABEL_ROWS_MAX = 3;

function within(atMs: number, { fromMs, toMs }: Interval): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

/** Inputs as labels over lines that run down through the picture; gives the height used. */
export function drawInputLabels(brush: Brush, top: number): number {
  const { index, draft, scale, compact, width, plotX, lang } = brush;
  // The labels are bold: 12 pixels as wide as 13.25 of the usual weight.
  const size = 13.25;
  const widest = compact ? 250 : 430;
  const rowEnds: number[] = [];
  draft.row(top, LABEL_ROW_H, lang === "ko" ? "명령" : "Commands");
  index.timeline.inputs.forEach((input, i) => {
    if (!within(input.atMs, scale)) return;
    const text = fitCommand(input.label, size, widest);
    const w = textWidth(text, size);
    const lineX = scale.x(input.atMs);
    const place = placesOf(lineX, w, plotX, width)
      .map(({ x, left }) => ({ x, left, row: freeRow(rowEnds, x) }))
      .find(({ row }) => row < LABEL_ROWS_MAX);
    if (place === undefined) return;
    const { x, left, row } = place;
    rowEnds[row] = x + w;
    const y = top + row * LABEL_ROW_H;
    const box = { x: x - 4, y, w: w + 8, h: LABEL_ROW_H - 1 };
    const tip = draft.target({ kind: "input", index: i }, box);
    if (left || x > lineX) {
      draft.path(`M${lineX} ${y + 2}l${left ? -4 : 4} 4l${left ? 4 : -4} 4z`, "tl-flag");
    }
    const whole = text === input.label ? undefined : tip;
    if (left) draft.text(lineX - 7, y + 10, text, "tl-input", "end", whole);
    else draft.text(x + 1, y + 10, text, "tl-input", undefined, whole);
  });
  const labelled = index.timeline.inputs.filter(({ atMs }) => within(atMs, brush.lanesOver));
  return Math.min(LABEL_ROWS_MAX, Math.max(1, labelled.length)) * LABEL_ROW_H + 2;
}

/** Where a label may stand, the best place first: right of its line, left of it, or pushed back from where the picture ends. */
function placesOf(lineX: number, w: number, plotX: number, width: number) {
  const room = { right: lineX + 7 + w <= width - 2, left: lineX - 7 - w >= plotX };
  return [
    ...(room.right ? [{ x: lineX + 6, left: false }] : []),
    ...(!room.right && room.left ? [{ x: lineX - 7 - w, left: true }] : []),
    { x: Math.max(plotX, Math.min(lineX + 6, width - w - 3)), left: false },
  ];
}

/** The first row in which nothing stands at x yet, which may be a new one. */
function freeRow(rowEnds: readonly number[], x: number): number {
  const row = rowEnds.findIndex((end) => end + 10 <= x);
  return row < 0 ? rowEnds.length : row;
}

/** The lines of the inputs, behind all else. */
export function drawInputLines({ index, draft, scale }: Brush, top: number, bottom: number): void {
  for (const { atMs } of index.timeline.inputs) {
    if (!within(atMs, scale)) continue;
    draft.back.push({
      kind: "path",
      d: `M${scale.x(atMs)} ${top}V${bottom}`,
      look: "tl-input-line",
    });
  }
}

/** Whose decisions stand in the row of their own; others are found on the lane of the pod that they are about. */
const ROLLOUT_ACTORS = new Set([
  "deployment-controller",
  "replicaset-controller",
  "statefulset-controller",
  "daemonset-controller",
]);

/** Decisions of the rollout as diamonds, near ones as one with a count; gives the height used, 0 where there are none. */
export function drawDecisions(brush: Brush, top: number): number {
  const { index, draft, scale, lang } = brush;
  const groups: { x: number; indexes: number[] }[] = [];
  let any = false;
  index.timeline.decisions.forEach(({ actor, atMs }, i) => {
    if (!ROLLOUT_ACTORS.has(actor) || !within(atMs, brush.lanesOver)) return;
    any = true;
    if (!within(atMs, scale)) return;
    const x = scale.x(atMs);
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < 28) last.indexes.push(i);
    else groups.push({ x, indexes: [i] });
  });
  if (!any) return 0;
  const words = PICTURE[lang];
  const y = stripHeading(brush, top, words.decisions);
  draft.row(y, 16, words.decisions);
  const middle = y + 7;
  for (const { x, indexes } of groups) {
    const count = indexes.length > 1 ? String(indexes.length) : "";
    const box = { x: x - 6, y, w: 12 + textWidth(count, 10), h: 15 };
    draft.target({ kind: "decisions", indexes }, box);
    draft.path(`M${x} ${middle - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z`, "tl-decision");
    if (count !== "") draft.text(x + 6.5, middle + 3.5, count, "tl-number");
  }
  return y + 16 - top;
}
