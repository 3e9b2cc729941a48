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
 * The routers' lines over a pod, and the gaps in which they lead to a closed port; `names`: what stands on the bar already.
 */
export function drawRoutes(
  brush: Brush,
  y: number,
  metrics: LaneMetrics,
  routes: readonly RouteRecord[],
  gaps: readonly Gap[],
  names: readonly Span[],
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
  const lines = routes.map(({ fromMs, toMs = endMs }) => lineBox(0, { fromMs, toMs }, thick));
  for (const gap of union(gaps)) {
    const box = intervalBox(brush, gap, y + 1, routersH + barH - 1);
    if (box.w <= 0) continue;
    const tip = draft.target({ kind: "gap", pod: gaps[0]!.pod, ...gap }, box);
    draft.rect(box, "tl-gap", { tip });
    draft.rect(box, "tl-hatch", { hatch: "lost" });
    if (nameSize > 10 && box.w >= 4) {
      const length = duration(gap.toMs - gap.fromMs, lang);
      drawGapLength(brush, y, box, length, metrics, { lines, names });
    }
  }
  for (const gap of gaps) {
    draft.rect(lineBox(lineOf(gap.router), gap, thick + 1), "tl-route lost");
  }
}

/**
 * How long a gap is: above the bar, behind the gap or before it, where no router's line runs; else on the bar before it; nowhere if something
 * stands there already.
 */
function drawGapLength(
  { draft, plotX, width }: Brush,
  y: number,
  gap: Box,
  text: string,
  { routersH, barH }: LaneMetrics,
  { lines, names }: { readonly lines: readonly Span[]; readonly names: readonly Span[] },
): void {
  const w = textWidth(text, 11);
  const isFree = (taken: readonly Span[], x: number) =>
    x >= plotX && x + w <= width && taken.every((one) => one.x + one.w <= x || one.x >= x + w);
  const behind = gap.x + gap.w + 5;
  const before = gap.x - 5 - w;
  const onBar = before - 3;
  if (isFree(lines, behind)) draft.text(behind, y + routersH - 2, text, "tl-lost-text");
  else if (isFree(lines, before)) draft.text(before, y + routersH - 2, text, "tl-lost-text");
  else if (isFree(names, onBar)) {
    draft.text(onBar, y + routersH + barH / 2 + 4, text, "tl-lost-text tl-halo");
  }
}
