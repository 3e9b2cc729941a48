/*
 * The admission plugin LimitRanger: plugin/pkg/admission/limitranger/admission.go. Upstream takes the ranges of a namespace in any order, here they are
 * taken as they were made.
 */
import { setSpecDefaultsOfPod } from "../defaults/pod.ts";
import { mapList } from "../defaults/fill.ts";
import { podAmounts, writeUsage } from "../quota-usage.ts";
import { aggregate } from "../refusals.ts";
import { canonicalQuantity, compareQuantities, quantityMilli } from "../schema/quantity.ts";
import type {
  Container,
  IntOrString,
  LimitRange,
  LimitRangeItem,
  Pod,
  PodSpec,
  ResourceList,
} from "../types.ts";
import { refusePod } from "./refuse-pod.ts";
import type { Stored } from "./stored.ts";

/** Says of a pod what it was given. */
const ANNOTATION = "kubernetes.io/limit-ranger";

/** A spec with what ranges give its containers, and how that is told. */
interface Filled {
  readonly spec: PodSpec;
  readonly told?: string;
}

/** What was made last of a spec, and by which ranges: pods of one template share it. */
const made = new WeakMap<PodSpec, Filled & { readonly ranges: readonly LimitRange[] }>();

/** Admit (PodMutateLimitFunc): gives the containers of a new pod the requests and limits that they do not state. */
export function admitLimits(pod: Pod, stored: Stored): Pod {
  const ranges = stored.list("limitranges", pod.metadata.namespace);
  if (ranges.length === 0) return pod;
  const { spec, told } = filledBy(ranges, pod.spec);
  if (told === undefined) return pod;
  const annotations = { ...pod.metadata.annotations, [ANNOTATION]: told };
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec };
}

/** The spec of a pod with what the ranges of its namespace give. */
export function withRangeDefaults(spec: PodSpec, ranges: readonly LimitRange[]): PodSpec {
  return filledBy(ranges, spec).spec;
}

function filledBy(ranges: readonly LimitRange[], given: PodSpec): Filled {
  const last = made.get(given);
  const isSame = (range: LimitRange, i: number) => range === last?.ranges[i];
  if (last?.ranges.length === ranges.length && ranges.every(isSame)) return last;
  // A request that follows from a limit is there before admission.
  const start: Filled = { spec: setSpecDefaultsOfPod(given) };
  const filled = ranges.reduce(fillSpec, start);
  made.set(given, { ...filled, ranges });
  return filled;
}

/** mergePodResourceRequirements */
function fillSpec(before: Filled, { spec: { limits = [] } = {} }: LimitRange): Filled {
  const item = limits.find(({ type }) => type === "Container");
  if (item === undefined) return before;
  const told: string[] = [];
  const fill = (what: string) => (container: Container) => {
    const { resources = {}, name } = container;
    const requests = merged(resources.requests, item.defaultRequest);
    const limits = merged(resources.limits, item.default);
    if (requests !== undefined) told.push(`${requests.missing} request for ${what} ${name}`);
    if (limits !== undefined) told.push(`${limits.missing} limit for ${what} ${name}`);
    if (requests === undefined && limits === undefined) return container;
    return {
      ...container,
      resources: {
        ...resources,
        ...(limits === undefined ? {} : { limits: limits.list }),
        ...(requests === undefined ? {} : { requests: requests.list }),
      },
    };
  };
  let { spec } = before;
  spec = mapList(spec, "containers", fill("container"));
  spec = mapList(spec, "initContainers", fill("init container"));
  return told.length === 0 ? before : { spec, told: `LimitRanger plugin set: ${told.join("; ")}` };
}

/** A list with what it lacks, and the names of that: `cpu, memory`. Undefined when it lacks nothing. */
function merged(list: ResourceList = {}, from: ResourceList = {}) {
  const missing = Object.keys(from).filter((name) => list[name] === undefined);
  if (missing.length === 0) return undefined;
  return { list: { ...from, ...list }, missing: missing.sort().join(", ") };
}

/**
 * Validate (PodValidateLimitFunc): throws Forbidden for a new pod with amounts out of the bounds of a range. Simplified: what a LimitRange says of
 * PersistentVolumeClaims bounds nothing, since there are none.
 */
export function refuseOutOfRange(pod: Pod, stored: Stored): void {
  for (const { spec = {} } of stored.list("limitranges", pod.metadata.namespace)) {
    const errors = (spec.limits ?? []).flatMap((item) => outOfRange(item, pod.spec));
    if (errors.length > 0) throw refusePod(pod, aggregate(errors));
  }
}

/** What a container, or a pod as a whole, states. */
interface Stated {
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
}

function outOfRange(item: LimitRangeItem, spec: PodSpec): string[] {
  switch (item.type) {
    case "Container":
      return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources = {} }) =>
        violations(item, resources),
      );
    case "Pod":
      return violations(item, {
        requests: writeUsage(podAmounts(spec, "requests")),
        limits: writeUsage(podAmounts(spec, "limits")),
      });
    default:
      return [];
  }
}

/** Go walks its maps in random order, here the names are sorted. */
function violations(item: LimitRangeItem, { requests = {}, limits = {} }: Stated): string[] {
  const told = (bounds: ResourceList = {}, tell: (amount: Amount) => string | undefined) =>
    Object.keys(bounds)
      .sort()
      .flatMap((name) => {
        const [bound, request, limit] = [bounds[name]!, requests[name], limits[name]];
        return tell({ name, per: item.type, bound, request, limit }) ?? [];
      });
  return [
    ...told(item.min, tellBelow),
    ...told(item.max, tellAbove),
    ...told(item.maxLimitRequestRatio, tellRatio),
  ];
}

/** What is stated of a resource, and what bounds it. */
interface Amount {
  readonly name: string;
  /** `Container` */
  readonly per: string;
  readonly bound: IntOrString;
  readonly request: IntOrString | undefined;
  readonly limit: IntOrString | undefined;
}

/** minConstraint */
function tellBelow({ name, per, bound, request, limit }: Amount): string | undefined {
  const rule = `minimum ${name} usage per ${per} is ${canonicalQuantity(bound)}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  const isBelow = (amount: IntOrString) => compareQuantities(amount, bound) < 0;
  if (isBelow(request)) return `${rule}, but request is ${canonicalQuantity(request)}`;
  if (limit === undefined || !isBelow(limit)) return undefined;
  return `${rule}, but limit is ${canonicalQuantity(limit)}`;
}

/** maxConstraint */
function tellAbove({ name, per, bound, request, limit }: Amount): string | undefined {
  const rule = `maximum ${name} usage per ${per} is ${canonicalQuantity(bound)}`;
  if (limit === undefined) return `${rule}.  No limit is specified`;
  const isAbove = (amount: IntOrString) => compareQuantities(amount, bound) > 0;
  if (isAbove(limit)) return `${rule}, but limit is ${canonicalQuantity(limit)}`;
  if (request === undefined || !isAbove(request)) return undefined;
  return `${rule}, but request is ${canonicalQuantity(request)}`;
}

/** limitRequestRatioConstraint: a limit of 500m is 5 times a request of 100m. */
function tellRatio({ name, per, bound, request = 0, limit = 0 }: Amount): string | undefined {
  const rule = `${name} max limit to request ratio per ${per} is ${canonicalQuantity(bound)}`;
  const [wanted, most] = [quantityMilli(request), quantityMilli(limit)];
  if (wanted === 0) return `${rule}, but no request is specified or request is 0`;
  if (most === 0) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = most / wanted;
  if (ratio * 1000 <= quantityMilli(bound)) return undefined;
  return `${rule}, but provided ratio is ${ratio.toFixed(6)}`;
}
