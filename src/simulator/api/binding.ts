import { StatusError } from "./status-error.ts";
import { timestamp } from "./time.ts";
import type { Pod } from "./types.ts";

/** The pod on its node, or a Conflict (registry/core/pod/storage BindingREST.setPodNodeAndMetadata). */
export function boundPod(pod: Pod, nodeName: string, nowMs: number): Pod {
  const { name, deletionTimestamp } = pod.metadata;
  if (deletionTimestamp !== undefined) {
    throw new StatusError("Conflict", `pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (pod.spec.nodeName) {
    const where = JSON.stringify(pod.spec.nodeName);
    throw new StatusError("Conflict", `pod ${name} is already assigned to node ${where}`);
  }
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== "PodScheduled");
  const scheduled = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: timestamp(nowMs),
  } as const;
  const status = { ...pod.status, conditions: [...others, scheduled] };
  return { ...pod, spec: { ...pod.spec, nodeName }, status };
}
