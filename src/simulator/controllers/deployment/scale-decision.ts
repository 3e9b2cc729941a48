import type { ReplicaSet } from "../../api/types.ts";

/** One ReplicaSet to be brought to a size. */
export interface Scale {
  readonly replicaSet: ReplicaSet;
  readonly to: number;
  /** Why, as the decision log has it. */
  readonly reason: Reason;
}

/** A decision's code and its numbers, see `DECISION_CODES` in src/words. */
export interface Reason {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** Upstream file and function of the rule. */
  readonly upstream: string;
}

/** What one step of a strategy comes to: ReplicaSets to scale, or why there is nothing to do now. */
export interface StepDecision {
  readonly scale: readonly Scale[];
  /** Why it waits, where there is work left. */
  readonly wait?: Reason;
}

/** Nothing to do, and nothing to wait for. */
export const NOTHING: StepDecision = { scale: [] };
