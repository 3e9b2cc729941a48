import type {
  Deployment,
  DeploymentStatus,
  ReplicaSet,
  WorkloadCondition,
} from "../../api/types.ts";
import { getCondition } from "../workload-conditions.ts";
import {
  calculateStatus,
  deadlineMs,
  deploymentComplete,
  deploymentCondition,
  deploymentProgressing,
  deploymentTimedOut,
  hasProgressDeadline,
  withCondition,
  withoutCondition,
} from "./status.ts";

/** The status that a Deployment should have, with its condition Progressing (deployment/progress.go syncRolloutStatus). */
export function rolloutStatus(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  allReplicaSets: readonly ReplicaSet[],
  nowMs: number,
): DeploymentStatus {
  let status = calculateStatus(deployment, newReplicaSet, allReplicaSets, nowMs);
  const current = getCondition(deployment.status.conditions, "Progressing");
  if (!hasProgressDeadline(deployment)) {
    status = withoutCondition(status, "Progressing");
  } else if (!isFinished(status, current)) {
    status = withProgress(deployment, newReplicaSet, status, current, nowMs);
  }
  const failure = replicaFailure(allReplicaSets, newReplicaSet);
  return failure === undefined
    ? withoutCondition(status, "ReplicaFailure")
    : withCondition(status, failure);
}

/** A rollout that has come to its end stays so, whatever happens to its pods later. */
function isFinished(status: DeploymentStatus, current: WorkloadCondition | undefined): boolean {
  return (
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) &&
    current?.reason === "NewReplicaSetAvailable"
  );
}

function withProgress(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  status: DeploymentStatus,
  current: WorkloadCondition | undefined,
  nowMs: number,
): DeploymentStatus {
  const subject =
    newReplicaSet === undefined
      ? `Deployment "${deployment.metadata.name}"`
      : `ReplicaSet "${newReplicaSet.metadata.name}"`;
  if (deploymentComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    return withCondition(
      status,
      deploymentCondition("Progressing", "True", "NewReplicaSetAvailable", message, nowMs),
    );
  }
  if (deploymentProgressing(deployment.status, status)) {
    const message = `${subject} is progressing.`;
    const fresh = deploymentCondition("Progressing", "True", "ReplicaSetUpdated", message, nowMs);
    // Progress restarts the deadline: lastUpdateTime moves even if the reason stays.
    const condition =
      current?.status === "True"
        ? { ...fresh, lastTransitionTime: current.lastTransitionTime }
        : fresh;
    return withCondition(withoutCondition(status, "Progressing"), condition);
  }
  if (deploymentTimedOut(deployment, status, nowMs)) {
    const message = `${subject} has timed out progressing.`;
    return withCondition(
      status,
      deploymentCondition("Progressing", "False", "ProgressDeadlineExceeded", message, nowMs),
    );
  }
  return status;
}

/** The new ReplicaSet's failure to create or delete pods, else that of another one (deployment/progress.go getReplicaFailures). */
function replicaFailure(
  allReplicaSets: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet | undefined,
): WorkloadCondition | undefined {
  let failure = getCondition(newReplicaSet?.status.conditions, "ReplicaFailure");
  for (const { status } of allReplicaSets) {
    failure ??= getCondition(status.conditions, "ReplicaFailure");
  }
  return failure === undefined
    ? undefined
    : { ...failure, lastUpdateTime: failure.lastTransitionTime };
}

/**
 * How long to wait, in milliseconds, before looking again at a Deployment that makes no progress; 0: at once; undefined: there is nothing to
 * wait for (deployment/progress.go requeueStuckDeployment).
 */
export function requeueAfterMs(
  deployment: Deployment,
  status: DeploymentStatus,
  nowMs: number,
): number | undefined {
  const current = getCondition(deployment.status.conditions, "Progressing");
  if (!hasProgressDeadline(deployment) || current === undefined) return undefined;
  if (deploymentComplete(deployment, status)) return undefined;
  if (current.reason === "ProgressDeadlineExceeded") return undefined;
  const after = deadlineMs(deployment, current) - nowMs;
  return after < 1000 ? 0 : after;
}

/**
 * The condition that tells of a pause or its end; a paused Deployment runs into no deadline. Undefined: nothing to tell
 * (deployment/sync.go checkPausedConditions).
 */
export function pauseCondition(
  deployment: Deployment,
  nowMs: number,
): WorkloadCondition | undefined {
  if (!hasProgressDeadline(deployment)) return undefined;
  const current = getCondition(deployment.status.conditions, "Progressing");
  if (current?.reason === "ProgressDeadlineExceeded") return undefined;
  const told = current?.reason === "DeploymentPaused";
  const paused = deployment.spec.paused === true;
  if (paused === told) return undefined;
  return paused
    ? deploymentCondition(
        "Progressing",
        "Unknown",
        "DeploymentPaused",
        "Deployment is paused",
        nowMs,
      )
    : deploymentCondition(
        "Progressing",
        "Unknown",
        "DeploymentResumed",
        "Deployment is resumed",
        nowMs,
      );
}
