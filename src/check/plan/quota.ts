/* Quotas beside a unit, which is played by itself: what the other workloads of its namespace take has to be taken off. */
import {
  addUsage,
  podUsage,
  readUsage,
  writeUsage,
  type PodSpec,
  type ResourceList,
  type QuotaUsage,
} from "../../simulator/index.ts";
import { isRecord, type GivenObject } from "../input/read-input.ts";
import type { Note } from "../notes.ts";
import { replicasOf } from "./fit-cluster.ts";
import { podSpecOf, type Plain } from "./pod-spec.ts";
import { specOf } from "./units.ts";

/** What counts against a quota besides the unit. */
export interface Beside {
  /** Other workloads of the namespace. */
  readonly neighbours: readonly GivenObject[];
  /** Whether the pods that are played may say less of cpu and memory than the real ones will. */
  readonly saysLess: boolean;
}

/** A quota as it is for the unit alone. */
export function quotaFor(
  quota: GivenObject,
  { neighbours, saysLess }: Beside,
): { readonly object: Plain; readonly notes: readonly Note[] } {
  const spec = specOf(quota);
  const given = isRecord(spec.hard) ? (spec.hard as ResourceList) : {};
  const left = Object.keys(given).filter((name) => saysLess && isAmount(name));
  const hard = readUsage(
    Object.fromEntries(Object.entries(given).filter(([name]) => !left.includes(name))),
  );
  const taken = neighbours.map(usageOfWorkload).reduce(addUsage, {});
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
function usageOfWorkload({ object }: GivenObject): QuotaUsage {
  const one = podUsage(podSpecOf(object) as unknown as PodSpec);
  return Array.from({ length: replicasOf(object) }, () => one).reduce(addUsage, {});
}
