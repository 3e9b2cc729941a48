/* PodDisruptionBudgets: pkg/apis/policy/validation/validation.go of Kubernetes 1.32. */
import type { FieldError } from "../status-error.ts";
import type { PodDisruptionBudget } from "../types.ts";
import { invalid, notSupported } from "./field-errors.ts";
import { validateAtMost100Percent, validateIntOrPercent } from "./int-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain } from "./names.ts";

const POLICIES = ["AlwaysAllow", "IfHealthyBudget"];

/** ValidatePodDisruptionBudget. */
export function validateDisruptionBudget(budget: PodDisruptionBudget): FieldError[] {
  return [
    ...validateObjectMeta(budget.metadata, true, dns1123Subdomain),
    ...validateSpec(budget.spec ?? {}),
  ];
}

/** ValidatePodDisruptionBudget and the metadata of an update; every field of the spec may change. */
export function validateDisruptionBudgetUpdate(
  budget: PodDisruptionBudget,
  old: PodDisruptionBudget,
): FieldError[] {
  return [
    ...validateObjectMetaUpdate(budget.metadata, old.metadata),
    ...validateSpec(budget.spec ?? {}),
  ];
}

/** Simplified: where upstream prints the spec with the addresses of its pointers, there are no addresses. */
function validateSpec(spec: PodDisruptionBudget["spec"]): FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const value = { go: `policy.PodDisruptionBudgetSpec${JSON.stringify(spec)}` };
    errors.push(invalid("spec", value, "minAvailable and maxUnavailable cannot be both set"));
  }
  if (minAvailable !== undefined) {
    errors.push(...validateIntOrPercent(minAvailable, "spec.minAvailable"));
    errors.push(...validateAtMost100Percent(minAvailable, "spec.minAvailable"));
  }
  if (maxUnavailable !== undefined) {
    errors.push(...validateIntOrPercent(maxUnavailable, "spec.maxUnavailable"));
    errors.push(...validateAtMost100Percent(maxUnavailable, "spec.maxUnavailable"));
  }
  errors.push(...validateLabelSelector(selector, "spec.selector"));
  if (unhealthyPodEvictionPolicy !== undefined && !POLICIES.includes(unhealthyPodEvictionPolicy)) {
    const field = "spec.unhealthyPodEvictionPolicy";
    errors.push(notSupported(field, unhealthyPodEvictionPolicy, POLICIES));
  }
  return errors;
}
