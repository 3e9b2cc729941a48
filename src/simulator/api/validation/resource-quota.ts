/* ResourceQuotas: pkg/apis/core/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { ResourceQuota, ScopeRequirement } from "../types.ts";
import { invalid, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain } from "./names.ts";
import { validateQuantity, validateQuotaResource } from "./resource-requirements.ts";

type Spec = NonNullable<ResourceQuota["spec"]>;

/** Scopes of which a quota may have one. */
const EXCLUSIVE = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;

/** What a quota of each scope may limit, beside resources of a domain (helper.go IsResourceQuotaScopeValidForResource). */
const COMPUTE = [
  ...["cpu", "memory", "ephemeral-storage", "pods"],
  ...["requests.cpu", "requests.memory", "requests.ephemeral-storage"],
  ...["limits.cpu", "limits.memory", "limits.ephemeral-storage"],
];
const LIMITABLE: Readonly<Record<string, readonly string[]>> = {
  Terminating: COMPUTE,
  NotTerminating: COMPUTE,
  NotBestEffort: COMPUTE,
  PriorityClass: COMPUTE,
  CrossNamespacePodAffinity: COMPUTE,
  BestEffort: ["pods"],
};

/** ValidateResourceQuota. */
export function validateResourceQuota({ metadata, spec = {} }: ResourceQuota): FieldError[] {
  return [...validateObjectMeta(metadata, true, dns1123Subdomain), ...validateSpec(spec)];
}

/** ValidateResourceQuotaUpdate: what it counts stays. */
export function validateResourceQuotaUpdate(
  { metadata, spec = {} }: ResourceQuota,
  { metadata: oldMetadata, spec: oldSpec = {} }: ResourceQuota,
): FieldError[] {
  const errors = [...validateObjectMetaUpdate(metadata, oldMetadata), ...validateSpec(spec)];
  const scopesOf = ({ scopes = [] }: Spec) => [...new Set(scopes)].sort().join();
  if (scopesOf(spec) !== scopesOf(oldSpec)) {
    errors.push(invalid("spec.scopes", goList(spec.scopes), "field is immutable"));
  }
  return errors;
}

/** ValidateResourceQuotaSpec; Go walks its map in random order, here the names are sorted. */
function validateSpec({ hard = {}, scopes = [], scopeSelector }: Spec): FieldError[] {
  const names = Object.keys(hard).sort();
  const errors = names.flatMap((name) => {
    const path = `spec.hard[${name}]`;
    return [...validateQuotaResource(name, path), ...validateQuantity(name, hard[name]!, path)];
  });
  const value = goList(scopes);
  errors.push(...scopes.flatMap((scope) => scopeErrors(scope, names, "spec.scopes", value)));
  errors.push(...conflicts(scopes, "spec.scopes", value));
  const { matchExpressions = [] } = scopeSelector ?? {};
  const path = "spec.scopeSelector.matchExpressions";
  for (const requirement of matchExpressions) {
    const { scopeName } = requirement;
    errors.push(...scopeErrors(scopeName, names, `${path}.scopeName`, { go: scopeName }));
    errors.push(...requirementErrors(requirement, path));
  }
  errors.push(
    ...conflicts(
      matchExpressions.map(({ scopeName }) => scopeName),
      path,
      value,
    ),
  );
  return errors;
}

function scopeErrors(
  scope: string,
  names: readonly string[],
  path: string,
  value: Parameters<typeof invalid>[1],
): FieldError[] {
  const limitable = LIMITABLE[scope];
  if (limitable === undefined) return [invalid(path, value, "unsupported scope")];
  return names
    .filter((name) => validateQuotaResource(name, "").length === 0 && !name.includes("/"))
    .filter((name) => !limitable.includes(name) && !name.startsWith("hugepages-"))
    .map(() => invalid(path, value, "unsupported scope applied to resource"));
}

/** validateScopedResourceSelectorRequirement */
function requirementErrors(
  { scopeName, operator, values = [] }: ScopeRequirement,
  path: string,
): FieldError[] {
  if (scopeName !== "PriorityClass" && operator !== "Exists") {
    const why = `must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity`;
    return [invalid(`${path}.operator`, { go: operator }, why)];
  }
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length > 0) return [];
      return [
        required(
          `${path}.values`,
          "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
        ),
      ];
    case "Exists":
    case "DoesNotExist":
      if (values.length === 0) return [];
      return [
        invalid(
          `${path}.values`,
          goList(values),
          "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
        ),
      ];
    default:
      return [invalid(`${path}.operator`, { go: operator }, "not a valid selector operator")];
  }
}

function conflicts(
  scopes: readonly string[],
  path: string,
  value: Parameters<typeof invalid>[1],
): FieldError[] {
  return EXCLUSIVE.filter((pair) => pair.every((scope) => scopes.includes(scope))).map(() =>
    invalid(path, value, "conflicting scopes"),
  );
}

/** A list of texts as Go's `%#v` has it in a field error. */
function goList(texts: readonly string[] = []): Parameters<typeof invalid>[1] {
  return { go: JSON.stringify(texts) };
}
