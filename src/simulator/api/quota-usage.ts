/*
 * What objects take of a quota: pkg/quota/v1/evaluator/core pods.go and services.go, and apiserver pkg/quota/v1/generic for those that are only
 * counted.
 */
import { amounts, podTotals } from "./pod-amounts.ts";
import { isFinalPhase } from "./pod-phase.ts";
import type { ResourceDefinition } from "./resource.ts";
import { formatQuantity, parseQuantity } from "./schema/quantity.ts";
import { meets } from "./selectors.ts";
import { parseTimestamp } from "./time.ts";
import type {
  KubernetesObject,
  Pod,
  PodSpec,
  ResourceList,
  ResourceQuota,
  ScopeRequirement,
  Service,
} from "./types.ts";

type Format = Parameters<typeof formatQuantity>[1];

/** An amount, and how it is written. */
interface Amount {
  readonly nano: bigint;
  readonly format: Format;
}

/** Amounts by what a quota calls them. */
export type QuotaUsage = Readonly<Record<string, Amount>>;

const ONE: Amount = { nano: 1_000_000_000n, format: "decimal" };
const ZERO: Amount = { nano: 0n, format: "decimal" };

/** Kinds of the core group that quotas count by their mere name, too. */
const BY_NAME = new Set([
  ...["configmaps", "secrets", "services", "resourcequotas"],
  ...["replicationcontrollers", "persistentvolumeclaims"],
]);

/** What an object takes. */
export function usageOf(
  kind: ResourceDefinition,
  object: KubernetesObject,
  nowMs: number,
): QuotaUsage {
  const { group, plural } = kind;
  const counted = { [countName(kind)]: ONE };
  if (group !== "") return counted;
  if (plural === "pods") {
    const pod = object as Pod;
    return isCharged(pod, nowMs) ? { ...counted, ...podUsage(pod.spec) } : counted;
  }
  if (plural === "services") return { ...counted, ...serviceUsage(object as Service) };
  return BY_NAME.has(plural) ? { ...counted, [plural]: ONE } : counted;
}

/** `count/deployments.apps`, `count/pods` (ObjectCountQuotaResourceNameFor). */
function countName({ group, plural }: ResourceDefinition): string {
  return `count/${plural}${group === "" ? "" : `.${group}`}`;
}

/** Does a quota on that name say anything of objects of the kind (the evaluators' MatchingResources)? */
export function concerns(kind: ResourceDefinition, name: string): boolean {
  if (name === countName(kind)) return true;
  if (kind.group !== "") return false;
  if (kind.plural === "services") return name === "services" || name.startsWith("services.");
  if (kind.plural !== "pods") return BY_NAME.has(kind.plural) && name === kind.plural;
  const bare = name.replace(/^(requests|limits)\./, "");
  if (name === "pods" || COMPUTE.has(bare) || bare.startsWith("hugepages-")) return true;
  return name.startsWith("requests.") && name.includes("/");
}

const COMPUTE = new Set(["cpu", "memory", "ephemeral-storage"]);

/** Does a pod count still? Not when it has ended, nor when it should be gone (QuotaV1Pod). */
export function isCharged({ metadata, status }: Pod, nowMs: number): boolean {
  if (isFinalPhase(status.phase)) return false;
  const { deletionTimestamp, deletionGracePeriodSeconds: grace } = metadata;
  if (deletionTimestamp === undefined || grace === undefined) return true;
  return nowMs <= parseTimestamp(deletionTimestamp) + grace * 1000;
}

/** What a pod takes while it counts (PodUsageFunc, podComputeUsageHelper). */
export function podUsage(spec: PodSpec): QuotaUsage {
  const usage: Record<string, Amount> = { pods: ONE };
  for (const [name, taken] of Object.entries(podAmounts(spec, "requests"))) {
    if (COMPUTE.has(name) || name.startsWith("hugepages-")) usage[name] = taken;
    usage[`requests.${name}`] = taken;
  }
  for (const [name, taken] of Object.entries(podAmounts(spec, "limits"))) {
    if (COMPUTE.has(name)) usage[`limits.${name}`] = taken;
  }
  return usage;
}

/** What a pod as a whole requests, or is limited to, each amount in the form in which the first container writes it. */
export function podAmounts(spec: PodSpec, side: "requests" | "limits"): QuotaUsage {
  const totals = podTotals(spec, ({ resources }) => amounts(resources?.[side]));
  const lists = [...spec.containers, ...(spec.initContainers ?? [])].map(
    ({ resources }) => resources?.[side],
  );
  return Object.fromEntries(
    Object.entries(totals).map(([name, amount]) => {
      const nano = BigInt(amount) * (name === "cpu" ? 1_000_000n : ONE.nano);
      const text = lists.find((list) => list?.[name] !== undefined)?.[name];
      const read = parseQuantity(String(text));
      return [name, { nano, format: "nano" in read ? read.format : ONE.format }];
    }),
  );
}

/** serviceEvaluator.QuotaUsage: ports of nodes and load balancers are scarce. */
function serviceUsage({ spec }: Service): QuotaUsage {
  const { type = "ClusterIP", ports = [], allocateLoadBalancerNodePorts = true } = spec;
  const isBalanced = type === "LoadBalancer";
  const takesPorts = type === "NodePort" || (isBalanced && allocateLoadBalancerNodePorts);
  return {
    services: ONE,
    "services.nodeports": takesPorts ? { ...ONE, nano: ONE.nano * BigInt(ports.length) } : ZERO,
    "services.loadbalancers": isBalanced ? ONE : ZERO,
  };
}

/** Does a quota count the object, by its scopes? Those are about pods: with any, nothing else counts (generic.Matches, podMatchesScopeFunc). */
export function isInScope(
  { spec = {} }: ResourceQuota,
  kind: ResourceDefinition,
  object: KubernetesObject,
): boolean {
  const { scopes = [], scopeSelector } = spec;
  const wanted: ScopeRequirement[] = [
    ...scopes.map((scopeName) => ({ scopeName, operator: "Exists" })),
    ...(scopeSelector?.matchExpressions ?? []),
  ];
  if (wanted.length === 0) return true;
  if (kind.plural !== "pods") return false;
  return wanted.every((requirement) => hasScope(object as Pod, requirement));
}

function hasScope(
  { spec, status }: Pod,
  { scopeName, operator, values = [] }: ScopeRequirement,
): boolean {
  const { activeDeadlineSeconds: deadline, priorityClassName } = spec;
  switch (scopeName) {
    case "Terminating":
      return deadline !== undefined;
    case "NotTerminating":
      return deadline === undefined;
    case "BestEffort":
      return status.qosClass === "BestEffort";
    case "NotBestEffort":
      return status.qosClass !== "BestEffort";
    case "PriorityClass":
      return meets({ operator, values }, priorityClassName || undefined);
    case "CrossNamespacePodAffinity":
      return looksAcrossNamespaces(spec);
    default:
      return false;
  }
}

/** usesCrossNamespacePodAffinity */
function looksAcrossNamespaces({ affinity = {} }: PodSpec): boolean {
  return [affinity.podAffinity, affinity.podAntiAffinity].some((rules) => {
    const terms = [
      ...(rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
        ({ podAffinityTerm }) => podAffinityTerm,
      ),
    ];
    return terms.some(
      ({ namespaces = [], namespaceSelector }) =>
        namespaces.length > 0 || namespaceSelector !== undefined,
    );
  });
}

/** A resource list as amounts. */
export function readUsage(list: ResourceList = {}): QuotaUsage {
  return Object.fromEntries(
    Object.entries(list).map(([name, quantity]) => {
      const read = parseQuantity(String(quantity));
      return [name, "nano" in read ? read : ZERO];
    }),
  );
}

/** Amounts as a resource list. */
export function writeUsage(usage: QuotaUsage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(usage).map(([name, { nano, format }]) => [name, formatQuantity(nano, format)]),
  );
}

/** Both together; zero takes on the form of what comes to it (Quantity.Add). */
export function addUsage(a: QuotaUsage, b: QuotaUsage): QuotaUsage {
  const sum: Record<string, Amount> = { ...a };
  for (const [name, { nano, format }] of Object.entries(b)) {
    const before = sum[name] ?? ZERO;
    sum[name] = {
      nano: before.nano + nano,
      format: before.nano === 0n ? format : before.format,
    };
  }
  return sum;
}

/** Of the names alone; `absent`: those that are missing are there with zero. */
export function maskUsage(
  usage: QuotaUsage,
  names: readonly string[],
  absent: "left-out" | "zero",
): QuotaUsage {
  const masked: Record<string, Amount> = {};
  for (const name of names) {
    const amount = usage[name] ?? (absent === "zero" ? ZERO : undefined);
    if (amount !== undefined) masked[name] = amount;
  }
  return masked;
}
