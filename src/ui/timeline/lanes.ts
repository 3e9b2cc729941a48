import type {
  PodRecord,
  RequestOutcome,
  RequestRecord,
  RouteRecord,
  Timeline,
} from "../../simulator/record.ts";
import {
  failed,
  failedAtMs,
  podAt,
  podsByName,
  type Gap,
  type Interval,
} from "../../words/findings.ts";
import { podSuffix } from "../../words/format.ts";
import { PICTURE } from "../../words/labels.ts";
import { PHASES } from "../../words/phases.ts";
import { intervalBox, type Brush } from "./draft.ts";
import { inGroup, type Group } from "./hues.ts";
import { metricsFor, type LaneMetrics } from "./lane-metrics.ts";
import { clusterFailures, markPath } from "./marks.ts";
import { drawRoutes, type Span } from "./routes.ts";
import { fitText, textWidth } from "./scale.ts";

/** More lanes than this are not drawn; those without a failure are left out first. */
export const LANES_MAX = 240;

/** What belongs to each pod, by its uid, gathered once; the failures of requests that found no pod stand under "". */
interface Belongings {
  readonly routes: ReadonlyMap<string, readonly RouteRecord[]>;
  readonly gaps: ReadonlyMap<string, readonly Gap[]>;
  readonly failures: ReadonlyMap<string, readonly RequestRecord[]>;
}

function belongings({ index }: Brush): Belongings {
  const { timeline } = index;
  const failures = timeline.requests.filter(failed).sort((a, b) => failedAtMs(a) - failedAtMs(b));
  // A StatefulSet's pods bear the names of those before them.
  const byName = podsByName(timeline.pods);
  const uidOf = (name: string, atMs: number) => podAt(byName, name, atMs)?.uid ?? "";
  return {
    routes: groupBy(timeline.routes, ({ pod, fromMs }) => uidOf(pod, fromMs)),
    gaps: groupBy(index.gaps, ({ pod, fromMs }) => uidOf(pod, fromMs)),
    failures: groupBy(failures, ({ pod, sentMs }) => (pod === undefined ? "" : uidOf(pod, sentMs))),
  };
}

/** The pods that existed in an interval. */
export function podsIn({ pods }: Timeline, { fromMs, toMs }: Interval): PodRecord[] {
  return pods.filter((pod) => pod.createdMs < toMs && (pod.goneMs ?? Infinity) > fromMs);
}

/** A pod's phases, each with its end. */
export function phasesOf({ phases, goneMs }: PodRecord, endMs: number) {
  return phases.map(({ phase, fromMs }, i) => ({
    phase,
    fromMs,
    toMs: phases[i + 1]?.fromMs ?? goneMs ?? endMs,
  }));
}

/** The lanes of all pods that existed in view, grouped by owner and version; gives the height used, and how many pods were left out. */
export function drawLanes(brush: Brush, top: number): { height: number; folded: number } {
  const { index, hues, lanesOver, draft, compact, lang } = brush;
  const own = belongings(brush);
  const seen = podsIn(index.timeline, lanesOver);
  const shown = withinLimit(seen, own);
  const metrics = metricsFor(shown.size, index.timeline.routers.length, compact);
  let y = top;
  for (const group of hues.groups) {
    const pods = seen.filter((pod) => inGroup(group)(pod) && shown.has(pod));
    if (pods.length === 0) continue;
    y += drawGroupName(brush, y, group);
    for (const pod of pods) y += drawLane(brush, y, pod, metrics, own);
    y += metrics.nameSize > 0 ? 4 : 6;
  }
  const strays = own.failures.get("") ?? [];
  if (strays.length > 0) {
    draft.row(y, 24, PICTURE[lang].noPod);
    draft.text(0, compact ? y + 10 : y + 24, PICTURE[lang].noPod, "tl-note");
    const sizes = { ...metrics, markR: Math.max(metrics.markR, 3) };
    drawMarks(brush, y + 20, marksOf(brush, strays, sizes), sizes);
    y += 30;
  }
  const folded = seen.length - shown.size;
  if (folded > 0) {
    draft.text(brush.plotX, y + 12, PICTURE[lang].folded(folded), "tl-note");
    y += 20;
  }
  return { height: y - top, folded };
}

function withinLimit(pods: readonly PodRecord[], own: Belongings): ReadonlySet<PodRecord> {
  if (pods.length <= LANES_MAX) return new Set(pods);
  const rank = (pod: PodRecord) => (own.failures.has(pod.uid) ? 0 : own.gaps.has(pod.uid) ? 1 : 2);
  return new Set([...pods].sort((a, b) => rank(a) - rank(b)).slice(0, LANES_MAX));
}

function drawGroupName(brush: Brush, y: number, group: Group): number {
  const { draft, hues, width } = brush;
  const { owner, image } = group;
  const hue = hues.ofGroup(group);
  draft.rect({ x: 0, y: y + 5, w: 10, h: 10 }, `tl-swatch v${hue}`);
  const name = owner === "" ? image : owner;
  draft.text(16, y + 14, fitText(name, 12, width - 20), "tl-group");
  const x = 16 + textWidth(name, 13.5) + 8;
  if (owner !== "" && x < width - 60) {
    draft.text(x, y + 14, fitText(image, 12, width - x), "tl-note");
  }
  return 24;
}

function drawLane(
  brush: Brush,
  y: number,
  pod: PodRecord,
  metrics: LaneMetrics,
  own: Belongings,
): number {
  const { draft, hues, plotX, compact } = brush;
  const { routersH, barH, gapH, nameSize } = metrics;
  const barY = y + routersH;
  draft.row(y, routersH + barH, pod.name);
  if (nameSize > 0) {
    const look = nameSize > 10 ? "tl-pod" : "tl-pod tl-small";
    if (compact) draft.text(0, barY + barH - 3, podSuffix(pod.name), look);
    else draft.text(plotX - 12, barY + barH / 2 + 4, podSuffix(pod.name), look, "end");
  }
  const failures = own.failures.get(pod.uid) ?? [];
  const marks = marksOf(brush, failures, metrics);
  const names = drawPhases(brush, barY, pod, hues.ofGroup(pod), metrics, marks);
  const taken = [...names, ...failures.map((failure) => placeOf(brush, failure))];
  const gaps = own.gaps.get(pod.uid) ?? [];
  drawRoutes(brush, y, metrics, own.routes.get(pod.uid) ?? [], gaps, taken);
  drawMarks(brush, barY + barH / 2, marks, metrics);
  return routersH + barH + gapH;
}

const placeOf = ({ scale }: Brush, failure: RequestRecord): Span => ({
  x: scale.x(failedAtMs(failure)),
  w: 0,
});

const TERMINATING = new Set(["pre-stop", "stopping"]);

/** The bar of a pod; gives where the names of its phases stand: of those that no mark of a failure will lie on. */
function drawPhases(
  brush: Brush,
  y: number,
  pod: PodRecord,
  hue: number,
  { barH, nameSize }: LaneMetrics,
  marks: readonly Span[],
): Span[] {
  const { draft, index, lang } = brush;
  const names: Span[] = [];
  for (const { phase, fromMs, toMs } of phasesOf(pod, index.timeline.endMs)) {
    const box = intervalBox(brush, { fromMs, toMs }, y, barH);
    if (box.w <= 0) continue;
    const tip = draft.target({ kind: "phase", pod: pod.name, fromMs }, box);
    const inset = phase === "exited" ? { ...box, y: y + 0.5, h: barH - 1 } : box;
    draft.rect(inset, `tl-bar v${hue} ${phase}`, { tip });
    if (TERMINATING.has(phase)) draft.rect(box, "tl-hatch", { hatch: "stripe" });
    const { short } = PHASES[phase][lang];
    const size = barH >= 16 ? 11 : 10;
    const name = { x: box.x + 6, w: textWidth(short, size) };
    const isFree = marks.every((mark) => mark.x >= name.x + name.w || mark.x + mark.w <= name.x);
    if (nameSize > 10 && phase !== "exited" && name.w + 12 <= box.w && isFree) {
      // With room after it: what is written beside a name must not read as its end.
      names.push({ ...name, w: name.w + 6 });
      const look = phase === "ready" ? `tl-in on-v${hue}` : "tl-in";
      const halo = TERMINATING.has(phase) ? " tl-halo" : "";
      draft.text(
        name.x,
        y + barH / 2 + size * 0.36,
        short,
        `${look}${halo}${size < 11 ? " tl-small" : ""}`,
      );
    }
  }
  return names;
}

/** A mark of failed requests with the room that it takes; `counted`: their number stands beside it. */
interface Mark extends Span {
  readonly outcome: RequestOutcome;
  readonly requests: readonly RequestRecord[];
  readonly counted: boolean;
}

function marksOf(
  { scale }: Brush,
  failures: readonly RequestRecord[],
  { markR, nameSize }: LaneMetrics,
): Mark[] {
  const inView = failures.filter((request) => {
    const atMs = failedAtMs(request);
    return atMs >= scale.fromMs && atMs <= scale.toMs;
  });
  const countW = (requests: readonly unknown[]) =>
    nameSize > 0 && requests.length > 1 ? textWidth(String(requests.length), 10.5) + 3 : 0;
  const widthOf = (requests: readonly unknown[]) => 2 * markR + countW(requests) + 4;
  return clusterFailures(inView, scale.x, widthOf).map(({ x, outcome, requests }) => {
    const w = widthOf(requests);
    return { x: x - w / 2, w, outcome, requests, counted: countW(requests) > 0 };
  });
}

function drawMarks(
  { draft }: Brush,
  y: number,
  marks: readonly Mark[],
  { markR }: LaneMetrics,
): void {
  for (const { x, w, outcome, requests, counted } of marks) {
    const box = { x, y: y - 8, w, h: 16 };
    const tip = draft.target({ kind: "requests", ids: requests.map(({ id }) => id) }, box);
    const glyphX = round(box.x + 2 + markR);
    const d = markPath(outcome, glyphX, y, markR);
    draft.path(d, "tl-mark-halo");
    draft.path(d, "tl-mark", { tip });
    if (counted) {
      draft.text(glyphX + markR + 2.5, y + 3.5, String(requests.length), "tl-count");
    }
  }
}

function round(pixels: number): number {
  return Math.round(pixels * 4) / 4;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
