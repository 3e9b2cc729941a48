import type { Timeline } from "../../simulator/record.ts";
import { OUTCOME_ORDER } from "../../words/causes.ts";
import { failed, failedAtMs, type Interval } from "../../words/findings.ts";
import { indexTimeline } from "../../words/labels.ts";
import type { Language } from "../../words/language.ts";
import { PHASE_ORDER } from "../../words/phases.ts";
import { describeRun, titleOfRun } from "../../words/tell-run.ts";
import { SceneDraft, type Brush } from "./draft.ts";
import { focusOf } from "./focus.ts";
import { huesOf } from "./hues.ts";
import { drawLanes, phasesOf, podsIn } from "./lanes.ts";
import { drawDecisions, drawInputLabels, drawInputLines } from "./moments-row.ts";
import { drawReadyStrip } from "./ready-strip.ts";
import { drawRequestStrip } from "./request-strip.ts";
import { niceStepMs, textWidth, tickLabel, ticks, timeScale } from "./scale.ts";
import type { Legend, Scene } from "./scene.ts";
import { shownReady } from "./shown-ready.ts";

/** How a timeline is laid out. */
export interface LayoutOptions {
  /** Pixels; below 560 the compact arrangement is taken unless `compact` says otherwise. */
  readonly width: number;
  /** The interval shown; by default the focus. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly lang: Language;
  readonly compact?: boolean;
  /** Pods that existed in this interval have lanes, by default the interval shown. A view that zooms keeps its lanes so. */
  readonly lanesOver?: Interval;
}

/** Width below which the names stand above the strips and not beside them. */
export const COMPACT_BELOW = 560;

/** Settles where everything of a timeline goes. Pure: the same timeline and options give the same scene. */
export function layoutTimeline(timeline: Timeline, options: LayoutOptions): Scene {
  const { width, lang } = options;
  const compact = options.compact ?? width < COMPACT_BELOW;
  const focus = focusOf(timeline);
  const fromMs = options.fromMs ?? focus.fromMs;
  const toMs = Math.max(fromMs + 1, options.toMs ?? focus.toMs);
  const plotX = compact ? 48 : 136;
  const plotW = Math.max(60, width - plotX - (compact ? 4 : 12));
  const index = indexTimeline(timeline);
  const hues = huesOf(timeline);
  const draft = new SceneDraft(index, lang);
  const scale = timeScale({ x: plotX, y: 0, w: plotW, h: 0 }, fromMs, toMs);
  const lanesOver = options.lanesOver ?? { fromMs, toMs };
  const brush: Brush = {
    lanesOver,
    index,
    lang,
    scale,
    plotX,
    plotW,
    width,
    compact,
    hues,
    draft,
  };

  let y = drawInputLabels(brush, 0);
  const plotTop = y;
  if (timeline.requests.length > 0) y += drawRequestStrip(brush, y + 4) + 18;
  if (timeline.ready.length > 0) y += drawReadyStrip(brush, y) + 14;
  const decisionsH = drawDecisions(brush, y);
  if (decisionsH > 0) y += decisionsH + 8;
  const lanes = drawLanes(brush, y);
  y += lanes.height;
  const plotBottom = y + 2;
  drawAxis(brush, plotTop, plotBottom);
  drawInputLines(brush, plotTop - 8, plotBottom);

  return {
    lang,
    width,
    height: plotBottom + 24,
    compact,
    plot: { x: plotX, y: plotTop, w: plotW, h: plotBottom - plotTop },
    fromMs,
    toMs,
    title: titleOfRun(timeline, lang),
    description: describeRun(timeline, lang),
    shapes: [...draft.back, ...draft.middle, ...draft.front],
    targets: draft.targets,
    rows: draft.rows,
    legend: { ...legendOf(brush), decisions: decisionsH > 0, folded: lanes.folded > 0 },
  };
}

function drawAxis(brush: Brush, top: number, bottom: number): void {
  const { draft, scale, plotX, plotW, lang, compact } = brush;
  const least = ((scale.toMs - scale.fromMs) * (compact ? 52 : 64)) / plotW;
  const stepMs = niceStepMs(least);
  let grid = "";
  for (const ms of ticks(scale.fromMs, scale.toMs, stepMs)) {
    const x = scale.x(ms);
    grid += `M${x} ${top}V${bottom}`;
    const text = tickLabel(ms, scale.toMs, lang);
    const half = textWidth(text, 11) / 2;
    if (x + half <= plotX + plotW + 12) draft.text(x, bottom + 16, text, "tl-tick", "middle");
  }
  draft.back.push({ kind: "path", d: grid, look: "tl-grid" });
  draft.path(`M${plotX} ${bottom}h${plotW}`, "tl-base");
}

/** What of the picture language occurs where there are lanes: as these, it stays while the view zooms. */
function legendOf({ index, hues, lanesOver }: Brush): Omit<Legend, "decisions" | "folded"> {
  const { timeline, gaps } = index;
  const isSeen = ({ fromMs, toMs }: Interval) =>
    fromMs < Math.min(toMs, lanesOver.toMs) && toMs > lanesOver.fromMs;
  const pods = podsIn(timeline, lanesOver);
  const drawn = pods.flatMap((pod) => phasesOf(pod, timeline.endMs).filter(isSeen));
  const phases = new Set(drawn.map(({ phase }) => phase));
  const requests = timeline.requests.filter((request) => {
    const atMs = failedAtMs(request);
    return atMs >= lanesOver.fromMs && atMs <= lanesOver.toMs;
  });
  const outcomes = new Set(requests.filter(failed).map(({ outcome }) => outcome));
  const answering = new Set(requests.map(({ version }) => version));
  return {
    versions: hues.versions.filter(
      ({ hue, image, owner }) =>
        pods.some((pod) => pod.image === image && hues.ofGroup(pod) === hue) ||
        (owner === undefined && answering.has(image)),
    ),
    phases: PHASE_ORDER.filter((phase) => phases.has(phase)),
    outcomes: OUTCOME_ORDER.filter((outcome) => outcomes.has(outcome)),
    routers: timeline.routers.length,
    gap: gaps.some(isSeen),
    ready:
      timeline.ready.length === 0
        ? undefined
        : shownReady(timeline).bounded
          ? "bounded"
          : "unbounded",
  };
}
