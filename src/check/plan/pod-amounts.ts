/* What the pods of a workload take once the API server has admitted them. */
import {
  decode,
  definitionOf,
  judgeCreate,
  podUsage,
  withRangeDefaults,
  type LimitRange,
  type PodSpec,
  type QuotaUsage,
} from "../../simulator/index.ts";
import type { GivenObject } from "../input/read-input.ts";
import { podSpecOf, type Plain } from "./pod-spec.ts";

/** The LimitRanges among objects, with their defaults. */
export function rangesAmong(objects: readonly GivenObject[]): LimitRange[] {
  const found = objects.filter(({ kind }) => kind === "LimitRange");
  return found.flatMap(({ object }) => {
    const judged = judgeCreate(definitionOf("limitranges"), object).object;
    return judged === undefined ? [] : [judged as LimitRange];
  });
}

/** What one pod of a workload counts for. */
export function usageOfPod(workload: Plain, ranges: readonly LimitRange[]): QuotaUsage {
  const spec = decode("PodSpec", podSpecOf(workload)).object as Partial<PodSpec> | undefined;
  return podUsage(withRangeDefaults({ containers: [], ...spec }, ranges));
}

/** What one pod asks its node for. */
export function requestsOfPod(workload: Plain, ranges: readonly LimitRange[]) {
  const { "requests.cpu": cpu, "requests.memory": memory } = usageOfPod(workload, ranges);
  return {
    milliCpu: Number((cpu?.nano ?? 0n) / 1_000_000n),
    bytes: Number((memory?.nano ?? 0n) / 1_000_000_000n),
  };
}
