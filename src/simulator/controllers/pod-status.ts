import { isFinalPhase } from "../api/pod-phase.ts";
import { ofType } from "../api/find.ts";
import { parseTimestamp } from "../api/time.ts";
import type { Pod, PodCondition } from "../api/types.ts";

/** Not finished and not being deleted (pkg/controller/controller_utils.go IsPodActive). */
export function isPodActive(pod: Pod): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Have all its containers ended for good (pkg/api/v1/pod IsPodTerminal)? */
export function isPodFinished(pod: Pod): boolean {
  return isFinalPhase(pod.status.phase);
}

/** Is its Ready condition True (pkg/api/v1/pod IsPodReady)? */
export function isPodReady(pod: Pod): boolean {
  return readyCondition(pod)?.status === "True";
}

/** Its condition of type Ready. */
export function readyCondition(pod: Pod): PodCondition | undefined {
  return ofType(pod.status.conditions, "Ready");
}

/** Since when it is Ready, in virtual milliseconds; undefined when it is not Ready or the time is not told. */
export function readySinceMs(pod: Pod): number | undefined {
  const condition = readyCondition(pod);
  if (condition?.status !== "True" || !condition.lastTransitionTime) return undefined;
  return parseTimestamp(condition.lastTransitionTime);
}

/** Ready for longer than minReadySeconds (pkg/api/v1/pod IsPodAvailable). */
export function isPodAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = readySinceMs(pod);
  return since !== undefined && since + minReadySeconds * 1000 < nowMs;
}
