import type { Deployment, ReplicaSet } from "../../api/types.ts";
import { desiredReplicas, isRollingUpdate, maxSurge } from "./fenceposts.ts";
import {
  activeReplicaSets,
  byCreation,
  bySizeNewer,
  bySizeOlder,
  replicaCount,
  replicasOf,
} from "./replica-counts.ts";
import { DESIRED_REPLICAS, MAX_REPLICAS, nonNegativeInt32 } from "./revisions.ts";
import type { Scale } from "./scale-decision.ts";

const FILE = "pkg/controller/deployment/sync.go";

/** Has spec.replicas changed since the ReplicaSets were last scaled (deployment/sync.go isScalingEvent)? */
export function isScalingEvent(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): boolean {
  return activeReplicaSets(replicaSets).some((replicaSet) => {
    const told = nonNegativeInt32(replicaSet.metadata.annotations?.[DESIRED_REPLICAS]);
    return told.error === undefined && told.value !== desiredReplicas(deployment);
  });
}

/**
 * What a change of spec.replicas does to the ReplicaSets: the only active one follows it; a new one that is full and available ends the
 * old ones; in mid-rollout all of them grow or shrink in proportion, as far as maxSurge allows (deployment/sync.go scale).
 */
export function scale(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
): Scale[] {
  const desired = desiredReplicas(deployment);
  const single = findActiveOrLatest(newReplicaSet, oldReplicaSets);
  if (single !== undefined) {
    return replicasOf(single) === desired ? [] : [scaleTo(single, desired)];
  }
  if (isSaturated(deployment, newReplicaSet)) {
    return activeReplicaSets(oldReplicaSets).map((old) => scaleTo(old, 0));
  }
  if (!isRollingUpdate(deployment)) return [];
  return scaleInProportion(deployment, activeReplicaSets([...oldReplicaSets, newReplicaSet]));
}

function scaleInProportion(deployment: Deployment, replicaSets: readonly ReplicaSet[]): Scale[] {
  const desired = desiredReplicas(deployment);
  const allowed = desired > 0 ? desired + maxSurge(deployment) : 0;
  const toAdd = allowed - replicaCount(replicaSets);
  const sorted =
    toAdd === 0 ? replicaSets : replicaSets.toSorted(toAdd > 0 ? bySizeNewer : bySizeOlder);
  let added = 0;
  const sizes = sorted.map((replicaSet) => {
    const change = proportion(deployment, replicaSet, toAdd, added);
    added += change;
    return replicasOf(replicaSet) + change;
  });
  if (toAdd !== 0) sizes[0] = Math.max(0, sizes[0]! + toAdd - added);
  return sorted.map((replicaSet, i) => scaleTo(replicaSet, sizes[i]!));
}

/** A ReplicaSet's share of what is to be added or, negative, taken away (deployment/util GetReplicaSetProportion). */
export function proportion(
  deployment: Deployment,
  replicaSet: ReplicaSet,
  toAdd: number,
  added: number,
): number {
  if (replicasOf(replicaSet) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = replicaSetFraction(deployment, replicaSet);
  const left = toAdd - added;
  return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}

/**
 * By how much a ReplicaSet grows or shrinks if its share of all pods stays: 5 of 10 + 3 pods, of 20 + 5 from now on, is 5 · 25 / 13 = 9.6, so 5
 * more (deployment/util getReplicaSetFraction).
 */
export function replicaSetFraction(deployment: Deployment, replicaSet: ReplicaSet): number {
  const desired = desiredReplicas(deployment);
  const current = replicasOf(replicaSet);
  if (desired === 0) return -current;
  const max = desired + maxSurge(deployment);
  const annotated = nonNegativeInt32(replicaSet.metadata.annotations?.[MAX_REPLICAS]).value;
  const before = annotated === 0 ? (deployment.status.replicas ?? 0) : annotated;
  if (before === 0) return 0;
  // Sizes are not negative, so adding a half and cutting off rounds as upstream's RoundToInt32.
  return Math.floor((current * max) / before + 0.5) - current;
}

/** The new ReplicaSet has all the pods, and they are available (deployment/util IsSaturated). */
export function isSaturated(deployment: Deployment, replicaSet: ReplicaSet | undefined): boolean {
  if (replicaSet === undefined) return false;
  const desired = desiredReplicas(deployment);
  return (
    replicaSet.metadata.annotations?.[DESIRED_REPLICAS] === String(desired) &&
    replicasOf(replicaSet) === desired &&
    (replicaSet.status.availableReplicas ?? 0) === desired
  );
}

/** The one ReplicaSet with pods; with none, the new or else the latest one; undefined when several have pods (FindActiveOrLatest). */
function findActiveOrLatest(
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const active = activeReplicaSets([...oldReplicaSets, newReplicaSet]);
  if (active.length > 1) return undefined;
  return active[0] ?? newReplicaSet ?? oldReplicaSets.toSorted(byCreation).at(-1);
}

function scaleTo(replicaSet: ReplicaSet, to: number): Scale {
  const values = { replicaSet: replicaSet.metadata.name, from: replicasOf(replicaSet), to };
  const reason = { code: "deployment.scale-proportionally", values, upstream: `${FILE} scale` };
  return { replicaSet, to, reason };
}
