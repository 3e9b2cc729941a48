import { isSidecar } from "./containers.ts";
import { quantityMilli, quantityValue } from "./schema/quantity.ts";
import type { Container, PodSpec, ResourceList } from "./types.ts";

/** Amounts by resource: cpu in thousandths of a core, memory and others in whole units. */
export type Amounts = Readonly<Record<string, number>>;

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

/**
 * What a pod takes, given what each container does: its containers and native sidecars together, or its largest init container if that is more
 * (component-helpers resource PodRequests, PodLimits).
 */
export function podTotals(
  { containers, initContainers = [] }: PodSpec,
  amountsOf: (container: Container) => Amounts,
): Amounts {
  let running: Amounts = {};
  let peak: Amounts = {};
  for (const container of initContainers) {
    if (isSidecar(container)) {
      running = combine(running, amountsOf(container), add);
      peak = combine(peak, running, Math.max);
    } else {
      peak = combine(peak, combine(running, amountsOf(container), add), Math.max);
    }
  }
  for (const container of containers) running = combine(running, amountsOf(container), add);
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
