import { quantityMilli, quantityValue } from "../api/schema/quantity.ts";
import type { Container, IntOrString, PodSpec } from "../api/types.ts";

/** Amounts by resource: cpu in thousandths of a core, memory and others in whole units. */
export type Amounts = Readonly<Record<string, number>>;

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
  const requests = total(spec, {});
  const found = { requests, nonZero: total(spec, DEFAULT_REQUESTS), initContainers };
  known.set(containers, found);
  return found;
}

type ResourceList = Readonly<Record<string, IntOrString>>;

/** Lists are never changed, so each is read once. */
const knownAmounts = new WeakMap<ResourceList, Amounts>();

/** A resource list in numbers. */
export function amounts(list: ResourceList = NOTHING): Amounts {
  const read = knownAmounts.get(list);
  if (read !== undefined) return read;
  const found: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(list)) {
    found[name] = name === "cpu" ? quantityMilli(quantity) : quantityValue(quantity);
  }
  knownAmounts.set(list, found);
  return found;
}

const NOTHING: ResourceList = {};

function total({ containers, initContainers = [] }: PodSpec, defaults: Amounts): Amounts {
  const requestsOf = (container: Container): Amounts => ({
    ...defaults,
    ...amounts(container.resources?.requests),
  });
  let running: Amounts = {};
  let peak: Amounts = {};
  for (const container of initContainers) {
    if (container.restartPolicy === "Always") {
      running = combine(running, requestsOf(container), add);
      peak = combine(peak, running, Math.max);
    } else {
      peak = combine(peak, combine(running, requestsOf(container), add), Math.max);
    }
  }
  for (const container of containers) running = combine(running, requestsOf(container), add);
  return combine(running, peak, Math.max);
}

function add(a: number, b: number): number {
  return a + b;
}

function combine(a: Amounts, b: Amounts, how: (a: number, b: number) => number): Amounts {
  const result: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) result[name] = how(result[name] ?? 0, amount);
  return result;
}
