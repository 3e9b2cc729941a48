import { timestamp } from "../../api/time.ts";
import type { Mutable, ReplicaSet, ReplicaSetStatus } from "../../api/types.ts";
import { getCondition, removeCondition, setCondition } from "../workload-conditions.ts";

/** The pods of a ReplicaSet, counted. */
export interface PodCounts {
  /** Pods that are neither finished nor being deleted. */
  readonly replicas: number;
  readonly fullyLabeledReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
}

/**
 * Status from the counted pods, and the condition ReplicaFailure from the error of the last creations or deletions
 * (pkg/controller/replicaset/replica_set_utils.go calculateStatus).
 */
export function calculateStatus(
  replicaSet: ReplicaSet,
  counts: PodCounts,
  failure: string | undefined,
  nowMs: number,
): ReplicaSetStatus {
  const { conditions: before, observedGeneration } = replicaSet.status;
  let conditions = before;
  const failed = getCondition(before, "ReplicaFailure") !== undefined;
  if (failure !== undefined && !failed) {
    const tooFew = counts.replicas < (replicaSet.spec.replicas ?? 1);
    const condition = {
      type: "ReplicaFailure",
      status: "True" as const,
      lastTransitionTime: timestamp(nowMs),
      reason: tooFew ? "FailedCreate" : "FailedDelete",
      message: failure,
    };
    conditions = setCondition(before, condition, false);
  } else if (failure === undefined && failed) {
    conditions = removeCondition(before, "ReplicaFailure");
  }
  const { replicas, fullyLabeledReplicas, readyReplicas, availableReplicas } = counts;
  const status: Mutable<ReplicaSetStatus> = { replicas };
  // A count of 0 is left out, as the API does (omitempty).
  if (fullyLabeledReplicas > 0) status.fullyLabeledReplicas = fullyLabeledReplicas;
  if (readyReplicas > 0) status.readyReplicas = readyReplicas;
  if (availableReplicas > 0) status.availableReplicas = availableReplicas;
  if (observedGeneration !== undefined) status.observedGeneration = observedGeneration;
  if (conditions !== undefined && conditions.length > 0) status.conditions = conditions;
  return status;
}

/** Would the status, once written, differ from the present one (updateReplicaSetStatus)? */
export function isStatusStale({ metadata, status }: ReplicaSet, next: ReplicaSetStatus): boolean {
  return (
    status.replicas !== next.replicas ||
    (status.fullyLabeledReplicas ?? 0) !== (next.fullyLabeledReplicas ?? 0) ||
    (status.readyReplicas ?? 0) !== (next.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) !== (next.availableReplicas ?? 0) ||
    status.conditions !== next.conditions ||
    (status.observedGeneration ?? 0) !== (metadata.generation ?? 0)
  );
}
