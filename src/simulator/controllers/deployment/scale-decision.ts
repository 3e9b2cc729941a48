import type { ReplicaSet } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";

/** One ReplicaSet to be brought to a size. */
export interface Scale {
  readonly replicaSet: ReplicaSet;
  readonly to: number;
  /** Why, as the decision log has it. */
  readonly reason: Reason;
}

/** What one step of a strategy comes to: ReplicaSets to scale, or why there is nothing to do now. */
export interface StepDecision {
  readonly scale: readonly Scale[];
  /** Why it waits, where there is work left. */
  readonly wait?: Reason;
}

/** Nothing to do, and nothing to wait for. */
export const NOTHING: StepDecision = { scale: [] };
