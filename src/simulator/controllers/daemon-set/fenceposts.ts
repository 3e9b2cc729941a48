/* maxUnavailable and maxSurge of a DaemonSet in nodes: pkg/controller/daemon/util/daemonset_util.go and update.go. */
import type { DaemonSet } from "../../api/types.ts";
import { scaledValue } from "../deployment/fenceposts.ts";

/** How many nodes may be without an available pod, and how many may have two. */
export interface Fenceposts {
  readonly maxUnavailable: number;
  readonly maxSurge: number;
}

/** Both are rounded up; where both come to 0 nothing could move, so one node may be unavailable (updatedDesiredNodeCounts). */
export function fencepostsOf(daemonSet: DaemonSet, desired: number): Fenceposts {
  const maxSurge = surgeCount(daemonSet, desired);
  const { maxUnavailable: given } = rollingUpdateOf(daemonSet);
  const maxUnavailable = scaledValue(given ?? 0, desired, true) ?? 0;
  const stuck = desired > 0 && maxUnavailable === 0 && maxSurge === 0;
  return { maxSurge, maxUnavailable: stuck ? 1 : maxUnavailable };
}

/** AllowsSurge */
export function allowsSurge(daemonSet: DaemonSet): boolean {
  return surgeCount(daemonSet, 1) > 0;
}

/** SurgeCount */
function surgeCount(daemonSet: DaemonSet, desired: number): number {
  return scaledValue(rollingUpdateOf(daemonSet).maxSurge ?? 0, desired, true) ?? 0;
}

function rollingUpdateOf({ spec }: DaemonSet) {
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  return type === "OnDelete" ? {} : (rollingUpdate ?? {});
}
