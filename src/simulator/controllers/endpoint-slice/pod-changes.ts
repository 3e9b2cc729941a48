import type { Pod } from "../../api/types.ts";
import { isPodReady } from "../pod-status.ts";
import { shouldPodBeInEndpoints } from "./endpoints.ts";

/** A pod as it was when it changed; `pod` undefined: it is gone. `key` undefined: the Service itself changed. */
export interface Change {
  readonly key: string | undefined;
  readonly pod: Pod | undefined;
  readonly dueMs: number;
}

/** Does a pod's change concern no endpoint at all: neither had it one, nor may it have one now? */
export function changesNoEndpoint(old: Pod | undefined, pod: Pod | undefined): boolean {
  return !mayHaveEndpoint(old) && !mayHaveEndpoint(pod);
}

/** The last change of each pod. */
export function lastOfEach(changes: readonly Change[]): Map<string, Pod | undefined> {
  const pods = new Map<string, Pod | undefined>();
  for (const { key, pod } of changes) if (key !== undefined) pods.set(key, pod);
  return pods;
}

function mayHaveEndpoint(pod: Pod | undefined): boolean {
  return pod !== undefined && shouldPodBeInEndpoints(pod);
}

/** Has nothing changed that an endpoint tells of (endpointslice_controller.go podEndpointsChanged)? */
export function isEndpointSame(old: Pod, pod: Pod): boolean {
  return (
    old.metadata.labels === pod.metadata.labels &&
    old.spec === pod.spec &&
    (old.metadata.deletionTimestamp === undefined) ===
      (pod.metadata.deletionTimestamp === undefined) &&
    old.status.podIP === pod.status.podIP &&
    isPodReady(old) === isPodReady(pod) &&
    (old.status.phase === pod.status.phase ||
      shouldPodBeInEndpoints(old) === shouldPodBeInEndpoints(pod))
  );
}
