/* Quotas beside a unit, which is played by itself: what the other workloads of its namespace take has to be taken off. */
import {
  addUsage,
  readUsage,
  writeUsage,
  type LimitRange,
  type ResourceList,
  type QuotaUsage,
} from "../../simulator/index.ts";
import { isRecord, type GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { replicasOf } from "./fit-cluster.ts";
import { usageOfPod } from "./pod-amounts.ts";
import type { Plain } from "./pod-spec.ts";
import { specOf } from "./units.ts";

/** What counts against a quota besides the unit. */
export interface Beside {
  /** Other workloads of the namespace. */
  readonly neighbours: readonly GivenObject[];
  /** What gives pods of the namespace the amounts that they do not state. */
  readonly ranges: readonly LimitRange[];
  /** Whether the pods are played without their amounts. */
  readonly isCut: boolean;
}

/** A quota as it is for the unit alone. */
export function quotaFor(
  quota: GivenObject,
  { neighbours, ranges, isCut }: Beside,
): { readonly object: Plain; readonly notes: readonly Note[] } {
  const spec = specOf(quota);
  const given = isRecord(spec.hard) ? (spec.hard as ResourceList) : {};
  const left = Object.keys(given).filter((name) => isCut && isAmount(name));
  const hard = readUsage(
    Object.fromEntries(Object.entries(given).filter(([name]) => !left.includes(name))),
  );
  const taken = neighbours.map(({ object }) => usageOfAll(object, ranges)).reduce(addUsage, {});
  const shared = Object.keys(hard).filter((name) => (taken[name]?.nano ?? 0n) > 0n);
  const rest = Object.fromEntries(
    Object.entries(hard).map(([name, { nano, format }]) => {
      const free = nano - (taken[name]?.nano ?? 0n);
      return [name, { nano: free < 0n ? 0n : free, format }];
    }),
  );
  const { name } = quota;
  const notes: Note[] = [];
  if (shared.length > 0) {
    const texts = writeUsage(taken);
    const amounts = shared.map((one) => `${one} ${texts[one]}`).join(", ");
    notes.push({ code: "quota-shared", values: { name, taken: amounts } });
  }
  if (left.length > 0) {
    notes.push({ code: "quota-amounts", values: { name, names: left.join(", ") } });
  }
  return { object: { ...quota.object, spec: { ...spec, hard: writeUsage(rest) } }, notes };
}

/** An amount that a pod may leave unsaid, and not a number of objects. */
function isAmount(name: string): boolean {
  return name !== "pods" && !name.startsWith("count/") && !name.startsWith("services");
}

/** All pods of a workload together. */
function usageOfAll(workload: Plain, ranges: readonly LimitRange[]): QuotaUsage {
  const one = usageOfPod(workload, ranges);
  return Array.from({ length: replicasOf(workload) }, () => one).reduce(addUsage, {});
}
