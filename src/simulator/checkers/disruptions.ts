import type { Pod } from "../api/types.ts";

/**
 * Whether a pod is taken away by somebody who says so on it: an eviction, its node's taint, or a preemption. No controller of workloads deletes it then
 * (condition DisruptionTarget, KEP-3329).
 */
export function isDisrupted({ status }: Pod): boolean {
  return (
    status.conditions?.some((c) => c.type === "DisruptionTarget" && c.status === "True") ?? false
  );
}

/** Whether its Ready condition is True. */
export function isReady({ status }: Pod): boolean {
  return status.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
}

/** Neither ended nor being deleted. */
export function isActive({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    status.phase !== "Succeeded" &&
    status.phase !== "Failed"
  );
}
