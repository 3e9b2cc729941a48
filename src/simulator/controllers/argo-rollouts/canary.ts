/*
 * How many pods the ReplicaSets of a canary are to have (argo-rollouts utils/replicaset/canary.go). Pure: the Rollout and its
 * ReplicaSets as they are now in, wanted numbers out; a rollout gets there over several syncs.
 */
import type { ReplicaSet } from "../../api/types.ts";
import { canaryTarget } from "./canary-steps.ts";
import {
  desiredReplicas,
  maxSurge,
  maxTrafficWeight,
  maxUnavailable,
  type Rollout,
  type TrafficWeights,
} from "./rollout.ts";
import {
  approximateWeightedReplicas,
  trafficWeightToReplicas,
  type ReplicaCounts,
} from "./weighted-replicas.ts";

/** The ReplicaSets of a Rollout by their part in it. */
export interface CanaryReplicaSets {
  /** The one with the current template. */
  readonly newRS?: ReplicaSet;
  /** The one that was promoted last; the same as newRS when nothing is being rolled out. */
  readonly stableRS?: ReplicaSet;
  readonly olderRSs?: readonly ReplicaSet[];
}

/**
 * Sizes without traffic routing (CalculateReplicaCountsForBasicCanary). First up, as far as maxSurge has room, the stable ReplicaSet before
 * the new one; then down, as far as maxUnavailable allows, and not before the older ones are at 0.
 *
 * 10 replicas, weight 30, maxSurge 0, maxUnavailable 3, all 10 stable: there is no room to go up, and 3 may be missing: 0 + 7, and in the
 * next sync 3 + 7.
 */
export function basicCanaryReplicas(rollout: Rollout, sets: CanaryReplicaSets): ReplicaCounts {
  const { newRS, olderRSs = [] } = sets;
  const stableRS = hasOwnStable(sets) ? sets.stableRS : undefined;
  const wanted = wantedBasic(rollout, stableRS !== undefined);
  const most = desiredReplicas(rollout) + maxSurge(rollout);
  const older = sum(olderRSs.map(replicas));

  let room = most - older - replicas(newRS) - replicas(stableRS);
  const stable = grown(stableRS, wanted.stable, room);
  room -= stable - replicas(stableRS);
  const counts = { canary: grown(newRS, wanted.canary, room), stable };
  if (older > 0) return counts;

  const leastAvailable = desiredReplicas(rollout) - maxUnavailable(rollout);
  return scaleDown(counts, wanted, {
    newRS,
    stableRS,
    anyStableRS: sets.stableRS,
    most,
    leastAvailable,
  });
}

function wantedBasic(rollout: Rollout, hasStable: boolean): ReplicaCounts {
  // Without a stable ReplicaSet of its own there is nothing to compare with: no steps, all pods are new ones.
  if (!hasStable) return { canary: desiredReplicas(rollout), stable: 0 };
  return approximateWeightedReplicas(
    desiredReplicas(rollout),
    canaryTarget(rollout).weight,
    maxTrafficWeight(rollout),
    maxSurge(rollout),
  );
}

/** CheckStableRSExists */
function hasOwnStable({ newRS, stableRS }: CanaryReplicaSets): boolean {
  return stableRS !== undefined && newRS?.metadata.name !== stableRS.metadata.name;
}

/** Size of a ReplicaSet after growing towards what is wanted by no more than there is room for; it never shrinks here. */
function grown(replicaSet: ReplicaSet | undefined, wanted: number, room: number): number {
  const now = replicas(replicaSet);
  if (replicaSet === undefined || now >= wanted || room <= 0) return now;
  return Math.min(now + room, wanted);
}

interface DownLimits {
  readonly newRS: ReplicaSet | undefined;
  /** Only when it is not the new one. */
  readonly stableRS: ReplicaSet | undefined;
  readonly anyStableRS: ReplicaSet | undefined;
  readonly most: number;
  readonly leastAvailable: number;
}

/**
 * One side is drained, and the other's available pods are what users are left with. While the canary grows it is the stable side, and a pod of
 * the stable side counts whether it is available or not: a broken stable version must not hold up its replacement.
 */
function scaleDown(
  counts: ReplicaCounts,
  wanted: ReplicaCounts,
  { newRS, stableRS, anyStableRS, most, leastAvailable }: DownLimits,
): ReplicaCounts {
  const growing = newRS === undefined || wanted.canary >= replicas(newRS);
  const staying = countForScaleDown(newRS, !growing) + countForScaleDown(anyStableRS, growing);
  const spare = staying - leastAvailable;
  if (spare <= 0) return counts;
  if (!growing) {
    const size = drained(newRS, wanted.canary, spare, counts.canary);
    const limits = { drain: newRS, keep: anyStableRS, most, leastAvailable };
    const { drain, keep } = withinLimits({ drain: size, keep: counts.stable }, limits);
    return { canary: drain, stable: keep };
  }
  if (stableRS === undefined) return counts;
  const size = drained(stableRS, wanted.stable, spare, counts.stable);
  const limits = { drain: stableRS, keep: newRS, most, leastAvailable };
  const { drain, keep } = withinLimits({ drain: size, keep: counts.canary }, limits);
  return { canary: keep, stable: drain };
}

/** Pods to count on; never those above spec.replicas, which are about to go (GetReplicasForScaleDown). */
function countForScaleDown(
  replicaSet: ReplicaSet | undefined,
  ignoreAvailability: boolean,
): number {
  const size = replicas(replicaSet);
  return ignoreAvailability ? size : Math.min(size, available(replicaSet));
}

/** calculateScaleDownReplicaCount */
function drained(
  replicaSet: ReplicaSet | undefined,
  wanted: number,
  spare: number,
  unchanged: number,
): number {
  const now = replicas(replicaSet);
  return replicaSet !== undefined && now > wanted ? Math.max(wanted, now - spare) : unchanged;
}

interface Pair<T> {
  readonly drain: T;
  readonly keep: T;
}

/**
 * Growing on one side and draining the other were decided apart; together they must respect both bounds (adjustReplicaWithinLimits). What
 * is above maxSurge is taken from the side that is kept, given back as far as availability needs it, and then taken from the drained side.
 */
function withinLimits(
  counts: Pair<number>,
  limits: Pair<ReplicaSet | undefined> & { readonly most: number; readonly leastAvailable: number },
): Pair<number> {
  let { drain, keep } = counts;
  if (limits.keep === undefined) return counts;
  keep -= Math.max(0, keep + drain - limits.most);
  const stillAvailable =
    Math.min(available(limits.drain), drain) + Math.min(available(limits.keep), keep);
  const missing = Math.max(0, limits.leastAvailable - stillAvailable);
  keep += Math.min(Math.max(0, available(limits.keep) - keep), missing);
  drain -= Math.max(0, keep + drain - limits.most);
  return { drain, keep };
}

/**
 * Sizes where a router splits the traffic (CalculateReplicaCountsForTrafficRoutedCanary): the canary has what its share needs, and the
 * stable ReplicaSet stays whole, so that an abort is instant. With dynamicStableScale it shrinks as traffic leaves it, and, when
 * aborted, the canary keeps what its remaining traffic needs. maxSurge does not count here. Who tells the ReplicaSets has an abort go
 * back step by step, as versions later than the simulated one do.
 */
export function trafficRoutedCanaryReplicas(
  rollout: Rollout,
  weights?: TrafficWeights,
  sets: CanaryReplicaSets = {},
): ReplicaCounts {
  const total = desiredReplicas(rollout);
  const maxWeight = maxTrafficWeight(rollout);
  const target = canaryTarget(rollout);
  const needed = (weight: number) => trafficWeightToReplicas(total, weight, maxWeight);
  const weight =
    target.replicas === undefined
      ? (weightOfAbort(rollout, sets, needed) ?? target.weight)
      : target.weight;

  let canary = target.replicas ?? atLeastMinPods(rollout, needed(weight));
  if (rollout.spec.strategy.canary?.dynamicStableScale !== true) return { canary, stable: total };

  let stable = needed(maxWeight - weight);
  if (weights !== undefined) {
    stable = Math.max(stable, needed(weights.stable.weight));
    if (rollout.status.abort === true) canary = Math.max(canary, needed(weights.canary.weight));
  }
  return { canary: atLeastMinPods(rollout, canary), stable: atLeastMinPods(rollout, stable) };
}

/**
 * An abort with dynamicStableScale goes back through the steps, so that the stable ReplicaSet need not come up at once (the first half of
 * GetDesiredCanaryWeight): to the last step whose canary is smaller than what the stable pods still leave to it.
 */
function weightOfAbort(
  rollout: Rollout,
  { newRS, stableRS }: CanaryReplicaSets,
  needed: (weight: number) => number,
): number | undefined {
  const { dynamicStableScale, steps = [] } = rollout.spec.strategy.canary ?? {};
  const isBack = rollout.status.abort === true && dynamicStableScale === true;
  if (!isBack || newRS === undefined || stableRS === undefined) return undefined;
  const left = Math.max(desiredReplicas(rollout) - available(stableRS), available(newRS));
  const step = steps.findLast(
    ({ setWeight }) => setWeight !== undefined && needed(setWeight) < left,
  );
  return step?.setWeight ?? 0;
}

/** A ReplicaSet that has pods has at least minPodsPerReplicaSet, but never more than spec.replicas for its sake (CheckMinPodsPerReplicaSet). */
function atLeastMinPods(rollout: Rollout, count: number): number {
  const canary = rollout.spec.strategy.canary;
  if (count === 0 || canary?.trafficRouting === undefined) return count;
  const least = Math.min(canary.minPodsPerReplicaSet ?? 0, desiredReplicas(rollout));
  return Math.max(count, least);
}

/**
 * Has the rollout the sizes that its step asks for (AtDesiredReplicaCountsForCanary)? The new pods must be available, the stable ones only be
 * there; without traffic routing the older ReplicaSets, which get traffic too, must have no available pod.
 */
export function atDesiredReplicaCounts(
  rollout: Rollout,
  sets: CanaryReplicaSets,
  weights?: TrafficWeights,
): boolean {
  const { newRS, stableRS, olderRSs = [] } = sets;
  const canary = rollout.spec.strategy.canary;
  const routed = canary?.trafficRouting !== undefined;
  const wanted = routed
    ? trafficRoutedCanaryReplicas(rollout, weights)
    : basicCanaryReplicas(rollout, sets);
  if (newRS === undefined) return false;
  if (replicas(newRS) !== wanted.canary || available(newRS) !== wanted.canary) return false;
  if (!routed || canary.dynamicStableScale !== true) {
    if (replicas(stableRS) !== wanted.stable || stableRS?.status.replicas !== wanted.stable) {
      return false;
    }
  }
  return routed || sum(olderRSs.map(available)) === 0;
}

function replicas(replicaSet: ReplicaSet | undefined): number {
  return replicaSet === undefined ? 0 : (replicaSet.spec.replicas ?? 1);
}

function available(replicaSet: ReplicaSet | undefined): number {
  return replicaSet?.status.availableReplicas ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
