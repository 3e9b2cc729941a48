/* Pods for which room is being made, and the nodes on which: pkg/scheduler/backend/queue/nominator.go. */
import type { Pod } from "../api/types.ts";
import { scratchOf, placePod, type ClusterView } from "./cluster-view.ts";
import { misfitOf, prepare } from "./filters.ts";
import type { Misfit } from "./misfit.ts";
import type { NodeInfo } from "./node-info.ts";

/** Pods that wait for room on a node, each with its key. */
export type Nominated = readonly (readonly [key: string, pod: Pod])[];

/** `spec.priority`, 0 where the pod has none. */
export function priorityOf({ spec }: Pod): number {
  return spec.priority ?? 0;
}

/** The pods nominated for a node whose room the pod may not take (addNominatedPods). */
export function nominatedFor(
  pod: Pod,
  node: string,
  nominations: ReadonlyMap<string, string>,
  pending: ReadonlyMap<string, Pod>,
): Nominated {
  const found: [string, Pod][] = [];
  for (const [key, name] of nominations) {
    if (name !== node) continue;
    const other = pending.get(key);
    if (other === undefined || other.metadata.uid === pod.metadata.uid) continue;
    if (priorityOf(other) >= priorityOf(pod)) found.push([key, other]);
  }
  return found;
}

/**
 * Why a node cannot take the pod with the nominated ones on it. Without them is another question, which has to be asked too: they may never come
 * (runtime/framework.go RunFilterPluginsWithNominatedPods).
 */
export function misfitBeside(
  nominated: Nominated,
  pod: Pod,
  { node }: NodeInfo,
  view: ClusterView,
): Misfit | undefined {
  const { name } = node.metadata;
  const scratch = scratchOf(view, name);
  for (const [key, other] of nominated) {
    placePod(scratch, key, { ...other, spec: { ...other.spec, nodeName: name } });
  }
  return misfitOf(pod, prepare(pod, scratch))(scratch.nodes.get(name)!);
}
