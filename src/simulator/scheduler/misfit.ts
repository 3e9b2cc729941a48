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

/**
 * The text of a FailedScheduling event: how many nodes fail for which reason, and why nothing is preempted
 * (pkg/scheduler/framework/types.go FitError.Error; preemption.go). Simplified: all pods have one priority, so there are never victims.
 */
export function describeMisfits(nodes: number, misfits: readonly Misfit[]): string {
  if (nodes === 0) return "no nodes available to schedule pods";
  const none = `0/${nodes} nodes are available`;
  const reasons = countReasons(misfits.flatMap((m) => m.reasons));
  const preemption = countReasons(
    misfits.map((m) =>
      m.unresolvable
        ? "Preemption is not helpful for scheduling"
        : "No preemption victims found for incoming pod",
    ),
  );
  return `${none}: ${reasons}. preemption: ${none}: ${preemption}.`;
}

function countReasons(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(", ");
}
