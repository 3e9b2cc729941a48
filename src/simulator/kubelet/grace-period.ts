import type { Container, Pod } from "../api/types.ts";
import type { KillReason } from "./state.ts";

/** Least time between a stop signal and SIGKILL, in seconds (kuberuntime_manager.go minimumGracePeriodInSeconds). */
export const MINIMUM_GRACE_SECONDS = 2;

/**
 * Grace period in seconds for killing a container, before the time of its hook is taken off (kuberuntime_container.go
 * setTerminationGracePeriod): that of the deletion, else that of the probe that failed, else the pod's.
 */
export function terminationGracePeriod(
  pod: {
    readonly metadata: Partial<Pod["metadata"]>;
    readonly spec: Pick<Pod["spec"], "terminationGracePeriodSeconds">;
  },
  container: Pick<Container, "livenessProbe" | "startupProbe">,
  reason: KillReason,
): number {
  const ofDeletion = pod.metadata.deletionGracePeriodSeconds;
  if (ofDeletion !== undefined) return ofDeletion;
  const ofPod = pod.spec.terminationGracePeriodSeconds;
  if (ofPod === undefined) return MINIMUM_GRACE_SECONDS;
  const probe =
    reason === "livenessProbe"
      ? container.livenessProbe
      : reason === "startupProbe"
        ? container.startupProbe
        : undefined;
  return probe?.terminationGracePeriodSeconds ?? ofPod;
}

/**
 * Grace period in seconds of a pod that terminates (pod_workers.go calculateEffectiveGracePeriod): it can only become shorter, and is at
 * least 1. `known`: the one so far, 0 for none.
 */
export function effectiveGracePeriod(pod: Pod, known: number): number {
  let grace = known;
  const ofDeletion = pod.metadata.deletionGracePeriodSeconds;
  if (ofDeletion !== undefined && (grace === 0 || ofDeletion < grace)) grace = ofDeletion;
  if (grace === 0 && ofDeletion === undefined) grace = pod.spec.terminationGracePeriodSeconds ?? 0;
  return Math.max(grace, 1);
}
