import type { Language } from "../../words/language.ts";
import type { LanePhase, RequestOutcome } from "../../simulator/record.ts";
import type { Subject } from "../../words/subject.ts";
import type { Version } from "./hues.ts";

/** Pixels from the scene's upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Patterns that lie over a colour, so that nothing is told by colour alone. */
export type Hatch = "stripe" | "lost" | "lost-back";

/**
 * One thing to paint. `look` names its style (classes of timeline.css); shapes of one look may be painted as one element, so a tip is a
 * help and never the only place of a fact.
 */
export type Shape =
  | {
      readonly kind: "rect";
      readonly box: Box;
      readonly look: string;
      readonly hatch?: Hatch;
      readonly tip?: string;
    }
  | {
      readonly kind: "path";
      readonly d: string;
      readonly look: string;
      readonly hatch?: Hatch;
      readonly tip?: string;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly look: string;
      readonly anchor?: "start" | "middle" | "end";
      readonly tip?: string;
    };

/** A place that "why?" can be asked of. Rows are walked with the up and down keys, targets within a row with left and right. */
export interface Target {
  readonly key: string;
  readonly subject: Subject;
  readonly box: Box;
  readonly row: number;
}

/** A row of the picture that targets stand in. */
export interface Row {
  readonly y: number;
  readonly h: number;
  /** Read when the row is entered: a pod's name, "decisions". */
  readonly name: string;
}

/** What of the picture language occurs in a scene: the legend lists this and no more. */
export interface Legend {
  /** Image of each hue, in order of the hues. */
  readonly versions: readonly Version[];
  readonly phases: readonly LanePhase[];
  readonly outcomes: readonly RequestOutcome[];
  readonly routers: number;
  readonly gap: boolean;
  readonly decisions: boolean;
  /** Whether ready pods are counted, and whether between the bounds of one workload. */
  readonly ready: "bounded" | "unbounded" | undefined;
  readonly folded: boolean;
}

/** A picture of a timeline: all positions are settled, nothing of the page is known. */
export interface Scene {
  readonly lang: Language;
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** Where time runs: `fromMs` at its left edge, `toMs` at its right; the playhead spans its height. */
  readonly plot: Box;
  readonly fromMs: number;
  readonly toMs: number;
  readonly title: string;
  readonly description: string;
  readonly shapes: readonly Shape[];
  readonly targets: readonly Target[];
  readonly rows: readonly Row[];
  readonly legend: Legend;
}
