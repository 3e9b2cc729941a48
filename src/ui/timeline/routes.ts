import type { RouteRecord } from "../../simulator/record.ts";
import { union, type Gap, type Interval } from "../../words/findings.ts";
import { duration } from "../../words/format.ts";
import { intervalBox, type Brush } from "./draft.ts";
import type { LaneMetrics } from "./lane-metrics.ts";
import { textWidth } from "./scale.ts";
import type { Box } from "./scene.ts";

/** From where to where something stands on a bar, in pixels. */
export type Span = Pick<Box, "x" | "w">;

/**
 * The routers' lines over a pod, and the gaps in which they lead to a closed port; `taken`: what stands on the bar already.
 */
export function drawRoutes(
  brush: Brush,
  y: number,
  metrics: LaneMetrics,
  routes: readonly RouteRecord[],
  gaps: readonly Gap[],
  taken: readonly Span[],
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
      drawGapLength(brush, y, box, duration(gap.toMs - gap.fromMs, lang), metrics, taken);
    }
  }
  for (const gap of gaps) {
    draft.rect(lineBox(lineOf(gap.router), gap, thick + 1), "tl-route lost");
  }
}

/**
 * How long a gap is: behind it, where the router has left the pod; where the picture ends, on the bar before it, since a router's line runs
 * above that; nowhere if something stands there already.
 */
function drawGapLength(
  { draft, plotX, width }: Brush,
  y: number,
  gap: Box,
  text: string,
  { routersH, barH }: LaneMetrics,
  taken: readonly Span[],
): void {
  const w = textWidth(text, 11);
  const behind = gap.x + gap.w + 5;
  if (behind + w <= width) {
    draft.text(behind, y + routersH - 2, text, "tl-lost-text");
    return;
  }
  const end = gap.x - 8;
  const start = end - w;
  const isFree = taken.every((span) => span.x + span.w + 4 <= start || span.x >= gap.x);
  if (start < plotX || !isFree) return;
  draft.text(end, y + routersH + barH / 2 + 4, text, "tl-lost-text tl-halo", "end");
}
