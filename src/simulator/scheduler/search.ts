/* Which nodes can take a pod: pkg/scheduler/schedule_one.go findNodesThatFitPod. */
import { namedNodes } from "../api/node-affinity.ts";
import type { Pod } from "../api/types.ts";
import type { ClusterView } from "./cluster-view.ts";
import { misfitOf, prepare } from "./filters.ts";
import type { Unfit } from "./misfit.ts";
import { misfitBeside, nominatedFor } from "./nominations.ts";
import type { NodeInfo } from "./node-info.ts";

/** With more nodes than this the search ends early (minFeasibleNodesToFind). */
const MIN_FEASIBLE = 100;

/** What a search looks at. */
export interface SearchView extends ClusterView {
  /** Keys of the pods that room is being made for, with their nodes. */
  readonly nominations: ReadonlyMap<string, string>;
  /** Unbound pods by key. */
  readonly pending: ReadonlyMap<string, Pod>;
}

export interface Found {
  readonly feasible: readonly NodeInfo[];
  readonly unfit: Unfit;
  /** How many nodes were looked at of those that it is about, of which there are `of`. */
  readonly looked: number;
  readonly of: number;
}

/**
 * Feasible nodes: the one that is nominated, if it is; of many nodes only so many are looked for, beginning with the one of number `first`
 * (evaluateNominatedNode, findNodesThatPassFilters).
 */
export function searchNodes(pod: Pod, view: SearchView, first: number): Found {
  const misfit = misfitsFor(pod, view);
  const nominated = view.nodes.get(pod.status.nominatedNodeName ?? "");
  if (nominated !== undefined && misfit(nominated) === undefined) {
    return { feasible: [nominated], unfit: { byNode: new Map(), absent: 0 }, looked: 0, of: 0 };
  }
  const all = [...view.nodes.values()];
  const named = namedNodes(pod.spec);
  const nodes = named === undefined ? all : all.filter(({ node }) => named.has(node.metadata.name));
  const enough = feasibleNodesToFind(nodes.length);
  const feasible: NodeInfo[] = [];
  const byNode: Unfit["byNode"] = new Map();
  let looked = 0;
  for (; looked < nodes.length && feasible.length < enough; looked += 1) {
    const info = nodes[(first + looked) % nodes.length]!;
    const why = misfit(info);
    if (why === undefined) feasible.push(info);
    else byNode.set(info.node.metadata.name, why);
  }
  const unfit = { byNode, absent: all.length - nodes.length };
  return { feasible, unfit, looked, of: nodes.length };
}

function misfitsFor(pod: Pod, view: SearchView): ReturnType<typeof misfitOf> {
  const misfit = misfitOf(pod, prepare(pod, view));
  if (view.nominations.size === 0) return misfit;
  return (info) => {
    const { name } = info.node.metadata;
    const nominated = nominatedFor(pod, name, view.nominations, view.pending);
    if (nominated.length === 0) return misfit(info);
    return misfitBeside(nominated, pod, info, view) ?? misfit(info);
  };
}

/** numFeasibleNodesToFind: all up to 100 nodes, then a share that falls from 50 to 5 percent. */
function feasibleNodesToFind(nodes: number): number {
  if (nodes < MIN_FEASIBLE) return nodes;
  const percentage = Math.max(5, 50 - Math.floor(nodes / 125));
  return Math.max(MIN_FEASIBLE, Math.floor((nodes * percentage) / 100));
}
