import type { RunOutcome } from "../../check/index.ts";
import type { Attempt, Judgement, Lab } from "../../labs/index.ts";
import type { Diagnostic } from "../../manifest/index.ts";
import type { Input, RunSummary, Scenario } from "../../simulator/index.ts";
import type { PackedRun } from "./packed-run.ts";
import type { Stand } from "./play-lab.ts";

/** What the page asks of the worker. Each has a number of its own, which the replies repeat. */
export type Request =
  | {
      readonly id: number;
      readonly kind: "run";
      readonly scenario: Scenario;
      readonly seed: number;
      readonly inputs: readonly Input[];
    }
  /** The same scenario with many seeds; replies with progress on the way. */
  | {
      readonly id: number;
      readonly kind: "check";
      readonly scenario: Scenario;
      readonly seeds: readonly number[];
      readonly inputs: readonly Input[];
    }
  /** What a scenario's runs come to with some seeds, for `check`. */
  | {
      readonly id: number;
      readonly kind: "outcomes";
      readonly scenario: Scenario;
      readonly seeds: readonly number[];
    }
  /** The run of a lab's cluster as a learner has it; answered with "run". */
  | { readonly id: number; readonly kind: "play"; readonly lab: Lab; readonly stand: Stand }
  /** What kubectl and the API server would say of a manifest. */
  | { readonly id: number; readonly kind: "diagnose"; readonly text: string }
  /** A lab's checks on what a learner did; replies with progress on the way. */
  | {
      readonly id: number;
      readonly kind: "judge";
      readonly lab: Lab;
      readonly attempt: Attempt;
    }
  /** Gives up what has this number. */
  | { readonly id: number; readonly kind: "cancel" };

/** What the worker answers. */
export type Reply =
  | { readonly id: number; readonly kind: "run"; readonly packed: PackedRun }
  | { readonly id: number; readonly kind: "check"; readonly summaries: readonly RunSummary[] }
  | { readonly id: number; readonly kind: "outcomes"; readonly outcomes: readonly RunOutcome[] }
  | { readonly id: number; readonly kind: "judge"; readonly judgement: Judgement }
  | { readonly id: number; readonly kind: "diagnose"; readonly found: readonly Diagnostic[] }
  | {
      readonly id: number;
      readonly kind: "progress";
      readonly done: number;
      readonly total: number;
    }
  | { readonly id: number; readonly kind: "error"; readonly message: string };
