/* The conditions that a Rollout is to have now (argo-rollouts rollout/sync.go calculateRolloutConditions). */
import type { RolloutStatus, WorkloadCondition } from "../../api/types.ts";
import { availableReplicaCount } from "../deployment/replica-counts.ts";
import { getCondition, removeCondition } from "../workload-conditions.ts";
import {
  AVAILABLE_MESSAGE,
  isCompleted,
  isHealthy,
  isProgressing,
  isTimedOut,
  NOT_AVAILABLE_MESSAGE,
  rolloutCondition,
  withCondition,
  type RolloutConditionType,
} from "./conditions.ts";
import { byHash } from "./parts.ts";
import { progressDeadlineSeconds } from "./rollout.ts";
import { isSaturated, revisionOf } from "./revisions.ts";
import { isIndefiniteStep } from "./steps.ts";
import type { SyncContext } from "./sync-context.ts";

const UPSTREAM = "argo-rollouts rollout/sync.go calculateRolloutConditions";

/** The status with its conditions. A deadline that passes may abort the update (progressDeadlineAbort). */
export function calculateConditions(sync: SyncContext, given: RolloutStatus): RolloutStatus {
  const health = withHealth(sync, given);
  let status = withAbort(sync, health.status);
  if (!sync.isAborted) status = withProgress(sync, status, health.becameUnhealthy);
  status = withAvailability(sync, status);
  const failure = replicaFailure(sync);
  status =
    failure === undefined
      ? { ...status, conditions: removeCondition(status.conditions, "ReplicaFailure") }
      : withCondition(status, failure).status;
  return withCompletion(sync, status);
}

function set(
  sync: SyncContext,
  status: RolloutStatus,
  type: RolloutConditionType,
  is: "True" | "False",
  reason: string,
  message: string,
) {
  return withCondition(status, rolloutCondition(type, is, reason, message, sync.now));
}

function withHealth(sync: SyncContext, status: RolloutStatus) {
  const { rollout } = sync;
  const isPaused =
    (rollout.status.pauseConditions ?? []).length > 0 || rollout.spec.paused === true;
  if (!isPaused && isHealthy(rollout, status)) {
    const healthy = set(sync, status, "Healthy", "True", "RolloutHealthy", "Rollout is healthy");
    return { status: healthy.status, becameUnhealthy: false };
  }
  if (getCondition(rollout.status.conditions, "Healthy") === undefined) {
    return { status, becameUnhealthy: false };
  }
  const no = set(sync, status, "Healthy", "False", "RolloutHealthy", "Rollout is not healthy");
  return { status: no.status, becameUnhealthy: no.changed };
}

function withAbort(sync: SyncContext, status: RolloutStatus): RolloutStatus {
  if (!sync.isAborted) return status;
  const why = sync.pause.abort;
  const base = `Rollout aborted update to revision ${revisionOf(sync.rollout)}`;
  const message = why ? `${base}: ${why}` : base;
  const aborted = set(sync, status, "Progressing", "False", "RolloutAborted", message);
  if (aborted.changed) {
    sync.event("RolloutAborted", message, "Warning");
    sync.tell("rollout.abort", { revision: revisionOf(sync.rollout), reason: why ?? "" }, UPSTREAM);
  }
  return aborted.status;
}

function withProgress(
  sync: SyncContext,
  status: RolloutStatus,
  becameUnhealthy: boolean,
): RolloutStatus {
  const { rollout, parts, now } = sync;
  const { newRS } = parts;
  const subject =
    newRS === undefined
      ? `Rollout "${rollout.metadata.name}"`
      : `ReplicaSet "${newRS.metadata.name}"`;
  if (isHealthy(rollout, status)) {
    const message = `ReplicaSet "${newRS?.metadata.name ?? ""}" has successfully progressed.`;
    return set(sync, status, "Progressing", "True", "NewReplicaSetAvailable", message).status;
  }
  if (isProgressing(rollout, status) || becameUnhealthy) {
    const isStable = becameUnhealthy && status.stableRS === status.currentPodHash;
    const condition = rolloutCondition(
      "Progressing",
      "True",
      isStable ? "ReplicaSetNotAvailable" : "ReplicaSetUpdated",
      isStable ? NOT_AVAILABLE_MESSAGE : `${subject} is progressing.`,
      now,
    );
    const current = getCondition(rollout.status.conditions, "Progressing");
    // Progress restarts the deadline: lastUpdateTime moves even if the reason stays.
    const fresh =
      current?.status === "True"
        ? { ...condition, lastTransitionTime: current.lastTransitionTime }
        : condition;
    const others = removeCondition(status.conditions, "Progressing");
    return withCondition({ ...status, conditions: others }, fresh).status;
  }
  if (isIndefiniteStep(rollout) || !isTimedOut(rollout, status, now)) return status;
  const message = `${subject} has timed out progressing.`;
  const late = set(sync, status, "Progressing", "False", "ProgressDeadlineExceeded", message);
  const seconds = progressDeadlineSeconds(rollout);
  const replicaSet = newRS?.metadata.name ?? "";
  if (late.changed) sync.tell("rollout.progress-deadline", { replicaSet, seconds }, UPSTREAM);
  if (rollout.spec.progressDeadlineAbort === true) {
    sync.abort(message);
    sync.event("RolloutAborted", message, "Warning");
    sync.tell("rollout.abort", { revision: revisionOf(rollout), reason: message }, UPSTREAM);
  }
  return late.status;
}

function withAvailability(sync: SyncContext, status: RolloutStatus): RolloutStatus {
  const { rollout, parts, blueGreen, canary, desired } = sync;
  const active = byHash(parts.all, status.blueGreen?.activeSelector);
  const isAvailable =
    (blueGreen !== undefined && active !== undefined && isSaturated(rollout, active)) ||
    (canary !== undefined && availableReplicaCount(parts.all) >= desired);
  return isAvailable
    ? set(sync, status, "Available", "True", "AvailableReason", AVAILABLE_MESSAGE).status
    : set(sync, status, "Available", "False", "AvailableReason", NOT_AVAILABLE_MESSAGE).status;
}

/** The new ReplicaSet's failure to create or delete pods, else that of another one (getReplicaFailures). */
function replicaFailure({ parts }: SyncContext): WorkloadCondition | undefined {
  for (const replicaSet of [parts.newRS, ...parts.all]) {
    const failure = getCondition(replicaSet?.status.conditions, "ReplicaFailure");
    if (failure !== undefined) return { ...failure, lastUpdateTime: failure.lastTransitionTime };
  }
  return undefined;
}

function withCompletion(sync: SyncContext, status: RolloutStatus): RolloutStatus {
  const reason = "RolloutCompleted";
  if (isCompleted(status)) return set(sync, status, "Completed", "True", reason, reason).status;
  const begun = set(sync, status, "Completed", "False", reason, reason);
  if (begun.changed) {
    const revision = revisionOf(sync.rollout) + 1;
    const hash = status.currentPodHash ?? "";
    sync.event(
      "RolloutNotCompleted",
      `Rollout not completed, started update to revision ${revision} (${hash})`,
    );
  }
  return begun.status;
}
