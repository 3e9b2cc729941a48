/* Pods that want to be near others, or far from them: pkg/scheduler/framework/plugins/interpodaffinity. */
import { selectorMatches } from "../api/selectors.ts";
import type { Node, Pod, PodAffinityTerm } from "../api/types.ts";
import { eachPlaced, withLabelsOf, type ClusterView, type CountsByValue } from "./cluster-view.ts";
import type { Misfit } from "./misfit.ts";
import type { NodeInfo } from "./node-info.ts";

/** By topology key, then by its value: how many pods. */
type Counts = Map<string, CountsByValue>;

/** What has to hold for the pod that is to be placed (filtering.go preFilterState). */
export interface AffinityRules {
  readonly affinity: readonly PodAffinityTerm[];
  readonly antiAffinity: readonly PodAffinityTerm[];
  /** Pods that meet all terms of its affinity, that meet a term of its anti-affinity, and that do not want it near. */
  readonly near: Counts;
  readonly far: Counts;
  readonly unwilling: Counts;
}

/** The weight of a required term of a pod that is there already (HardPodAffinityWeight). */
const HARD_WEIGHT = 1;
const MAX_SCORE = 100;
const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** Undefined when neither the pod nor one that is there has a required term. */
export function affinityRules(pod: Pod, view: ClusterView): AffinityRules | undefined {
  if (isIndifferent(pod, view)) return undefined;
  const affinity = required(pod, "podAffinity");
  const antiAffinity = required(pod, "podAntiAffinity");
  const [near, far, unwilling]: [Counts, Counts, Counts] = [new Map(), new Map(), new Map()];
  eachWithAffinity(view, (other, node) => {
    for (const term of required(other, "podAntiAffinity")) {
      if (meets(pod, term, other)) count(unwilling, term, node, 1);
    }
  });
  if (affinity.length + antiAffinity.length > 0) {
    eachPlaced(view, (other, node) => {
      if (affinity.length > 0 && affinity.every((term) => meets(other, term, pod))) {
        for (const term of affinity) count(near, term, node, 1);
      }
      for (const term of antiAffinity) if (meets(other, term, pod)) count(far, term, node, 1);
    });
  } else if (unwilling.size === 0) return undefined;
  return { affinity, antiAffinity, near, far, unwilling };
}

/** Has neither the pod nor one that is there any term? */
function isIndifferent({ spec: { affinity } }: Pod, { withAffinity }: ClusterView): boolean {
  const hasOwn = affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined;
  return !hasOwn && withAffinity.size === 0;
}

/** filtering.go Filter */
export function affinityMisfit(
  pod: Pod,
  { node }: NodeInfo,
  rules: AffinityRules,
): Misfit | undefined {
  const misfit = (reason: string, unresolvable: boolean): Misfit => ({
    plugin: "InterPodAffinity",
    reasons: [reason],
    unresolvable,
  });
  if (!isNear(pod, node, rules)) {
    return misfit("node(s) didn't match pod affinity rules", true);
  }
  if (rules.antiAffinity.some((term) => countAt(rules.far, term.topologyKey, node) > 0)) {
    return misfit("node(s) didn't match pod anti-affinity rules", false);
  }
  for (const key of rules.unwilling.keys()) {
    if (countAt(rules.unwilling, key, node) > 0) {
      return misfit("node(s) didn't satisfy existing pods anti-affinity rules", false);
    }
  }
  return undefined;
}

/** The first pod of a group that wants to be near itself may go anywhere (filtering.go satisfyPodAffinity). */
function isNear(pod: Pod, node: Node, { affinity, near }: AffinityRules): boolean {
  if (affinity.some(({ topologyKey }) => node.metadata.labels?.[topologyKey] === undefined)) {
    return false;
  }
  if (affinity.every(({ topologyKey }) => countAt(near, topologyKey, node) > 0)) return true;
  return near.size === 0 && affinity.every((term) => meets(pod, term, pod));
}

/** Points by preferred terms, the pod's own and those of the pods that are there (scoring.go). */
export function affinityScores(
  pod: Pod,
  nodes: readonly NodeInfo[],
  view: ClusterView,
): number[] | undefined {
  if (isIndifferent(pod, view)) return undefined;
  const points: Counts = new Map();
  const own = preferred(pod);
  if (own.length > 0) {
    eachPlaced(view, (other, node) => {
      for (const { term, weight } of own) {
        if (meets(other, term, pod)) count(points, term, node, weight);
      }
    });
  }
  eachWithAffinity(view, (other, node) => {
    for (const term of required(other, "podAffinity")) {
      if (meets(pod, term, other)) count(points, term, node, HARD_WEIGHT);
    }
    for (const { term, weight } of preferred(other)) {
      if (meets(pod, term, other)) count(points, term, node, weight);
    }
  });
  if (points.size === 0) return undefined;
  const raw = nodes.map(({ node }) => {
    let sum = 0;
    for (const key of points.keys()) sum += countAt(points, key, node);
    return sum;
  });
  const [min, max] = [Math.min(...raw), Math.max(...raw)];
  return raw.map((sum) => (max === min ? 0 : Math.floor((MAX_SCORE * (sum - min)) / (max - min))));
}

function required(pod: Pod, which: "podAffinity" | "podAntiAffinity"): readonly PodAffinityTerm[] {
  return pod.spec.affinity?.[which]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

function preferred({ spec }: Pod): { readonly term: PodAffinityTerm; readonly weight: number }[] {
  const terms = (which: "podAffinity" | "podAntiAffinity", sign: 1 | -1) =>
    (spec.affinity?.[which]?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ weight, podAffinityTerm }) => ({ term: podAffinityTerm, weight: sign * weight }),
    );
  return [...terms("podAffinity", 1), ...terms("podAntiAffinity", -1)];
}

/**
 * Does `pod` meet a term that `owner` has (framework/types.go AffinityTerm.Matches)? Simplified: of a namespace, a namespaceSelector sees its
 * name alone.
 */
function meets({ metadata }: Pod, term: PodAffinityTerm, owner: Pod): boolean {
  const { namespaces = [], namespaceSelector, matchLabelKeys, mismatchLabelKeys } = term;
  const namespace = metadata.namespace ?? "";
  const inNamespace =
    namespaces.length === 0 && namespaceSelector === undefined
      ? namespace === (owner.metadata.namespace ?? "")
      : namespaces.includes(namespace) ||
        selectorMatches(namespaceSelector, { [NAMESPACE_NAME]: namespace });
  if (!inNamespace) return false;
  const alike = withLabelsOf(term.labelSelector, matchLabelKeys, owner);
  const selector = withLabelsOf(alike, mismatchLabelKeys, owner, "NotIn");
  return selectorMatches(selector, metadata.labels);
}

function eachWithAffinity(view: ClusterView, take: (pod: Pod, node: Node) => void): void {
  for (const key of view.withAffinity) {
    const pod = view.assigned.get(key)!;
    const info = view.nodes.get(pod.spec.nodeName!);
    if (info !== undefined) take(pod, info.node);
  }
}

function count(counts: Counts, { topologyKey }: PodAffinityTerm, node: Node, by: number): void {
  const value = node.metadata.labels?.[topologyKey];
  if (value === undefined) return;
  const byValue = counts.get(topologyKey) ?? new Map<string, number>();
  byValue.set(value, (byValue.get(value) ?? 0) + by);
  counts.set(topologyKey, byValue);
}

function countAt(counts: Counts, topologyKey: string, { metadata }: Node): number {
  const value = metadata.labels?.[topologyKey];
  return value === undefined ? 0 : (counts.get(topologyKey)?.get(value) ?? 0);
}
