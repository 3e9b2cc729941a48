import { tolerates } from "../../api/tolerations.ts";
import type { Taint, Toleration } from "../../api/types.ts";

/**
 * How long a pod may stay on a node with these NoExecute taints, in milliseconds: 0 when one of them is not tolerated, undefined when all are
 * for ever; else the shortest of the times (taint_eviction.go GetMatchingTolerations, getMinTolerationTime).
 */
export function toleratedTime(
  taints: readonly Taint[],
  tolerations: readonly Toleration[] = [],
): number | undefined {
  const used: Toleration[] = [];
  for (const taint of taints) {
    const matching = tolerations.filter((toleration) => tolerates(toleration, taint));
    if (matching.length === 0) return 0;
    used.push(...matching);
  }
  const seconds = used.map((t) => t.tolerationSeconds).filter((s) => s !== undefined);
  if (seconds.length === 0) return undefined;
  return Math.max(0, Math.min(...seconds)) * 1000;
}
