import type { PodFacts } from "./pod-facts.ts";

/** Which rule set two pods apart; the words of decision `replicaset.delete-pods`. */
export type DeletionRule =
  | "unassigned"
  | "pending"
  | "not-ready"
  | "deletion-cost"
  | "co-located"
  | "ready-shorter"
  | "restarts"
  | "newer";

/** A pod with the number of active pods of its workload on its node. */
export interface RankedPod {
  readonly pod: PodFacts;
  readonly rank: number;
}

export interface OrderOptions {
  readonly nowMs: number;
  /** Feature gate LogarithmicScaleDown: ages count by their logarithm, within one the uid decides. Default true. */
  readonly logarithmic?: boolean;
  /** Feature gate PodDeletionCost. Default true. */
  readonly deletionCost?: boolean;
}

const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** Which rule sets `a` apart from `b`; undefined: none does (pkg/controller/controller_utils.go ActivePodsWithRanks.Less). */
export function ruleBetween(
  { pod: a, rank: rankA }: RankedPod,
  { pod: b, rank: rankB }: RankedPod,
  { deletionCost = true }: OrderOptions,
): DeletionRule | undefined {
  if (a.node !== b.node && (a.node === "" || b.node === "")) return "unassigned";
  if (a.phase !== b.phase && placeOf(a.phase) !== placeOf(b.phase)) return "pending";
  if (a.ready !== b.ready) return "not-ready";
  if (deletionCost && a.deletionCost !== b.deletionCost) return "deletion-cost";
  if (rankA !== rankB) return "co-located";
  if (a.ready && a.readySinceMs !== b.readySinceMs) return "ready-shorter";
  if (a.restarts !== b.restarts || a.sidecarRestarts !== b.sidecarRestarts) return "restarts";
  return a.createdMs === b.createdMs ? undefined : "newer";
}

/** Negative: `a` is deleted before `b`, by the rule that sets them apart. */
export function compareForDeletion(a: RankedPod, b: RankedPod, options: OrderOptions): number {
  switch (ruleBetween(a, b, options)) {
    case undefined:
      return 0;
    case "unassigned":
      return a.pod.node === "" ? -1 : 1;
    case "pending":
      return placeOf(a.pod.phase) - placeOf(b.pod.phase);
    case "not-ready":
      return a.pod.ready ? 1 : -1;
    case "deletion-cost":
      return a.pod.deletionCost - b.pod.deletionCost;
    case "co-located":
      return b.rank - a.rank;
    case "ready-shorter":
      return younger(a.pod.readySinceMs, b.pod.readySinceMs, options) || compareUids(a.pod, b.pod);
    case "restarts":
      return b.pod.restarts - a.pod.restarts || b.pod.sidecarRestarts - a.pod.sidecarRestarts;
    case "newer":
      return younger(a.pod.createdMs, b.pod.createdMs, options) || compareUids(a.pod, b.pod);
  }
}

function placeOf(phase: string): number {
  return PHASES[phase] ?? 0;
}

/**
 * The first `count` pods in the order of deletion. All of them are returned as they came when none would stay
 * (pkg/controller/replicaset/replica_set.go getPodsToDelete).
 */
export function podsToDelete(
  pods: readonly RankedPod[],
  count: number,
  options: OrderOptions,
): RankedPod[] {
  if (count >= pods.length) return pods.slice(0, count);
  const before = (a: RankedPod, b: RankedPod) => compareForDeletion(a, b, options);
  // Few of many are chosen by one pass over all, since a rollout of many pods deletes them a few at a time.
  if (count * 8 > pods.length) return pods.toSorted(before).slice(0, count);
  const chosen: RankedPod[] = [];
  for (const pod of pods) {
    if (chosen.length === count && before(pod, chosen[count - 1]!) >= 0) continue;
    let at = chosen.length;
    while (at > 0 && before(pod, chosen[at - 1]!) < 0) at -= 1;
    chosen.splice(at, 0, pod);
    if (chosen.length > count) chosen.pop();
  }
  return chosen;
}

/** Negative: `a` is younger or has no time; 0: of the same age by its logarithm. */
function younger(
  a: number | undefined,
  b: number | undefined,
  { nowMs, logarithmic = true }: OrderOptions,
): number {
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  if (!logarithmic) return a > b ? -1 : 1;
  return logarithmOfAge(nowMs - a) - logarithmOfAge(nowMs - b);
}

/** Whole base-2 logarithm of an age in nanoseconds, -1 for none (logarithmicRankDiff). */
function logarithmOfAge(ms: number): number {
  if (ms <= 0) return -1;
  const nanoseconds = ms * 1_000_000;
  const high = Math.floor(nanoseconds / 4294967296);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(nanoseconds);
}

function compareUids(a: PodFacts, b: PodFacts): number {
  if (a.uid === b.uid) return 0;
  return a.uid < b.uid ? -1 : 1;
}
