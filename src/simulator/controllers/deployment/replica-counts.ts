import type { ReplicaSet } from "../../api/types.ts";

type ReplicaSets = readonly (ReplicaSet | undefined)[];

/** spec.replicas. */
export function replicasOf(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 1;
}

/** Sum of spec.replicas (deployment/util GetReplicaCountForReplicaSets). */
export function replicaCount(replicaSets: ReplicaSets): number {
  return sum(replicaSets, replicasOf);
}

/** Sum of status.replicas (GetActualReplicaCountForReplicaSets). */
export function actualReplicaCount(replicaSets: ReplicaSets): number {
  return sum(replicaSets, (rs) => rs.status.replicas);
}

/** Sum of status.readyReplicas (GetReadyReplicaCountForReplicaSets). */
export function readyReplicaCount(replicaSets: ReplicaSets): number {
  return sum(replicaSets, (rs) => rs.status.readyReplicas ?? 0);
}

/** Sum of status.availableReplicas (GetAvailableReplicaCountForReplicaSets). */
export function availableReplicaCount(replicaSets: ReplicaSets): number {
  return sum(replicaSets, (rs) => rs.status.availableReplicas ?? 0);
}

/**
 * Sum of status.terminatingReplicas, or undefined when one that its controller has seen does not tell (GetTerminatingReplicaCountForReplicaSets,
 * from 1.33 on). One that has never been seen has no pods yet.
 */
export function terminatingReplicaCount(
  replicaSets: readonly { readonly observedGeneration: number; readonly terminating?: number }[],
): number | undefined {
  let total = 0;
  for (const { observedGeneration, terminating } of replicaSets) {
    if (terminating !== undefined) total += terminating;
    else if (observedGeneration !== 0) return undefined;
  }
  return total;
}

/** Those with spec.replicas above 0 (pkg/controller/controller_utils.go FilterActiveReplicaSets). */
export function activeReplicaSets(replicaSets: ReplicaSets): ReplicaSet[] {
  return replicaSets.filter((rs) => rs !== undefined).filter((rs) => replicasOf(rs) > 0);
}

/** Oldest first, by name within a second (ReplicaSetsByCreationTimestamp). */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  const [left, right] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

/** Largest first, among equals the newest (ReplicaSetsBySizeNewer). */
export function bySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return replicasOf(b) - replicasOf(a) || byCreation(b, a);
}

/** Largest first, among equals the oldest (ReplicaSetsBySizeOlder). */
export function bySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return replicasOf(b) - replicasOf(a) || byCreation(a, b);
}

function sum(replicaSets: ReplicaSets, count: (replicaSet: ReplicaSet) => number): number {
  let total = 0;
  for (const replicaSet of replicaSets) if (replicaSet !== undefined) total += count(replicaSet);
  return total;
}
