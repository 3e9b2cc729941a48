import { OUTCOME_ORDER } from "../../words/causes.ts";
import { failed } from "../../words/findings.ts";
import { decimals } from "../../words/format.ts";
import { PICTURE } from "../../words/labels.ts";
import { stripHeading, type Brush } from "./draft.ts";
import { niceCeiling, niceStepMs, rectPath } from "./scale.ts";

/** A stack of columns of one colour over the others: an answered version, or a way to fail. */
interface Series {
  readonly look: string;
  readonly lost: boolean;
  /** Requests in each bin. */
  readonly counts: number[];
}

/** Requests of a run in bins of time, by version and by the way they failed. */
export interface RequestBins {
  readonly binMs: number;
  /** Time at which the first bin begins. */
  readonly fromMs: number;
  readonly series: readonly Series[];
  readonly totals: readonly number[];
}

/** Counts the requests sent in view: bins at least `leastBinMs` long that hold twelve requests on the average, so that chance does not
 * draw more than the run does. */
function binRequests(brush: Brush, leastBinMs: number): RequestBins {
  const { scale, index, hues } = brush;
  const { requests } = index.timeline;
  const inView = requests.filter((r) => r.sentMs >= scale.fromMs && r.sentMs < scale.toMs);
  const twelveMs = (12 * (scale.toMs - scale.fromMs)) / Math.max(1, inView.length);
  const binMs = niceStepMs(Math.max(leastBinMs, twelveMs));
  const first = Math.floor(scale.fromMs / binMs);
  const bins = Math.ceil(scale.toMs / binMs) - first;
  const series: Series[] = [
    ...[1, 2, 3].map((hue) => ({ look: `tl-answered v${hue}`, lost: false, counts: zeros(bins) })),
    ...OUTCOME_ORDER.slice(1).map((outcome) => ({
      look: `tl-lost o${outcome}`,
      lost: true,
      counts: zeros(bins),
    })),
  ];
  const totals = zeros(bins);
  for (const request of requests) {
    const bin = Math.floor(request.sentMs / binMs) - first;
    if (bin < 0 || bin >= bins) continue;
    const at = failed(request)
      ? 2 + OUTCOME_ORDER.indexOf(request.outcome)
      : hues.ofImage(request.version) - 1;
    series[at]!.counts[bin]! += 1;
    totals[bin]! += 1;
  }
  return { binMs, fromMs: first * binMs, series, totals };
}

/** Requests a second by version and outcome; gives the height used. */
export function drawRequestStrip(brush: Brush, top: number): number {
  const { draft, scale, compact, plotX, plotW, lang } = brush;
  const words = PICTURE[lang];
  const h = compact ? 48 : 64;
  const y = stripHeading(brush, top, words.requests, words.requestsUnit);
  const pixelMs = (scale.toMs - scale.fromMs) / plotW;
  const { binMs, fromMs, series, totals } = binRequests(brush, pixelMs * (compact ? 5 : 7));
  const perSecond = 1000 / binMs;
  const most = totals.reduce((a, b) => Math.max(a, b), 0) * perSecond;
  const ceiling = niceCeiling(Math.max(1, most));
  const heightOf = (count: number) => (count * perSecond * h) / ceiling;
  draft.path(`M${plotX} ${y + h}h${plotW}`, "tl-base");
  draft.path(`M${plotX} ${y}h${plotW}`, "tl-grid");
  draft.text(plotX - 8, y + 9, decimals(ceiling, 1), "tl-number", "end");
  draft.text(plotX - 8, y + h, "0", "tl-number", "end");
  const stacked = zeros(totals.length);
  for (const { look, lost, counts } of series) {
    let d = "";
    counts.forEach((count, bin) => {
      if (count === 0) return;
      const x1 = scale.clampedX(fromMs + bin * binMs);
      const x2 = scale.clampedX(fromMs + (bin + 1) * binMs);
      const bottom = y + h - heightOf(stacked[bin]!);
      stacked[bin]! += count;
      const upper = round(y + h - heightOf(stacked[bin]!));
      if (x2 > x1) d += rectPath({ x: x1, y: upper, w: x2 - x1, h: round(bottom - upper) });
    });
    draft.path(d, look);
    if (lost) draft.path(d, "tl-hatch", { hatch: look.endsWith("o502") ? "lost" : "lost-back" });
  }
  return y + h - top;
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function round(pixels: number): number {
  return Math.round(pixels * 4) / 4;
}
