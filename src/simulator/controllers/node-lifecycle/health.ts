import type { Node, NodeCondition, Taint } from "../../api/types.ts";

export const UNREACHABLE = "node.kubernetes.io/unreachable";
export const NOT_READY = "node.kubernetes.io/not-ready";
const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

/** Conditions that only a kubelet can vouch for (node_lifecycle_controller.go tryUpdateNodeHealth). */
const VOUCHED_FOR = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/** Taints that this controller keeps, with the effect NoSchedule (taintKeyToNodeConditionMap and unschedulable). */
const KEPT: readonly string[] = [
  NOT_READY,
  UNREACHABLE,
  UNSCHEDULABLE,
  "node.kubernetes.io/network-unavailable",
  "node.kubernetes.io/memory-pressure",
  "node.kubernetes.io/disk-pressure",
  "node.kubernetes.io/pid-pressure",
];

/** Condition type and status that call for a NoSchedule taint (nodeConditionToTaintKeyStatusMap). */
const TAINT_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: "node.kubernetes.io/memory-pressure" },
  DiskPressure: { True: "node.kubernetes.io/disk-pressure" },
  NetworkUnavailable: { True: "node.kubernetes.io/network-unavailable" },
  PIDPressure: { True: "node.kubernetes.io/pid-pressure" },
};

const NONE: readonly Taint[] = [];

/** The node's taints; the same list as long as they are the same. */
export function taintsOf({ spec }: Node): readonly Taint[] {
  return spec.taints ?? NONE;
}

/** The node's Ready condition. */
export function readyOf({ status }: Node): NodeCondition | undefined {
  return status.conditions?.find((condition) => condition.type === "Ready");
}

/** The conditions of a node whose kubelet has been silent for too long. */
export function unknownConditions(
  conditions: readonly NodeCondition[],
  now: string,
): NodeCondition[] {
  const changed = conditions.map((condition) =>
    VOUCHED_FOR.includes(condition.type) && condition.status !== "Unknown"
      ? {
          ...condition,
          status: "Unknown" as const,
          reason: "NodeStatusUnknown",
          message: "Kubelet stopped posting node status.",
          lastTransitionTime: now,
        }
      : condition,
  );
  const missing = VOUCHED_FOR.filter((type) => !conditions.some((c) => c.type === type));
  const never = missing.map((type) => ({
    type,
    status: "Unknown" as const,
    reason: "NodeStatusNeverUpdated",
    message: "Kubelet never posted node status.",
    lastTransitionTime: now,
  }));
  return [...changed, ...never];
}

/** The node's taints with the NoSchedule taints that its conditions and its cordon call for (doNoScheduleTaintingPass). */
export function withNoScheduleTaints(node: Node, now: string): readonly Taint[] {
  const { spec, status } = node;
  const wanted = (status.conditions ?? []).flatMap(({ type, status: is }) => {
    const key = TAINT_OF[type]?.[is];
    return key === undefined ? [] : [key];
  });
  if (spec.unschedulable === true) wanted.push(UNSCHEDULABLE);
  const effect = "NoSchedule";
  const isOurs = (taint: Taint) => taint.effect === effect && KEPT.includes(taint.key);
  const current = taintsOf(node);
  const has = (key: string) => current.some((taint) => isOurs(taint) && taint.key === key);
  const kept = current.filter((taint) => !isOurs(taint) || wanted.includes(taint.key));
  const added = wanted.filter((key) => !has(key)).map((key) => ({ key, effect, timeAdded: now }));
  return added.length === 0 && kept.length === current.length ? current : [...kept, ...added];
}

/**
 * The node's taints with that NoExecute taint and without the other one; undefined: with neither (processTaintBaseEviction,
 * SwapNodeControllerTaint).
 */
export function withNoExecuteTaint(
  node: Node,
  key: string | undefined,
  now: string,
): readonly Taint[] {
  const effect = "NoExecute";
  const isOurs = (taint: Taint) =>
    taint.effect === effect && (taint.key === UNREACHABLE || taint.key === NOT_READY);
  const current = taintsOf(node);
  const kept = current.filter((taint) => !isOurs(taint) || taint.key === key);
  const isThere = kept.some((taint) => isOurs(taint));
  if (key === undefined || isThere) return kept.length === current.length ? current : kept;
  return [...kept, { key, effect, timeAdded: now }];
}
