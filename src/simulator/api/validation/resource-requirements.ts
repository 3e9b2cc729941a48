/* Requests and limits, and what quotas say of them: ValidateContainerResourceRequirements in pkg/apis/core/validation/validation.go. */
import {
  canonicalQuantity,
  compareQuantities,
  goQuantity,
  quantityNano,
  quantityValue,
} from "../schema/quantity.ts";
import type { FieldError } from "../status-error.ts";
import type { ResourceRequirements } from "../types.ts";
import { forbidden, invalid, invalidEach, required } from "./field-errors.ts";
import { qualifiedName } from "./names.ts";

const CONTAINER_RESOURCES = new Set(["cpu", "memory", "ephemeral-storage"]);

/** What quotas count by the piece. */
const COUNTED_RESOURCES = new Set([
  ...["pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps"],
  ...["persistentvolumeclaims", "services.nodeports", "services.loadbalancers"],
]);

/** Names that Kubernetes knows without a domain, though a container may not ask for them. */
const STANDARD_RESOURCES = new Set([
  ...CONTAINER_RESOURCES,
  ...["requests.cpu", "requests.memory", "requests.ephemeral-storage"],
  ...["limits.cpu", "limits.memory", "limits.ephemeral-storage"],
  ...COUNTED_RESOURCES,
  ...["storage", "requests.storage"],
]);

const NANO = 1_000_000_000n;

const isHugePages = (name: string) => name.startsWith("hugepages-");

/** IsNativeResource. */
const isNative = (name: string) => !name.includes("/") || name.includes("kubernetes.io/");

/** IsExtendedResourceName: resources of a domain of their own, whose quota has a name, too. */
const isExtended = (name: string) =>
  !isNative(name) &&
  !name.startsWith("requests.") &&
  qualifiedName(`requests.${name}`).length === 0;

/** Neither huge pages nor resources with a domain may be promised twice (IsOvercommitAllowed). */
export const isOvercommitAllowed = (name: string) => isNative(name) && !isHugePages(name);

/** IsIntegerResourceName. */
const isWhole = (name: string) => COUNTED_RESOURCES.has(name) || isExtended(name);

/**
 * Errors of one container's resources. Go walks its maps in random order; here the names are sorted, so that the order is always the
 * same.
 */
export function validateResourceRequirements(
  resources: ResourceRequirements | undefined,
  path: string,
): FieldError[] {
  const { limits = {}, requests = {} } = resources ?? {};
  const errors: FieldError[] = [];
  for (const name of Object.keys(limits).sort()) {
    const at = `${path}.limits[${name}]`;
    errors.push(...validateAmount(name, limits[name]!, at));
    errors.push(...validatePages(name, limits[name]!, at));
  }
  for (const name of Object.keys(requests).sort()) {
    const request = requests[name]!;
    const at = `${path}.requests[${name}]`;
    errors.push(...validateAmount(name, request, at));
    errors.push(...validateAgainstLimit(name, request, limits[name], path));
    errors.push(...validatePages(name, request, at));
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory")) {
    errors.push(forbidden(path, "HugePages require cpu or memory"));
  }
  return errors;
}

function validateAgainstLimit(
  name: string,
  request: string | number,
  limit: string | number | undefined,
  path: string,
): FieldError[] {
  if (limit === undefined) {
    if (isOvercommitAllowed(name)) return [];
    return [required(`${path}.limits`, "Limit must be set for non overcommitable resources")];
  }
  const comparison = compareQuantities(request, limit);
  const text = `${name} limit of ${canonicalQuantity(limit)}`;
  const value = canonicalQuantity(request);
  if (comparison !== 0 && !isOvercommitAllowed(name)) {
    return [invalid(`${path}.requests`, value, `must be equal to ${text}`)];
  }
  if (comparison <= 0) return [];
  return [invalid(`${path}.requests`, value, `must be less than or equal to ${text}`)];
}

/** validateContainerResourceName and ValidateResourceQuantityValue. */
function validateAmount(name: string, amount: string | number, path: string): FieldError[] {
  return [...validateContainerResource(name, path), ...validateQuantity(name, amount, path)];
}

/** ValidateResourceQuantityValue, which prints the whole quantity. */
export function validateQuantity(
  name: string,
  amount: string | number,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (quantityNano(amount) < 0n) {
    const detail = "must be greater than or equal to 0";
    errors.push(invalid(path, canonicalQuantity(amount), detail));
  }
  if (isWhole(name) && quantityNano(amount) % NANO !== 0n) {
    errors.push(invalid(path, { go: goQuantity(amount) }, "must be an integer"));
  }
  return errors;
}

/** validateResourceQuantityHugePageValue: as many pages as go into the amount, without a rest. */
function validatePages(name: string, amount: string | number, path: string): FieldError[] {
  if (!isHugePages(name)) return [];
  const page = quantityNano(name.slice("hugepages-".length));
  if (page > 0n && BigInt(quantityValue(amount)) % (page / NANO) === 0n) return [];
  const value = canonicalQuantity(amount);
  return [invalid(path, value, `${value} is not positive integer multiple of ${name}`)];
}

/** What a quota may limit without a domain (pkg/apis/core/helper IsStandardQuotaResourceName). */
const QUOTA_RESOURCES = new Set(STANDARD_RESOURCES);
QUOTA_RESOURCES.delete("storage");

/** ValidateResourceQuotaResourceName. */
export function validateQuotaResource(name: string, path: string): FieldError[] {
  const errors = validateResource(name, path);
  if (name.includes("/") || isHugePages(name.replace(/^requests\./, ""))) return errors;
  if (!QUOTA_RESOURCES.has(name)) {
    errors.push(invalid(path, { go: name }, "must be a standard resource for quota"));
  }
  return errors;
}

/** validateResourceName; a ResourceName is printed without quotes, what is no qualified name with them. */
export function validateResource(name: string, path: string): FieldError[] {
  const errors = invalidEach(path, name, qualifiedName(name));
  const isKnown = STANDARD_RESOURCES.has(name) || isHugePages(name.replace(/^requests\./, ""));
  if (errors.length > 0 || name.includes("/") || isKnown) return errors;
  return [invalid(path, { go: name }, "must be a standard resource type or fully qualified")];
}

/** validateContainerResourceName. */
export function validateContainerResource(name: string, path: string): FieldError[] {
  const value = { go: name };
  const errors = validateResource(name, path);
  if (name.includes("/")) {
    if (!isNative(name) && !isExtended(name)) {
      errors.push(invalid(path, value, "doesn't follow extended resource name standard"));
    }
  } else if (!CONTAINER_RESOURCES.has(name) && !isHugePages(name)) {
    errors.push(invalid(path, value, "must be a standard resource for containers"));
  }
  return errors;
}
