/* What a pod may know of itself, in variables and in files: the selectors of fields and resources in pkg/apis/core/validation/validation.go. */
import { canonicalQuantity, quantityNano } from "../schema/quantity.ts";
import type { FieldError } from "../status-error.ts";
import type { IntOrString } from "../types.ts";
import { invalid, invalidEach, notSupported, required } from "./field-errors.ts";
import { qualifiedName } from "./names.ts";

export const FIELDS_OF_VARIABLES = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

export const FIELDS_OF_FILES = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];

/** Paths that the conversion of field selectors knows beyond those. */
const CONVERTIBLE = new Set([
  ...FIELDS_OF_VARIABLES,
  ...FIELDS_OF_FILES,
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
  "spec.host",
]);

const RESOURCES = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];

const CPU_DIVISORS = ["1m", "1"];
const BYTE_DIVISORS = "1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei".split(" ");

export interface FieldRef {
  readonly apiVersion?: string;
  readonly fieldPath?: string;
}

export interface ResourceFieldRef {
  readonly containerName?: string;
  readonly resource?: string;
  readonly divisor?: IntOrString;
}

/** validateObjectFieldSelector. */
export function validateFieldRef(
  { apiVersion, fieldPath }: FieldRef,
  fields: readonly string[],
  path: string,
): FieldError[] {
  if (!apiVersion) return [required(`${path}.apiVersion`)];
  if (!fieldPath) return [required(`${path}.fieldPath`)];
  const subscript = /^(.*)\['(.*)'\]$/.exec(fieldPath);
  const base = subscript === null ? fieldPath : subscript[1]!;
  const problem = conversionProblem(apiVersion, fieldPath, subscript === null ? undefined : base);
  if (problem !== undefined) {
    const detail = `error converting fieldPath: ${problem}`;
    return [invalid(`${path}.fieldPath`, fieldPath, detail)];
  }
  if (subscript === null) {
    const field = base === "spec.host" ? "spec.nodeName" : base;
    return fields.includes(field) ? [] : [notSupported(`${path}.fieldPath`, field, fields)];
  }
  const key = subscript[2]!;
  const name = base === "metadata.annotations" ? key.toLowerCase() : key;
  return invalidEach(path, name, qualifiedName(name));
}

/** What ConvertDownwardAPIFieldLabel (pkg/apis/core/pods/helpers.go) says of a path; `base` is that before a subscript. */
function conversionProblem(
  apiVersion: string,
  fieldPath: string,
  base: string | undefined,
): string | undefined {
  if (apiVersion !== "v1") return `unsupported pod version: ${apiVersion}`;
  if (base === "metadata.annotations" || base === "metadata.labels") return undefined;
  if (base !== undefined) return `field label does not support subscript: ${fieldPath}`;
  return CONVERTIBLE.has(fieldPath) ? undefined : `field label not supported: ${fieldPath}`;
}

/** validateContainerResourceFieldSelector; a file must say whose resource it means. */
export function validateResourceFieldRef(
  { containerName, resource = "", divisor }: ResourceFieldRef,
  inFile: boolean,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (inFile && !containerName) errors.push(required(`${path}.containerName`));
  else if (resource === "") errors.push(required(`${path}.resource`));
  else if (!RESOURCES.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource)) {
    errors.push(notSupported(`${path}.resource`, resource, RESOURCES));
  }
  if (divisor === undefined || quantityNano(divisor) === 0n) return errors;
  const unit = canonicalQuantity(divisor);
  const at = `${path}.divisor`;
  const what = /^(?:limits|requests)\.(cpu|memory|ephemeral-storage)$/.exec(resource)?.[1];
  if (what === "cpu" && !CPU_DIVISORS.includes(unit)) {
    const detail = "only divisor's values 1m and 1 are supported with the cpu resource";
    errors.push(invalid(at, resource, detail));
  } else if (what !== undefined && what !== "cpu" && !BYTE_DIVISORS.includes(unit)) {
    const name = what === "memory" ? what : "local ephemeral storage";
    const list = BYTE_DIVISORS.join(", ");
    errors.push(
      invalid(
        at,
        resource,
        `only divisor's values ${list} are supported with the ${name} resource`,
      ),
    );
  }
  return errors;
}
