import { preferredNodeWeight } from "../api/node-affinity.ts";
import { isTolerated } from "../api/tolerations.ts";
import type { Pod } from "../api/types.ts";
import { controllerOf } from "../controllers/informer.ts";
import type { ClusterView } from "./cluster-view.ts";
import { affinityScores } from "./inter-pod-affinity.ts";
import type { NodeInfo } from "./node-info.ts";
import { podRequests } from "./requests.ts";
import { spreadScores } from "./topology-spread.ts";

/** One rule that compares nodes (a score plugin): 0 to 100 for each node; undefined: to it they are all alike (PreScore's Skip). */
type Score = (
  pod: Pod,
  nodes: readonly NodeInfo[],
  view: ClusterView,
) => readonly number[] | undefined;

const MAX_SCORE = 100;

/** Nodes with fewer taints that the pod had better avoid (tainttoleration Score, PreferNoSchedule). */
const taints: Score = (pod, nodes) => {
  if (nodes.every(({ node }) => node.spec.taints === undefined)) return undefined;
  const counts = nodes.map(
    ({ node }) =>
      (node.spec.taints ?? []).filter(
        (taint) => taint.effect === "PreferNoSchedule" && !isTolerated(taint, pod.spec.tolerations),
      ).length,
  );
  const max = Math.max(...counts);
  if (max === 0) return undefined;
  return counts.map((count) => MAX_SCORE - Math.floor((MAX_SCORE * count) / max));
};

/** Nodes that the pod prefers (nodeaffinity Score). */
const nodeAffinity: Score = (pod, nodes) => {
  if (pod.spec.affinity?.nodeAffinity === undefined) return undefined;
  const weights = nodes.map(({ node }) => preferredNodeWeight(pod.spec, node));
  const max = Math.max(...weights);
  if (max === 0) return undefined;
  return weights.map((weight) => Math.floor((MAX_SCORE * weight) / max));
};

/**
 * Pods are spread by their own constraints; those without any are kept apart from the pods of the same controller (podtopologyspread with
 * the scheduler's default constraints). Simplified: the default is by node alone, not by zone.
 */
const spread: Score = (pod, nodes, view) => {
  if ((pod.spec.topologySpreadConstraints ?? []).length > 0) return spreadScores(pod, nodes, view);
  const owner = controllerOf(pod)?.uid;
  if (owner === undefined) return undefined;
  const counts = nodes.map(({ byOwner }) => byOwner.get(owner) ?? 0);
  const max = Math.max(...counts);
  const min = Math.min(...counts);
  if (max === min) return undefined;
  return counts.map((count) => Math.floor((MAX_SCORE * (max + min - count)) / max));
};

/** The more is free, the better: the mean over cpu and memory (noderesources/least_allocated.go). */
const leastAllocated: Score = (pod, nodes) => {
  const { cpu = 0, memory = 0 } = podRequests(pod.spec).nonZero;
  return nodes.map(({ allocatable, nonZero: taken }) => {
    const cpuShare = freeShare(allocatable.cpu, (taken.cpu ?? 0) + cpu);
    const memoryShare = freeShare(allocatable.memory, (taken.memory ?? 0) + memory);
    // A resource that the node does not tell of does not count.
    if (cpuShare === undefined) return memoryShare ?? 0;
    return memoryShare === undefined ? cpuShare : Math.floor((cpuShare + memoryShare) / 2);
  });
};

function freeShare(capacity: number | undefined, wanted: number): number | undefined {
  if (!capacity) return undefined;
  return wanted > capacity ? 0 : Math.floor(((capacity - wanted) * MAX_SCORE) / capacity);
}

/** Scores with their weights, as in the default profile. */
const SCORES: readonly { readonly weight: number; readonly score: Score }[] = [
  { weight: 3, score: taints },
  { weight: 2, score: nodeAffinity },
  { weight: 2, score: spread },
  { weight: 2, score: affinityScores },
  { weight: 1, score: leastAllocated },
];

/** The nodes with the highest total score. */
export function bestNodes(pod: Pod, nodes: readonly NodeInfo[], view: ClusterView): NodeInfo[] {
  const totals = nodes.map(() => 0);
  for (const { weight, score } of SCORES) {
    const points = score(pod, nodes, view);
    if (points === undefined) continue;
    for (let i = 0; i < totals.length; i += 1) totals[i]! += weight * points[i]!;
  }
  const best = Math.max(...totals);
  return nodes.filter((_, i) => totals[i] === best);
}
