/* PriorityClasses: pkg/apis/scheduling/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { PriorityClass } from "../types.ts";
import { forbidden, invalid, notSupported } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain } from "./names.ts";

/** Values above are the system's (scheduling/types.go HighestUserDefinablePriority). */
const HIGHEST_USER_PRIORITY = 1_000_000_000;
const SYSTEM_PREFIX = "system-";
const POLICIES = ["PreemptLowerPriority", "Never"];

interface SystemClass {
  readonly name: string;
  readonly value: number;
  readonly description: string;
}

/** The classes that every cluster has (pkg/apis/scheduling/v1/helpers.go SystemPriorityClasses); the descriptions are ours. */
export const SYSTEM_CLASSES: readonly SystemClass[] = [
  {
    name: "system-node-critical",
    value: 2_000_001_000,
    description: "For pods that a node cannot do without.",
  },
  {
    name: "system-cluster-critical",
    value: 2_000_000_000,
    description: "For pods that the cluster cannot do without.",
  },
];

/** ValidatePriorityClass. */
export function validatePriorityClass(one: PriorityClass): FieldError[] {
  const errors = validateObjectMeta(one.metadata, false, dns1123Subdomain);
  const { name } = one.metadata;
  if (name?.startsWith(SYSTEM_PREFIX)) {
    const problem = unlikeSystem(one);
    if (problem !== undefined) {
      const detail = `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: ${problem}`;
      errors.push(forbidden("metadata.name", detail));
    }
  } else if (one.value > HIGHEST_USER_PRIORITY) {
    const detail = `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`;
    errors.push(forbidden("value", detail));
  }
  const { preemptionPolicy } = one;
  if (preemptionPolicy !== undefined && !POLICIES.includes(preemptionPolicy)) {
    errors.push(notSupported("preemptionPolicy", preemptionPolicy, POLICIES));
  }
  return errors;
}

/** IsKnownSystemPriorityClass; undefined: it is one. */
function unlikeSystem({ metadata: { name }, value, globalDefault }: PriorityClass) {
  const system = SYSTEM_CLASSES.find((one) => one.name === name);
  if (system === undefined) return `${name} is not a known system priority class`;
  if (system.value !== value) return `value of ${name} PriorityClass must be ${system.value}`;
  if (globalDefault === true) return `globalDefault of ${name} PriorityClass must be false`;
  return undefined;
}

/** ValidatePriorityClassUpdate: what pods got of their class holds for all of them. */
export function validatePriorityClassUpdate(now: PriorityClass, old: PriorityClass): FieldError[] {
  const errors = validateObjectMetaUpdate(now.metadata, old.metadata);
  if (now.value !== old.value) {
    errors.push(forbidden("value", "may not be changed in an update."));
  }
  if (now.preemptionPolicy !== old.preemptionPolicy) {
    errors.push(invalid("preemptionPolicy", now.preemptionPolicy ?? "", "field is immutable"));
  }
  return errors;
}
