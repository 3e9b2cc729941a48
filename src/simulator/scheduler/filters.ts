import { hasNodeAffinity, matchesNodeAffinity } from "../api/node-affinity.ts";
import { isTolerated, untoleratedTaint } from "../api/tolerations.ts";
import type { Pod, Taint } from "../api/types.ts";
import type { ClusterView } from "./cluster-view.ts";
import { affinityMisfit, affinityRules, type AffinityRules } from "./inter-pod-affinity.ts";
import { fitsPorts, takesPorts } from "./host-ports.ts";
import type { FilterPlugin, Misfit } from "./misfit.ts";
import { nodeInfo, type NodeInfo } from "./node-info.ts";
import { podRequests } from "./requests.ts";
import { spreadMisfit, spreadRules, type SpreadRules } from "./topology-spread.ts";

/** What the rules that look beyond one node have worked out for a pod; undefined: the rule does not concern it. */
export interface Prepared {
  readonly spread: SpreadRules | undefined;
  readonly affinity: AffinityRules | undefined;
}

/** One rule that a node has to pass (a filter plugin): undefined when it does. */
type Filter = (pod: Pod, info: NodeInfo, prepared: Prepared) => Misfit | undefined;

/** Effects of taints that keep a new pod from a node. */
const KEEPING_AWAY: readonly Taint["effect"][] = ["NoSchedule", "NoExecute"];

const UNSCHEDULABLE: Taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

/** nodeunschedulable */
const nodeUnschedulable: Filter = (pod, { node }) => {
  if (node.spec.unschedulable !== true || isTolerated(UNSCHEDULABLE, pod.spec.tolerations))
    return undefined;
  return {
    plugin: "NodeUnschedulable",
    reasons: ["node(s) were unschedulable"],
    unresolvable: true,
  };
};

/** tainttoleration */
const taintToleration: Filter = (pod, { node }) => {
  const taint = untoleratedTaint(node, pod.spec.tolerations, KEEPING_AWAY);
  if (taint === undefined) return undefined;
  const reason = `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ""}}`;
  return { plugin: "TaintToleration", reasons: [reason], unresolvable: true };
};

/** nodeaffinity */
const nodeAffinity: Filter = (pod, { node }) => {
  if (matchesNodeAffinity(pod.spec, node)) return undefined;
  const reasons = ["node(s) didn't match Pod's node affinity/selector"];
  return { plugin: "NodeAffinity", reasons, unresolvable: true };
};

/** nodeports */
const nodePorts: Filter = (pod, { hostPorts }) => {
  if (fitsPorts(pod.spec, hostPorts)) return undefined;
  const reasons = ["node(s) didn't have free ports for the requested pod ports"];
  return { plugin: "NodePorts", reasons, unresolvable: false };
};

/** noderesources/fit.go fitsRequest, as of 1.32: a pod larger than the node counts as resolvable too. */
const resourcesFit: Filter = (pod, info) => {
  const reasons: string[] = [];
  const { pods: maxPods } = info.allocatable;
  if (maxPods !== undefined && info.pods + 1 > maxPods) reasons.push("Too many pods");
  const { requests } = podRequests(pod.spec);
  for (const name in requests) {
    const wanted = requests[name]!;
    const free = (info.allocatable[name] ?? 0) - (info.requested[name] ?? 0);
    if (wanted > 0 && wanted > free) reasons.push(`Insufficient ${name}`);
  }
  if (reasons.length === 0) return undefined;
  return { plugin: "NodeResourcesFit", reasons, unresolvable: false };
};

/** podtopologyspread */
const topologySpread: Filter = (pod, info, { spread }) =>
  spread === undefined ? undefined : spreadMisfit(pod, info, spread);

/** interpodaffinity */
const interPodAffinity: Filter = (pod, info, { affinity }) =>
  affinity === undefined ? undefined : affinityMisfit(pod, info, affinity);

/** All filters, in upstream's order: the first that a node does not pass says why. */
const FILTERS: Readonly<Record<FilterPlugin, Filter>> = {
  NodeUnschedulable: nodeUnschedulable,
  TaintToleration: taintToleration,
  NodeAffinity: nodeAffinity,
  NodePorts: nodePorts,
  NodeResourcesFit: resourcesFit,
  PodTopologySpread: topologySpread,
  InterPodAffinity: interPodAffinity,
};
const IN_ORDER = Object.values(FILTERS);

/** Works out what the filters need to know of the other pods (the PreFilter of the plugins). */
export function prepare(pod: Pod, view: ClusterView): Prepared {
  return { spread: spreadRules(pod, view), affinity: affinityRules(pod, view) };
}

/** Why a node cannot take the pod; undefined: it can. Rules that do not concern the pod are left out (the PreFilter's Skip). */
export function misfitOf(pod: Pod, prepared: Prepared): (info: NodeInfo) => Misfit | undefined {
  const filters = IN_ORDER.filter(
    (filter) =>
      !(filter === topologySpread && prepared.spread === undefined) &&
      !(filter === interPodAffinity && prepared.affinity === undefined) &&
      !(filter === nodeAffinity && !hasNodeAffinity(pod.spec)) &&
      !(filter === nodePorts && !takesPorts(pod.spec)),
  );
  return (info) => {
    for (let i = 0; i < filters.length; i += 1) {
      const found = filters[i]!(pod, info, prepared);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

const UNPREPARED: Prepared = { spread: undefined, affinity: undefined };

/**
 * May a new or changed node take a pod that these plugins kept from the nodes (the plugins' QueueingHintFns for node events)? Other pods are
 * left out of account: they may go.
 */
export function mayHelp(pod: Pod, info: NodeInfo, plugins: ReadonlySet<FilterPlugin>): boolean {
  const empty = nodeInfo(info.node);
  for (const plugin of plugins) {
    if (FILTERS[plugin](pod, empty, UNPREPARED) === undefined) return true;
  }
  return false;
}
