import { ofType } from "./find.ts";
import { timestamp } from "./time.ts";
import type { Mutable, PodCondition } from "./types.ts";

/** A condition of a pod before its times are known. */
export type BareCondition = Pick<PodCondition, "type" | "status" | "reason" | "message">;

/**
 * The conditions with this one, in the place of the one of its type or at the end; lastTransitionTime stays while the status does. The list
 * itself where that says the same already (pkg/api/v1/pod/util.go UpdatePodCondition). Nobody sets lastProbeTime, hence it reads null.
 */
export function updatePodCondition(
  conditions: readonly PodCondition[],
  bare: BareCondition,
  now: number,
): readonly PodCondition[] {
  const { type, status, reason, message } = bare;
  const before = ofType(conditions, type);
  if (before?.status === status && before.reason === reason && before.message === message) {
    return conditions;
  }
  const condition = timedCondition(bare, before, timestamp(now));
  if (before === undefined) return [...conditions, condition];
  return conditions.map((other) => (other === before ? condition : other));
}

/** The condition with its times: lastTransitionTime is that of the one before while the status is, too; `now` otherwise. */
export function timedCondition(
  { type, status, reason, message }: BareCondition,
  before: PodCondition | undefined,
  now: string,
): PodCondition {
  const timed: Mutable<PodCondition> = {
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : now,
  };
  if (reason !== undefined) timed.reason = reason;
  if (message !== undefined) timed.message = message;
  return timed;
}

/** Why a pod is about to be ended by a disruption (KEP-3329), as its condition says it. */
export function disruptionTarget(reason: string, message: string): BareCondition {
  return { type: DISRUPTION_TARGET, status: "True", reason, message };
}

/** Condition of a pod that is about to be ended by a disruption; kubelet and control plane both set it. */
export const DISRUPTION_TARGET = "DisruptionTarget";
