import { timestamp } from "../api/time.ts";
import type { PodStatus } from "../api/types.ts";

/** The status of a pod that no node can take: the condition PodScheduled, and the node on which room is being made (schedule_one.go updatePod). */
export function refusedStatus(
  { nominatedNodeName: _, ...status }: PodStatus,
  refusal: {
    readonly message: string;
    readonly nominatedNodeName: string | undefined;
    readonly now: number;
  },
): PodStatus {
  const { message, nominatedNodeName, now } = refusal;
  const before = status.conditions?.find((c) => c.type === "PodScheduled");
  const others = (status.conditions ?? []).filter((c) => c.type !== "PodScheduled");
  const condition = {
    type: "PodScheduled",
    status: "False" as const,
    lastProbeTime: null,
    lastTransitionTime: before?.status === "False" ? before.lastTransitionTime : timestamp(now),
    reason: "Unschedulable",
    message,
  };
  const nominated = nominatedNodeName === undefined ? {} : { nominatedNodeName };
  return { ...status, ...nominated, conditions: [...others, condition] };
}
