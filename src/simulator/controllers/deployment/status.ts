import { parseTimestamp, timestamp } from "../../api/time.ts";
import type {
  ConditionStatus,
  Deployment,
  DeploymentStatus,
  Mutable,
  ReplicaSet,
  WorkloadCondition,
} from "../../api/types.ts";
import { getCondition, removeCondition, setCondition } from "../workload-conditions.ts";
import { desiredReplicas, maxUnavailable } from "./fenceposts.ts";
import {
  actualReplicaCount,
  availableReplicaCount,
  readyReplicaCount,
  replicaCount,
} from "./replica-counts.ts";
import { UNLIMITED } from "./revisions.ts";

/** A condition of a Deployment from now on (deployment/util NewDeploymentCondition). */
export function deploymentCondition(
  type: "Progressing" | "Available" | "ReplicaFailure",
  status: ConditionStatus,
  reason: string,
  message: string,
  nowMs: number,
): WorkloadCondition {
  const now = timestamp(nowMs);
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message };
}

/** Is there a progress deadline (deployment/util HasProgressDeadline)? */
export function hasProgressDeadline({ spec }: Deployment): boolean {
  const seconds = spec.progressDeadlineSeconds ?? undefined;
  return seconds !== undefined && seconds !== UNLIMITED;
}

/** Counts over the ReplicaSets and the condition Available (deployment/sync.go calculateStatus). */
export function calculateStatus(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  allReplicaSets: readonly ReplicaSet[],
  nowMs: number,
): DeploymentStatus {
  const available = availableReplicaCount(allReplicaSets);
  const needed = desiredReplicas(deployment) - maxUnavailable(deployment);
  const condition =
    available >= needed
      ? deploymentCondition(
          "Available",
          "True",
          "MinimumReplicasAvailable",
          "Deployment has minimum availability.",
          nowMs,
        )
      : deploymentCondition(
          "Available",
          "False",
          "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability.",
          nowMs,
        );
  const { collisionCount, conditions } = deployment.status;
  const { generation } = deployment.metadata;
  const replicas = actualReplicaCount(allReplicaSets);
  const updated = newReplicaSet?.status.replicas ?? 0;
  const ready = readyReplicaCount(allReplicaSets);
  const unavailable = replicaCount(allReplicaSets) - available;
  const status: Mutable<DeploymentStatus> = {};
  // Counts of 0 are left out, as the API does (omitempty).
  if (generation !== undefined && generation > 0) status.observedGeneration = generation;
  if (replicas > 0) status.replicas = replicas;
  if (updated > 0) status.updatedReplicas = updated;
  if (ready > 0) status.readyReplicas = ready;
  if (available > 0) status.availableReplicas = available;
  if (unavailable > 0) status.unavailableReplicas = unavailable;
  status.conditions = setCondition(conditions, condition, true);
  if (collisionCount !== undefined) status.collisionCount = collisionCount;
  return status;
}

/** All pods are updated and available, and no old one is left (deployment/util DeploymentComplete). */
export function deploymentComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = desiredReplicas(deployment);
  return (
    (status.updatedReplicas ?? 0) === desired &&
    (status.replicas ?? 0) === desired &&
    (status.availableReplicas ?? 0) === desired &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** More updated, fewer old, more ready or more available pods than last told (deployment/util DeploymentProgressing). */
export function deploymentProgressing(before: DeploymentStatus, now: DeploymentStatus): boolean {
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldReplicas(now) < oldReplicas(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** Has there been no progress for progressDeadlineSeconds (deployment/util DeploymentTimedOut)? */
export function deploymentTimedOut(
  deployment: Deployment,
  status: DeploymentStatus,
  nowMs: number,
): boolean {
  if (!hasProgressDeadline(deployment)) return false;
  const condition = getCondition(status.conditions, "Progressing");
  if (condition === undefined || condition.reason === "NewReplicaSetAvailable") return false;
  if (condition.reason === "ProgressDeadlineExceeded") return true;
  return deadlineMs(deployment, condition) < nowMs;
}

/** When the progress deadline passes, by the last progress that the condition tells. */
export function deadlineMs({ spec }: Deployment, { lastUpdateTime }: WorkloadCondition): number {
  const since = lastUpdateTime === undefined ? -Infinity : parseTimestamp(lastUpdateTime);
  return since + (spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** The status with the condition set (SetDeploymentCondition). */
export function withCondition(
  status: DeploymentStatus,
  condition: WorkloadCondition,
): DeploymentStatus {
  return { ...status, conditions: setCondition(status.conditions, condition, true) };
}

/** The status without a condition of that type (RemoveDeploymentCondition). */
export function withoutCondition(status: DeploymentStatus, type: string): DeploymentStatus {
  if (getCondition(status.conditions, type) === undefined) return status;
  return { ...status, conditions: removeCondition(status.conditions, type) };
}

function oldReplicas({ replicas = 0, updatedReplicas = 0 }: DeploymentStatus): number {
  return replicas - updatedReplicas;
}
