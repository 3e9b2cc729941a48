import type { Pod } from "../api/types.ts";

/** Lowest priority of pods that the system needs (scheduling SystemCriticalPriority). */
const SYSTEM_CRITICAL_PRIORITY = 2_000_000_000;

/** Does the system need the pod (types/pod_update.go IsCriticalPod; there are no static pods here)? */
export function isCritical({ spec }: Pod): boolean {
  return (spec.priority ?? 0) >= SYSTEM_CRITICAL_PRIORITY;
}
