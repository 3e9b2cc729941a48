/* What a namespace still holds after its content was deleted, and how long that may take to go. */
import { parseTimestamp } from "../../api/time.ts";
import type { KubernetesObject, Pod } from "../../api/types.ts";

/** Objects of one resource that are still there. */
export interface Remaining {
  readonly resource: string;
  readonly group: string;
  /** Never empty. */
  readonly objects: readonly KubernetesObject[];
}

/** How long objects with finalizers are given (finalizerEstimateSeconds). */
const FINALIZER_SECONDS = 15;

/**
 * Seconds until what is left should be gone: the longest grace of its pods, unless that has passed since the namespace's deletion, or time for
 * finalizers (estimateGracefulTermination). Undefined: something stays that should not.
 */
export function estimateSeconds(
  { resource, objects }: Remaining,
  deletionTimestamp: string,
  nowMs: number,
): number | undefined {
  const sinceMs = nowMs - parseTimestamp(deletionTimestamp);
  const graceSeconds = resource === "pods" ? longestGrace(objects as readonly Pod[]) : 0;
  if (sinceMs < graceSeconds * 1000) return graceSeconds;
  const some = objects.some(({ metadata }) => (metadata.finalizers ?? []).length > 0);
  return some ? FINALIZER_SECONDS : undefined;
}

/** estimateGracefulTerminationForPods */
function longestGrace(pods: readonly Pod[]): number {
  const alive = pods.filter(({ status }) => !["Succeeded", "Failed"].includes(status.phase ?? ""));
  return Math.max(0, ...alive.map(({ spec }) => spec.terminationGracePeriodSeconds ?? 0));
}
