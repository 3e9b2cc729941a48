import { amounts, podTotals, type Amounts } from "../api/pod-amounts.ts";
import type { PodSpec } from "../api/types.ts";

/** What a pod that asks for nothing counts for when nodes are compared (pkg/scheduler/util/pod_resources.go). */
const DEFAULT_REQUESTS: Amounts = { cpu: 100, memory: 200 * 1024 * 1024 };

/** What a pod asks for, and the same with the defaults for what it does not name. */
export interface PodRequests {
  readonly requests: Amounts;
  readonly nonZero: Amounts;
}

/** By the containers, which the specs of all pods of a template share; `initContainers` are those that it was worked out with. */
const known = new WeakMap<
  PodSpec["containers"],
  PodRequests & { readonly initContainers: PodSpec["initContainers"] }
>();

/**
 * Requests of a pod: of its containers and native sidecars together, or of its largest init container if that is more
 * (component-helpers resource PodRequests).
 */
export function podRequests(spec: PodSpec): PodRequests {
  const { containers, initContainers } = spec;
  const seen = known.get(containers);
  if (seen !== undefined && seen.initContainers === initContainers) return seen;
  const requests = podTotals(spec, ({ resources }) => amounts(resources?.requests));
  const nonZero = podTotals(spec, ({ resources }) => ({
    ...DEFAULT_REQUESTS,
    ...amounts(resources?.requests),
  }));
  const found = { requests, nonZero, initContainers };
  known.set(containers, found);
  return found;
}
