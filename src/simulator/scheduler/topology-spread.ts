/* Pods spread over domains by their own constraints: pkg/scheduler/framework/plugins/podtopologyspread. */
import { matchesNodeAffinity } from "../api/node-affinity.ts";
import { selectorMatches } from "../api/selectors.ts";
import { untoleratedTaint } from "../api/tolerations.ts";
import type { LabelSelector, Node, Pod } from "../api/types.ts";
import { ln } from "../kernel/arithmetic.ts";
import { eachPlaced, withLabelsOf, type ClusterView, type CountsByValue } from "./cluster-view.ts";
import type { Misfit } from "./misfit.ts";
import type { NodeInfo } from "./node-info.ts";

/** One constraint of the pod that is to be placed. */
interface Constraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selector: LabelSelector | undefined;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
}

/** The constraints that have to be met, with the pods that each domain has (filtering.go calPreFilterState). */
export interface SpreadRules {
  readonly constraints: readonly Constraint[];
  /** By constraint. */
  readonly counts: readonly CountsByValue[];
}

const HOSTNAME = "kubernetes.io/hostname";
const MAX_SCORE = 100;
const NOT_MATCHED = "node(s) didn't match pod topology spread constraints";

/** Undefined when the pod has no constraint with DoNotSchedule. */
export function spreadRules(pod: Pod, view: ClusterView): SpreadRules | undefined {
  const constraints = constraintsOf(pod, "DoNotSchedule");
  if (constraints.length === 0) return undefined;
  const counts: CountsByValue[] = constraints.map(() => new Map());
  const eligible = (node: Node, c: Constraint) =>
    hasKeys(node, constraints) && isIncluded(pod, node, c);
  for (const { node } of view.nodes.values()) {
    constraints.forEach((c, i) => {
      if (eligible(node, c)) add(counts[i]!, node.metadata.labels![c.topologyKey]!, 0);
    });
  }
  eachPlaced(view, (other, node) => {
    constraints.forEach((c, i) => {
      if (!matches(c, pod, other) || !eligible(node, c)) return;
      add(counts[i]!, node.metadata.labels![c.topologyKey]!, 1);
    });
  });
  return { constraints, counts };
}

/** filtering.go Filter */
export function spreadMisfit(pod: Pod, { node }: NodeInfo, rules: SpreadRules): Misfit | undefined {
  for (const [i, c] of rules.constraints.entries()) {
    const domain = node.metadata.labels?.[c.topologyKey];
    if (domain === undefined) {
      const reasons = [`${NOT_MATCHED} (missing required label)`];
      return { plugin: "PodTopologySpread", reasons, unresolvable: true };
    }
    const counts = rules.counts[i]!;
    const fewest = counts.size < c.minDomains ? 0 : Math.min(...counts.values());
    const self = selectorMatches(c.selector, pod.metadata.labels) ? 1 : 0;
    if ((counts.get(domain) ?? 0) + self - fewest > c.maxSkew) {
      return { plugin: "PodTopologySpread", reasons: [NOT_MATCHED], unresolvable: false };
    }
  }
  return undefined;
}

/**
 * Points by the constraints with ScheduleAnyway: the fewer pods a node's domains have, the more (scoring.go). Undefined when the pod has
 * constraints, but none of these; a pod without any is spread by its owner instead.
 */
export function spreadScores(pod: Pod, nodes: readonly NodeInfo[], view: ClusterView): number[] {
  const constraints = constraintsOf(pod, "ScheduleAnyway");
  if (constraints.length === 0) return nodes.map(() => 0);
  const counts: CountsByValue[] = constraints.map(() => new Map());
  const known = nodes.filter(({ node }) => hasKeys(node, constraints));
  for (const { node } of known) {
    constraints.forEach((c, i) => add(counts[i]!, node.metadata.labels![c.topologyKey]!, 0));
  }
  // Domains by hostname count each pod of the node; the others those on nodes that the pod could be on.
  eachPlaced(view, (other, node) => {
    constraints.forEach((c, i) => {
      const domain = node.metadata.labels?.[c.topologyKey];
      if (domain === undefined || !counts[i]!.has(domain) || !matches(c, pod, other)) return;
      const included = hasKeys(node, constraints) && isIncluded(pod, node, c);
      if (c.topologyKey === HOSTNAME || included) add(counts[i]!, domain, 1);
    });
  });
  const weights = counts.map((byValue) => ln(byValue.size + 2));
  const raw = nodes.map(({ node }) => {
    if (!hasKeys(node, constraints)) return undefined;
    let score = 0;
    constraints.forEach((c, i) => {
      const count = counts[i]!.get(node.metadata.labels![c.topologyKey]!) ?? 0;
      score += count * weights[i]! + (c.maxSkew - 1);
    });
    return Math.round(score);
  });
  return normalize(raw);
}

/** scoring.go NormalizeScore: nodes that lack a key get nothing. */
function normalize(raw: readonly (number | undefined)[]): number[] {
  const scores = raw.filter((score) => score !== undefined);
  const [min, max] = [Math.min(...scores), Math.max(...scores)];
  return raw.map((score) => {
    if (score === undefined) return 0;
    return max === 0 ? MAX_SCORE : Math.floor((MAX_SCORE * (max + min - score)) / max);
  });
}

function constraintsOf(pod: Pod, whenUnsatisfiable: string): Constraint[] {
  return (pod.spec.topologySpreadConstraints ?? [])
    .filter((c) => c.whenUnsatisfiable === whenUnsatisfiable)
    .map((c) => ({
      topologyKey: c.topologyKey,
      maxSkew: c.maxSkew,
      minDomains: c.minDomains ?? 1,
      selector: withLabelsOf(c.labelSelector, c.matchLabelKeys, pod),
      honorsAffinity: c.nodeAffinityPolicy !== "Ignore",
      honorsTaints: c.nodeTaintsPolicy === "Honor",
    }));
}

/** Do the node's pods count (common.go matchNodeInclusionPolicies)? */
function isIncluded(pod: Pod, node: Node, { honorsAffinity, honorsTaints }: Constraint): boolean {
  if (honorsAffinity && !matchesNodeAffinity(pod.spec, node)) return false;
  if (!honorsTaints) return true;
  const taint = untoleratedTaint(node, pod.spec.tolerations, ["NoSchedule", "NoExecute"]);
  return taint === undefined;
}

/** Pods of the same namespace that are not being deleted (common.go countPodsMatchSelector). */
function matches({ selector }: Constraint, pod: Pod, { metadata }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    metadata.namespace === pod.metadata.namespace &&
    selectorMatches(selector, metadata.labels)
  );
}

function hasKeys({ metadata }: Node, constraints: readonly Constraint[]): boolean {
  return constraints.every(({ topologyKey }) => metadata.labels?.[topologyKey] !== undefined);
}

function add(counts: CountsByValue, value: string, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}
