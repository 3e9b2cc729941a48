import { TRIGGER_TIME } from "../../api/slice-metadata.ts";
import type { ObjectMeta, Pod, Service } from "../../api/types.ts";
import { readyCondition } from "../pod-status.ts";

/**
 * The earliest instant that a sync answers to (trigger_time_tracker.go ComputeEndpointLastChangeTriggerTime). `told`: by key of the pod, the
 * time last told; what is told now is written into it. `pods`: those that the sync looks at; undefined: the pod is gone.
 */
export function takeTriggerTime(
  told: Map<string, string>,
  service: Service,
  pods: ReadonlyMap<string, Pod | undefined>,
  serviceChanged: boolean,
): string | undefined {
  let earliest: string | undefined;
  const see = (key: string, time: string | null | undefined) => {
    if (!time || time <= (told.get(key) ?? "")) return;
    told.set(key, time);
    if (earliest === undefined || time < earliest) earliest = time;
  };
  for (const [key, pod] of pods) {
    if (pod === undefined) told.delete(key);
    else see(key, readyCondition(pod)?.lastTransitionTime);
  }
  if (serviceChanged) see("", service.metadata.creationTimestamp);
  return earliest;
}

/** A slice's metadata with the time that its write answers to, or without any. */
export function withTriggerTime<M extends Partial<ObjectMeta>>(
  metadata: M,
  time: string | undefined,
): M {
  const { annotations: before } = metadata;
  if (before?.[TRIGGER_TIME] === time) return metadata;
  const { [TRIGGER_TIME]: _before, ...others } = before ?? {};
  const annotations = time === undefined ? others : { ...others, [TRIGGER_TIME]: time };
  if (Object.keys(annotations).length > 0) return { ...metadata, annotations };
  const { annotations: _none, ...rest } = metadata;
  return rest as M;
}
