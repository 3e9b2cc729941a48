import type { Language } from "../../words/language.ts";
import { subjectLabel, type TimelineIndex } from "../../words/labels.ts";
import { subjectKey, type Subject } from "../../words/subject.ts";
import type { Interval } from "../../words/findings.ts";
import type { Hues } from "./hues.ts";
import { textWidth, type TimeScale } from "./scale.ts";
import type { Box, Hatch, Row, Shape, Target } from "./scene.ts";

/** What every part of the picture is drawn from. */
export interface Brush {
  readonly index: TimelineIndex;
  readonly lang: Language;
  readonly scale: TimeScale;
  /** Left edge and width of the plot; parts are as high as they need. */
  readonly plotX: number;
  readonly plotW: number;
  readonly width: number;
  readonly compact: boolean;
  readonly hues: Hues;
  /** What rows there are is settled by this interval, so that they stay where they are when the view zooms. */
  readonly lanesOver: Interval;
  readonly draft: SceneDraft;
}

/** Collects what the parts draw: behind, in the middle, in front. */
export class SceneDraft {
  readonly back: Shape[] = [];
  readonly middle: Shape[] = [];
  readonly front: Shape[] = [];
  readonly targets: Target[] = [];
  readonly rows: Row[] = [];
  private readonly index: TimelineIndex;
  private readonly lang: Language;

  constructor(index: TimelineIndex, lang: Language) {
    this.index = index;
    this.lang = lang;
  }

  rect(box: Box, look: string, more: { hatch?: Hatch; tip?: string } = {}): void {
    if (box.w > 0 && box.h > 0) this.middle.push({ kind: "rect", box, look, ...more });
  }

  path(d: string, look: string, more: { hatch?: Hatch; tip?: string } = {}): void {
    if (d !== "") this.middle.push({ kind: "path", d, look, ...more });
  }

  text(
    x: number,
    y: number,
    text: string,
    look: string,
    anchor?: "start" | "middle" | "end",
    tip?: string,
  ): void {
    const more = { ...(anchor ? { anchor } : {}), ...(tip === undefined ? {} : { tip }) };
    this.middle.push({ kind: "text", x, y, text, look, ...more });
  }

  /** Opens a row that the following targets stand in. */
  row(y: number, h: number, name: string): void {
    this.rows.push({ y, h, name });
  }

  /** Makes the box answer "why?"; gives the tooltip that goes with it. */
  target(subject: Subject, box: Box): string {
    this.targets.push({ key: subjectKey(subject), subject, box, row: this.rows.length - 1 });
    return subjectLabel(subject, this.index, this.lang);
  }
}

/** The box that an interval takes between y and y + h; no width where it lies outside the view. */
export function intervalBox(
  { scale }: Brush,
  { fromMs, toMs }: Interval,
  y: number,
  h: number,
): Box {
  const x = scale.clampedX(fromMs);
  return { x, y, w: scale.clampedX(toMs) - x, h };
}

/** The name of a strip: in the gutter, or above the plot where there is no gutter to speak of. */
export function stripHeading(brush: Brush, y: number, name: string, unit?: string): number {
  const { draft, compact, plotX } = brush;
  if (!compact) {
    draft.text(0, y + 11, name, "tl-name");
    if (unit !== undefined) draft.text(0, y + 25, unit, "tl-note");
    return y;
  }
  draft.text(plotX, y + 10, name, "tl-name");
  if (unit !== undefined) draft.text(plotX + textWidth(name, 13) + 4, y + 10, unit, "tl-note");
  return y + 17;
}
