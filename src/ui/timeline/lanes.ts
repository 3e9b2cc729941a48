import type { PodRecord, RequestRecord, RouteRecord } from "../../simulator/record.ts";
import {
  failed,
  failedAtMs,
  podAt,
  podsByName,
  union,
  type Gap,
  type Interval,
} from "../../words/findings.ts";
import { duration, podSuffix } from "../../words/format.ts";
import { PICTURE } from "../../words/labels.ts";
import { PHASES } from "../../words/phases.ts";
import { intervalBox, type Brush } from "./draft.ts";
import { inGroup, type Group } from "./hues.ts";
import { clusterFailures, markPath } from "./marks.ts";
import { fitText, textWidth } from "./scale.ts";

/** Sizes of a lane in pixels: fewer pods get more room. */
interface LaneMetrics {
  /** Above the bar: the routers' lines. */
  readonly routersH: number;
  readonly barH: number;
  readonly gapH: number;
  readonly markR: number;
  /** Size of the pod's name; 0: no names, no counts. */
  readonly nameSize: number;
  readonly routerLines: number;
}

/** More lanes than this are not drawn; those without a failure are left out first. */
export const LANES_MAX = 240;

function metricsFor(lanes: number, routers: number, compact: boolean): LaneMetrics {
  const routerLines = routers <= 3 ? routers : 1;
  if (lanes <= 14) {
    const routersH = compact ? 11 : 12;
    const sizes = compact ? { barH: 13, gapH: 7, markR: 3.5 } : { barH: 16, gapH: 9, markR: 4 };
    return { routersH, ...sizes, nameSize: compact ? 11 : 12, routerLines };
  }
  if (lanes <= 40) {
    return { routersH: 6, barH: 9, gapH: 4, markR: 3, nameSize: 10, routerLines };
  }
  const tight = lanes > 120;
  return {
    routersH: tight ? 2 : 3,
    barH: tight ? 3 : 4,
    gapH: tight ? 1 : 2,
    markR: tight ? 1.5 : 2,
    nameSize: 0,
    routerLines: 1,
  };
}

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

/** The lanes of all pods that existed in view, grouped by owner and version; gives the height used, and how many pods were left out. */
export function drawLanes(brush: Brush, top: number): { height: number; folded: number } {
  const { index, hues, lanesOver, draft, compact, lang } = brush;
  const own = belongings(brush);
  const seen = index.timeline.pods.filter(
    (pod) => pod.createdMs < lanesOver.toMs && (pod.goneMs ?? Infinity) > lanesOver.fromMs,
  );
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
    drawMarks(brush, y + 20, strays, { ...metrics, markR: Math.max(metrics.markR, 3) });
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
  const x = 16 + textWidth(name, 12.5) + 8;
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
  drawPhases(brush, barY, pod, hues.ofGroup(pod), metrics);
  drawRoutes(brush, y, metrics, own.routes.get(pod.uid) ?? [], own.gaps.get(pod.uid) ?? []);
  drawMarks(brush, barY + barH / 2, own.failures.get(pod.uid) ?? [], metrics);
  return routersH + barH + gapH;
}

const TERMINATING = new Set(["pre-stop", "stopping"]);

function drawPhases(
  brush: Brush,
  y: number,
  pod: PodRecord,
  hue: number,
  { barH, nameSize }: LaneMetrics,
): void {
  const { draft, index, lang } = brush;
  pod.phases.forEach(({ phase, fromMs }, i) => {
    const toMs = pod.phases[i + 1]?.fromMs ?? pod.goneMs ?? index.timeline.endMs;
    const box = intervalBox(brush, { fromMs, toMs }, y, barH);
    if (box.w <= 0) return;
    const tip = draft.target({ kind: "phase", pod: pod.name, fromMs }, box);
    const inset = phase === "exited" ? { ...box, y: y + 0.5, h: barH - 1 } : box;
    draft.rect(inset, `tl-bar v${hue} ${phase}`, { tip });
    if (TERMINATING.has(phase)) draft.rect(box, "tl-hatch", { hatch: "stripe" });
    const { short } = PHASES[phase][lang];
    const size = barH >= 16 ? 11 : 10;
    if (nameSize > 10 && phase !== "exited" && textWidth(short, size) + 12 <= box.w) {
      const look = phase === "ready" ? `tl-in on-v${hue}` : "tl-in";
      const halo = TERMINATING.has(phase) ? " tl-halo" : "";
      draft.text(
        box.x + 6,
        y + barH / 2 + size * 0.36,
        short,
        `${look}${halo}${size < 11 ? " tl-small" : ""}`,
      );
    }
  });
}

/** The routers' lines over a pod, and the gaps in which they lead to a closed port. */
function drawRoutes(
  brush: Brush,
  y: number,
  metrics: LaneMetrics,
  routes: readonly RouteRecord[],
  gaps: readonly Gap[],
): void {
  const { draft, index, lang } = brush;
  const { routersH, barH, routerLines, nameSize } = metrics;
  const { routers, endMs } = index.timeline;
  const lineOf = (router: string) => (routerLines === 1 ? 0 : Math.max(0, routers.indexOf(router)));
  const pitch = routersH / (routerLines + 1);
  const thick = nameSize > 10 ? 2 : nameSize > 0 ? 1.5 : 1;
  const lineBox = (line: number, interval: Interval, h: number) =>
    intervalBox(brush, interval, y + pitch * (line + 1) - h / 2, h);

  for (const line of Array.from({ length: routerLines }, (_, i) => i)) {
    const own = routes.filter((route) => lineOf(route.router) === line);
    for (const interval of union(own.map((r) => ({ fromMs: r.fromMs, toMs: r.toMs ?? endMs })))) {
      const box = lineBox(line, interval, thick);
      if (box.w <= 0) continue;
      const { router, pod, fromMs } = own.find((route) => route.fromMs === interval.fromMs)!;
      const tip = draft.target(
        { kind: "route", router, pod, fromMs },
        { ...box, y, h: routersH - 1 },
      );
      // Where lanes are as thin as lines, a line above each would drown them; the gaps are still drawn.
      if (barH > 3) draft.rect(box, "tl-route", { tip });
    }
  }
  for (const gap of union(gaps)) {
    const box = intervalBox(brush, gap, y + 1, routersH + barH - 1);
    if (box.w <= 0) continue;
    const tip = draft.target({ kind: "gap", pod: gaps[0]!.pod, ...gap }, box);
    draft.rect(box, "tl-gap", { tip });
    draft.rect(box, "tl-hatch", { hatch: "lost" });
    if (nameSize > 10 && box.w >= 4) {
      const text = duration(gap.toMs - gap.fromMs, lang);
      // Behind the gap; before it where the picture ends.
      const fits = box.x + box.w + 5 + textWidth(text, 11) <= brush.width;
      if (fits) draft.text(box.x + box.w + 5, y + routersH - 2, text, "tl-lost-text");
      else draft.text(box.x - 4, y + routersH - 2, text, "tl-lost-text", "end");
    }
  }
  for (const gap of gaps) {
    draft.rect(lineBox(lineOf(gap.router), gap, thick + 1), "tl-route lost");
  }
}

function drawMarks(
  brush: Brush,
  y: number,
  failures: readonly RequestRecord[],
  { markR, nameSize }: LaneMetrics,
): void {
  const { draft, scale } = brush;
  const inView = failures.filter((request) => {
    const atMs = failedAtMs(request);
    return atMs >= scale.fromMs && atMs <= scale.toMs;
  });
  const countW = (requests: readonly unknown[]) =>
    nameSize > 0 && requests.length > 1 ? textWidth(String(requests.length), 10.5) + 3 : 0;
  const widthOf = (requests: readonly unknown[]) => 2 * markR + countW(requests) + 4;
  for (const { x, outcome, requests } of clusterFailures(inView, scale.x, widthOf)) {
    const w = widthOf(requests);
    const box = { x: x - w / 2, y: y - 8, w, h: 16 };
    const tip = draft.target({ kind: "requests", ids: requests.map(({ id }) => id) }, box);
    const glyphX = round(box.x + 2 + markR);
    const d = markPath(outcome, glyphX, y, markR);
    draft.path(d, "tl-mark-halo");
    draft.path(d, "tl-mark", { tip });
    if (countW(requests) > 0) {
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
