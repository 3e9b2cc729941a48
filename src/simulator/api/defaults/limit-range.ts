/* Defaults of LimitRanges: pkg/apis/core/v1/defaults.go of Kubernetes 1.32. */
import type { LimitRange, LimitRangeItem, ResourceList } from "../types.ts";
import { fillAbsent, mapField, mapList, withField } from "./fill.ts";
import { roundUpList } from "./pod.ts";

const AMOUNTS = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;

/** What containers get that a range does not say, from what it says. */
export function setLimitRangeDefaults(range: LimitRange): LimitRange {
  return mapField(range, "spec", (spec) =>
    mapList(spec!, "limits", (item) =>
      AMOUNTS.reduce(
        (rounded: LimitRangeItem, field) => mapField(rounded, field, (list) => roundUpList(list)),
        setItemDefaults(item),
      ),
    ),
  );
}

/**
 * SetDefaults_LimitRangeItem: a container's limit is the largest one where none is said, its request is the limit, or else the smallest one.
 * `{ max: { cpu: 2 }, min: { memory: 1Gi } }` gives a limit of 2 cores, and requests of 2 cores and of 1Gi.
 */
function setItemDefaults(item: LimitRangeItem): LimitRangeItem {
  if (item.type !== "Container") return item;
  const { max = {}, min = {} } = item;
  const limits = filled(item.default, max);
  const requests = filled(filled(item.defaultRequest, limits ?? {}), min);
  return withList(withList(item, "default", limits), "defaultRequest", requests);
}

function filled(list: ResourceList | undefined, from: ResourceList): ResourceList | undefined {
  return Object.keys(from).length === 0 ? list : fillAbsent(list ?? {}, from);
}

function withList(
  item: LimitRangeItem,
  field: "default" | "defaultRequest",
  list: ResourceList | undefined,
): LimitRangeItem {
  return list === undefined ? item : withField(item, field, list);
}
