import { updatePodCondition } from "../api/pod-conditions.ts";
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
  const condition = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
  } as const;
  const conditions = updatePodCondition(status.conditions ?? [], condition, now);
  const nominated = nominatedNodeName === undefined ? {} : { nominatedNodeName };
  return { ...status, ...nominated, conditions };
}
