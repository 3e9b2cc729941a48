/* What the conditions of a Rollout say, and when (argo-rollouts utils/conditions/conditions.go). */
import { parseTimestamp, timestamp } from "../../api/time.ts";
import type {
  ConditionStatus,
  Rollout,
  RolloutStatus,
  WorkloadCondition,
} from "../../api/types.ts";
import { plainHash } from "../deployment/pod-template-hash.ts";
import { getCondition, setCondition } from "../workload-conditions.ts";
import { desiredReplicas, progressDeadlineSeconds } from "./rollout.ts";

export type RolloutConditionType =
  | "InvalidSpec"
  | "Available"
  | "Progressing"
  | "ReplicaFailure"
  | "Paused"
  | "Healthy"
  | "Completed";

/** A condition from now on (NewRolloutCondition). */
export function rolloutCondition(
  type: RolloutConditionType,
  status: ConditionStatus,
  reason: string,
  message: string,
  nowMs: number,
): WorkloadCondition {
  const now = timestamp(nowMs);
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message };
}

export const AVAILABLE_MESSAGE = "Rollout has minimum availability";
export const NOT_AVAILABLE_MESSAGE = "Rollout does not have minimum availability";

/** The status with the condition, and whether that changed it (SetRolloutCondition). */
export function withCondition<S extends Pick<RolloutStatus, "conditions">>(
  status: S,
  condition: WorkloadCondition,
): { status: S; changed: boolean } {
  const conditions = setCondition(status.conditions, condition, true);
  if (conditions === status.conditions) return { status, changed: false };
  return { status: { ...status, conditions }, changed: true };
}

/** Hash of the steps of a canary; a change of the steps begins them anew (ComputeStepHash). */
export function stepHash({ spec }: Rollout): string {
  const { blueGreen, canary } = spec.strategy;
  if (blueGreen !== undefined || canary === undefined) return "";
  return plainHash(canary.steps ?? null);
}

/** RolloutCompleted */
export function isCompleted(status: RolloutStatus): boolean {
  return Boolean(status.stableRS) && status.stableRS === status.currentPodHash;
}

/** All pods are updated and available and have the traffic, and a canary has gone through its steps (RolloutHealthy). */
export function isHealthy(rollout: Rollout, status: RolloutStatus): boolean {
  const replicas = desiredReplicas(rollout);
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    rollout.status.observedGeneration === String(rollout.metadata.generation) &&
    completedStrategy(rollout, status)
  );
}

function completedStrategy({ spec }: Rollout, status: RolloutStatus): boolean {
  const { blueGreen, canary } = spec.strategy;
  if (blueGreen !== undefined) {
    const { activeSelector = "", previewSelector = "" } = status.blueGreen ?? {};
    const current = status.currentPodHash ?? "";
    return activeSelector === current && (!blueGreen.previewService || previewSelector === current);
  }
  const steps = canary?.steps?.length ?? 0;
  const executedAll = steps === 0 || (status.currentStepIndex ?? steps) === steps;
  return executedAll && isCompleted(status) && (status.replicas ?? 0) === (spec.replicas ?? 1);
}

/** Has anything moved since the status was last written (RolloutProgressing)? */
export function isProgressing({ spec, status: old }: Rollout, now: RolloutStatus): boolean {
  const { blueGreen, canary } = spec.strategy;
  const changed = (key: "activeSelector" | "previewSelector") =>
    (old.blueGreen?.[key] ?? "") !== (now.blueGreen?.[key] ?? "");
  const byStrategy =
    (blueGreen !== undefined && (changed("activeSelector") || changed("previewSelector"))) ||
    (canary !== undefined &&
      ((now.stableRS ?? "") !== (old.stableRS ?? "") ||
        (now.currentStepHash ?? "") !== (old.currentStepHash ?? "") ||
        (now.currentStepIndex !== undefined &&
          old.currentStepIndex !== undefined &&
          now.currentStepIndex !== old.currentStepIndex)));
  return (
    byStrategy ||
    (now.updatedReplicas ?? 0) !== (old.updatedReplicas ?? 0) ||
    oldReplicas(now) < oldReplicas(old) ||
    (now.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

function oldReplicas({ replicas = 0, updatedReplicas = 0 }: RolloutStatus): number {
  return replicas - updatedReplicas;
}

/** When the progress deadline passes, by the condition that tells of the last progress. */
export function deadlineMs(rollout: Rollout, { lastUpdateTime }: WorkloadCondition): number {
  const since = lastUpdateTime === undefined ? 0 : parseTimestamp(lastUpdateTime);
  return since + progressDeadlineSeconds(rollout) * 1000;
}

/** Has nothing moved for progressDeadlineSeconds (RolloutTimedOut)? */
export function isTimedOut(rollout: Rollout, status: RolloutStatus, nowMs: number): boolean {
  const condition = getCondition(status.conditions, "Progressing");
  if (condition === undefined || condition.reason === "RolloutAborted") return false;
  if (condition.reason === "ProgressDeadlineExceeded") return true;
  return deadlineMs(rollout, condition) < nowMs;
}
