/** Filter plugins, by upstream's names. */
export type FilterPlugin =
  | "NodeUnschedulable"
  | "TaintToleration"
  | "NodeAffinity"
  | "NodePorts"
  | "NodeResourcesFit"
  | "PodTopologySpread"
  | "InterPodAffinity";

/** Why a node cannot take a pod, in the scheduler's words. */
export interface Misfit {
  readonly plugin: FilterPlugin;
  readonly reasons: readonly string[];
  /** Whether other pods' going could not help (UnschedulableAndUnresolvable). */
  readonly unresolvable: boolean;
}

/** What is said of nodes that the pod does not name at all (nodeaffinity PreFilter; schedule_one.go). */
export const NOT_NAMED: Misfit = {
  plugin: "NodeAffinity",
  reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"],
  unresolvable: true,
};

/** The nodes that cannot take a pod (framework Diagnosis.NodeToStatus). */
export interface Unfit {
  readonly byNode: Map<string, Misfit>;
  /** How many nodes the pod does not name. */
  readonly absent: number;
}

/** Why no pods are preempted, in the words of a FailedScheduling event. */
export type NotPreempted =
  /** The pod may not; `why` is upstream's sentence. */
  | { readonly kind: "not-eligible"; readonly why: string }
  /** It would not help; `reasons` of those nodes on which it was tried. */
  | { readonly kind: "in-vain"; readonly reasons: ReadonlyMap<string, readonly string[]> };

const NOT_HELPFUL = "Preemption is not helpful for scheduling";

/**
 * The text of a FailedScheduling event: how many nodes fail for which reason, and why nothing is preempted (pkg/scheduler/framework/types.go
 * FitError.Error; preemption.go Preempt). A pod for which others were preempted is told of without the second part.
 */
export function describeMisfits(
  nodes: number,
  { byNode, absent }: Unfit,
  notPreempted: NotPreempted | undefined,
): string {
  if (nodes === 0) return "no nodes available to schedule pods";
  const none = `0/${nodes} nodes are available`;
  const reasons = [...byNode.values()].flatMap((misfit) => misfit.reasons);
  const text = `${none}: ${countReasons(reasons, NOT_NAMED.reasons[0]!, absent)}.`;
  if (notPreempted === undefined) return text;
  if (notPreempted.kind === "not-eligible") return `${text} preemption: ${notPreempted.why}`;
  const tried = notPreempted.reasons;
  const others = nodes - tried.size;
  return `${text} preemption: ${none}: ${countReasons([...tried.values()].flat(), NOT_HELPFUL, others)}.`;
}

/** `1 Too many pods, 2 Insufficient cpu`; `other` is the reason of so many more. */
function countReasons(reasons: readonly string[], other: string, others: number): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (others > 0) counts.set(other, (counts.get(other) ?? 0) + others);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(", ");
}
