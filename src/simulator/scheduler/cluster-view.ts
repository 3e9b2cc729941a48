import type { LabelSelector, Node, Pod } from "../api/types.ts";
import { copyOfNode, countPod, type NodeInfo } from "./node-info.ts";

/** What the rules that look beyond one node see: the nodes, and the pods that are on them. */
export interface ClusterView {
  readonly nodes: ReadonlyMap<string, NodeInfo>;
  /** Pods on nodes by key. */
  readonly assigned: ReadonlyMap<string, Pod>;
  /** Keys of those of them that have affinity or anti-affinity of their own. */
  readonly withAffinity: ReadonlySet<string>;
}

/** The same, in which pods may come and go. */
export interface MutableView {
  readonly nodes: ReadonlyMap<string, NodeInfo>;
  readonly assigned: Map<string, Pod>;
  readonly withAffinity: Set<string>;
}

/** Counts a pod for the node that it names. */
export function placePod({ nodes, assigned, withAffinity }: MutableView, key: string, pod: Pod) {
  assigned.set(key, pod);
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  if (podAffinity !== undefined || podAntiAffinity !== undefined) withAffinity.add(key);
  const info = nodes.get(pod.spec.nodeName!);
  if (info !== undefined) countPod(info, pod, 1);
}

/** Counts a pod no more. */
export function removePod({ nodes, assigned, withAffinity }: MutableView, key: string): void {
  const pod = assigned.get(key);
  if (pod === undefined) return;
  assigned.delete(key);
  withAffinity.delete(key);
  const info = nodes.get(pod.spec.nodeName!);
  if (info !== undefined) countPod(info, pod, -1);
}

/** A copy, in which pods of one node may come and go to see what would be then. */
export function scratchOf({ nodes, assigned, withAffinity }: ClusterView, node: string) {
  const own = new Map(nodes);
  own.set(node, copyOfNode(nodes.get(node)!));
  return { nodes: own, assigned: new Map(assigned), withAffinity: new Set(withAffinity) };
}

/** How many pods count for each value of a topology key. */
export type CountsByValue = Map<string, number>;

/** Calls back for each pod that is on a node which the scheduler knows. */
export function eachPlaced(view: ClusterView, take: (pod: Pod, node: Node) => void): void {
  for (const pod of view.assigned.values()) {
    const info = view.nodes.get(pod.spec.nodeName!);
    if (info !== undefined) take(pod, info.node);
  }
}

/** The selector, and of the keys named those labels that the pod itself has. */
export function withLabelsOf(
  selector: LabelSelector | undefined,
  keys: readonly string[] = [],
  pod: Pod,
  operator: "In" | "NotIn" = "In",
): LabelSelector | undefined {
  const added = keys.flatMap((key) => {
    const value = pod.metadata.labels?.[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
  if (added.length === 0 || selector === undefined) return selector;
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...added] };
}
