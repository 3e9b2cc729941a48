import type { ScenarioSpec } from "../scenario/schema/scenario-shape.ts";
import type { InBoth } from "../words/language.ts";
import type { LabSpec } from "./lab-shape.ts";

/** A file that the learner edits. */
export interface LabFile {
  /** As its tab is called: `web.yaml`. */
  readonly name: string;
  readonly text: string;
}

export type Check = LabSpec["checks"][number];

/** Files and typed commands that pass or fail. */
export interface WorkedOut {
  /** Every file of the lab, in the order of its tabs. */
  readonly files: readonly LabFile[];
  /** What is typed with these files, and when in virtual milliseconds. */
  readonly commands: LabSpec["solution"]["commands"];
}

/** A wrong answer that people give. */
export interface Answer
  extends WorkedOut, Pick<LabSpec["answers"][number], "name" | "fails" | "when" | "hint"> {}

/** A lab as plain data, with all the texts that it is made of: it can be sent to a worker, or written into a page. */
export interface Lab {
  readonly id: string;
  readonly title: InBoth<string>;
  readonly summary: InBoth<string>;
  readonly minutes: number;
  /** Its place among the labs. */
  readonly order: number;
  /** The chapter that it belongs to. */
  readonly chapter?: string;
  /** Markdown. */
  readonly task: InBoth<string>;
  /**
   * deploy: the learner's files are in force from the start, and the scenario's steps play with them. operate: the cluster runs as given
   * until `beginMs`; from then on the learner applies files and types lines, and those are judged.
   */
  readonly mode: "deploy" | "operate";
  /** Virtual time at which the learner takes over; in mode deploy, of the deploy. */
  readonly beginMs: number;
  readonly scenario: ScenarioSpec;
  /** What the editor holds at first. */
  readonly start: readonly LabFile[];
  readonly solution: WorkedOut;
  readonly checks: readonly Check[];
  readonly hints: readonly { readonly text: InBoth<string> }[];
  readonly answers: readonly Answer[];
  /** Every manifest that the scenario applies, by path; those of `start` stand in `start/`. */
  readonly files: Readonly<Record<string, string>>;
}
