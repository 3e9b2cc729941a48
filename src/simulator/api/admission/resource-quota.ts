/* The admission plugin ResourceQuota: apiserver pkg/admission/plugin/resourcequota/controller.go. */
import {
  addUsage,
  concerns,
  isInScope,
  maskUsage,
  readUsage,
  usageOf,
  writeUsage,
  type QuotaUsage,
} from "../quota-usage.ts";
import { forbidden } from "../refusals.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { Container, KubernetesObject, Pod, ResourceQuota } from "../types.ts";

/**
 * The quotas of its namespace with a new object counted; those that it does not concern are left out (CheckRequest). Throws Forbidden when one is
 * exceeded. A quota that its controller has not looked at yet limits nothing.
 */
export function charged(
  kind: ResourceDefinition,
  object: KubernetesObject,
  quotas: readonly ResourceQuota[],
  nowMs: number,
): ResourceQuota[] {
  const taken = usageOf(kind, object, nowMs);
  const refuse = (why: string) => forbidden(kind, object.metadata.name, why);
  return quotas.flatMap((quota) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const names = Object.keys(hard).filter((name) => concerns(kind, name));
    if (names.length === 0 || !isInScope(quota, kind, object)) return [];
    const { name } = quota.metadata;
    const unsaid = kind.plural === "pods" ? unsaidIn(object as Pod, names) : "";
    if (unsaid !== "") throw refuse(`failed quota: ${name}: must specify ${unsaid}`);
    if (names.some((one) => used[one] === undefined)) {
      const unknown = names.sort().join(",");
      throw refuse(`status unknown for quota: ${name}, resources: ${unknown}`);
    }
    const requested = withoutZeros(maskUsage(taken, names, "left-out"));
    const before = readUsage(used);
    const now = addUsage(before, requested);
    const limits = readUsage(hard);
    const exceeded = Object.keys(requested).filter(
      (one) => now[one]!.nano > (limits[one]?.nano ?? 0n),
    );
    if (exceeded.length > 0) {
      const [wanted, had, most] = [requested, before, limits].map((usage) => told(usage, exceeded));
      throw refuse(`exceeded quota: ${name}, requested: ${wanted}, used: ${had}, limited: ${most}`);
    }
    if (Object.keys(requested).length === 0) return [];
    return [{ ...quota, status: { ...quota.status, used: writeUsage(now) } }];
  });
}

/** Amounts that every container has to state where a quota limits them (podEvaluator.Constraints). */
const HAS_TO_BE_SAID = [
  "cpu",
  "limits.cpu",
  "limits.memory",
  "memory",
  "requests.cpu",
  "requests.memory",
];

/** `limits.cpu for: web; memory for: proxy,web`; empty: all is said. */
function unsaidIn({ spec }: Pod, names: readonly string[]): string {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  return HAS_TO_BE_SAID.filter((name) => names.includes(name))
    .flatMap((name) => {
      const silent = containers.filter((container) => !says(container, name));
      const who = [...new Set(silent.map((container) => container.name))].sort();
      return who.length === 0 ? [] : [`${name} for: ${who.join(",")}`];
    })
    .join("; ");
}

function says({ resources }: Container, name: string): boolean {
  const [, side, resource = name] = /^(requests|limits)\.(.*)$/.exec(name) ?? [];
  return resources?.[side === "limits" ? "limits" : "requests"]?.[resource] !== undefined;
}

function withoutZeros(usage: QuotaUsage): QuotaUsage {
  return Object.fromEntries(Object.entries(usage).filter(([, { nano }]) => nano !== 0n));
}

/** `pods=3,requests.cpu=2` (prettyPrint). */
function told(usage: QuotaUsage, names: readonly string[]): string {
  const texts = writeUsage(maskUsage(usage, names, "zero"));
  return [...names]
    .sort()
    .map((name) => `${name}=${texts[name]}`)
    .join(",");
}
