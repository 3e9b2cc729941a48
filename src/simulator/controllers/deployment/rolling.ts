import type { Deployment, ReplicaSet } from "../../api/types.ts";
import { desiredReplicas, maxSurge, minAvailable, newReplicaSetReplicas } from "./fenceposts.ts";
import { availableReplicaCount, byCreation, replicaCount, replicasOf } from "./replica-counts.ts";
import { NOTHING, type Scale, type StepDecision } from "./scale-decision.ts";

const FILE = "pkg/controller/deployment/rolling.go";

/** How far the new ReplicaSet may grow now: up to replicas + maxSurge pods in all (rolling.go reconcileNewReplicaSet). */
export function reconcileNewReplicaSet(
  deployment: Deployment,
  newReplicaSet: ReplicaSet,
  allReplicaSets: readonly ReplicaSet[],
): StepDecision {
  const from = replicasOf(newReplicaSet);
  const desired = desiredReplicas(deployment);
  if (from === desired) return NOTHING;
  const name = newReplicaSet.metadata.name;
  const total = replicaCount(allReplicaSets);
  const upstream = `${FILE} reconcileNewReplicaSet`;
  if (from > desired) {
    const values = { replicaSet: name, from, to: desired };
    const reason = { code: "deployment.scale-proportionally", values, upstream };
    return { scale: [{ replicaSet: newReplicaSet, to: desired, reason }] };
  }
  const to = newReplicaSetReplicas(deployment, allReplicaSets, newReplicaSet);
  const max = desired + maxSurge(deployment);
  if (to === from) {
    const values = { replicaSet: name, total, max };
    return { scale: [], wait: { code: "deployment.wait-surge", values, upstream } };
  }
  const values = { replicaSet: name, from, to, total, max };
  const reason = { code: "deployment.scale-up-new", values, upstream };
  return { scale: [{ replicaSet: newReplicaSet, to, reason }] };
}

/**
 * How far the old ReplicaSets may shrink now (rolling.go reconcileOldReplicaSets). `oldReplicaSets`: those with replicas.
 *
 * 10 replicas, maxUnavailable 2, maxSurge 3; old 8, new 5 of which 4 are available: 13 pods, 8 needed, 1 new one missing, so 4 old ones
 * could go; with all 8 old ones available, 12 are available and 4 go.
 */
export function reconcileOldReplicaSets(
  deployment: Deployment,
  newReplicaSet: ReplicaSet,
  oldReplicaSets: readonly ReplicaSet[],
  allReplicaSets: readonly ReplicaSet[],
): StepDecision {
  if (replicaCount(oldReplicaSets) === 0) return NOTHING;
  const min = minAvailable(deployment);
  const unavailableNew = replicasOf(newReplicaSet) - (newReplicaSet.status.availableReplicas ?? 0);
  const budget = replicaCount(allReplicaSets) - min - unavailableNew;
  const available = availableReplicaCount([...oldReplicaSets, newReplicaSet]);
  const wait = {
    code: "deployment.wait-available",
    values: { available, min, unavailableNew },
    upstream: `${FILE} reconcileOldReplicaSets`,
  };
  if (budget <= 0) return { scale: [], wait };
  const cleanup = cleanupUnhealthyReplicas(oldReplicaSets, budget);
  if (cleanup === undefined) return { scale: [], wait };
  const down = scaleDownOldReplicaSets(deployment, newReplicaSet, oldReplicaSets, cleanup);
  const scale = [...cleanup, ...down];
  return scale.length > 0 ? { scale } : { scale, wait };
}

/**
 * Pods of old ReplicaSets that are not available go first, the oldest ReplicaSet's before the others', at most `budget` of them
 * (rolling.go cleanupUnhealthyReplicas). Undefined when a ReplicaSet has more available pods than it should have pods: its status is
 * older than its spec, so that nothing can be said of its pods yet.
 */
export function cleanupUnhealthyReplicas(
  oldReplicaSets: readonly ReplicaSet[],
  budget: number,
): Scale[] | undefined {
  const scale: Scale[] = [];
  let cleaned = 0;
  for (const replicaSet of oldReplicaSets.toSorted(byCreation)) {
    if (cleaned >= budget) break;
    const from = replicasOf(replicaSet);
    const available = replicaSet.status.availableReplicas ?? 0;
    if (from === 0 || from === available) continue;
    if (available > from) return undefined;
    const count = Math.min(budget - cleaned, from - available);
    const values = { replicaSet: replicaSet.metadata.name, from, to: from - count, available };
    const upstream = `${FILE} cleanupUnhealthyReplicas`;
    const reason = { code: "deployment.cleanup-unhealthy", values, upstream };
    scale.push({ replicaSet, to: from - count, reason });
    cleaned += count;
  }
  return scale;
}

/**
 * As many old pods go as are available beyond the minimum, the oldest ReplicaSet's first (rolling.go
 * scaleDownOldReplicaSetsForRollingUpdate). `done`: what the same step has scaled already.
 */
export function scaleDownOldReplicaSets(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
  done: readonly Scale[] = [],
): Scale[] {
  const min = minAvailable(deployment);
  const available = availableReplicaCount([...oldReplicaSets, newReplicaSet]);
  const scale: Scale[] = [];
  let left = available - min;
  for (const replicaSet of oldReplicaSets.toSorted(byCreation)) {
    if (left <= 0) break;
    const from = done.find((d) => d.replicaSet === replicaSet)?.to ?? replicasOf(replicaSet);
    if (from === 0) continue;
    const count = Math.min(from, left);
    const name = replicaSet.metadata.name;
    const values = { replicaSet: name, from, to: from - count, available, min };
    const upstream = `${FILE} scaleDownOldReplicaSetsForRollingUpdate`;
    const reason = { code: "deployment.scale-down-old", values, upstream };
    scale.push({ replicaSet, to: from - count, reason });
    left -= count;
  }
  return scale;
}
