import type { Timeline } from "../../simulator/record.ts";
import type { Language } from "../../words/language.ts";
import { focusOf } from "./focus.ts";
import { layoutTimeline } from "./layout.ts";
import { legendToHtml } from "./legend.ts";
import { sceneToSvg } from "./svg.ts";
import { tableToHtml } from "./table.ts";

/** How the static picture is made. */
export interface StaticOptions {
  readonly lang: Language;
  /** Begins the ids in the markup; different for every picture of a page. */
  readonly id: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Width of the wide arrangement, by default that of a chapter's column. */
  readonly width?: number;
  /** Width of the narrow arrangement, for phones. */
  readonly narrowWidth?: number;
  /** Rows of the table at most. */
  readonly rows?: number;
  /** Keeps room for the controls that a live view brings, so that nothing moves when it comes. */
  readonly live?: boolean;
}

/**
 * A timeline as HTML without a script: the picture in two arrangements of which the page shows one, its legend and its table. It is what an
 * `<rl-timeline>` holds until it comes alive.
 */
export function timelineHtml(timeline: Timeline, options: StaticOptions): string {
  const { lang, id, width = 720, narrowWidth = 340, rows = 150, live = false } = options;
  const focus = focusOf(timeline);
  const { fromMs = focus.fromMs, toMs = focus.toMs } = options;
  const wide = layoutTimeline(timeline, { width, fromMs, toMs, lang, compact: false });
  const narrow = layoutTimeline(timeline, {
    width: narrowWidth,
    fromMs,
    toMs,
    lang,
    compact: true,
  });
  return [
    `<div class="tl">`,
    live ? `<div class="tl-controls tl-waiting"></div>` : "",
    `<div class="tl-stage">`,
    sceneToSvg(wide, { id: `${id}-w`, look: "tl-wide" }),
    sceneToSvg(narrow, { id: `${id}-n`, look: "tl-narrow" }),
    `</div>`,
    `<div class="tl-wide">${legendToHtml(wide, `${id}-w`)}</div>`,
    `<div class="tl-narrow">${legendToHtml(narrow, `${id}-n`)}</div>`,
    tableToHtml(timeline, { fromMs, toMs }, lang, rows),
    `</div>`,
  ].join("");
}
