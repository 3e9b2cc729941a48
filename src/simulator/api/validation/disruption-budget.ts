/* PodDisruptionBudgets: pkg/apis/policy/validation/validation.go of Kubernetes 1.32. */
import { goPointer } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { PodDisruptionBudget } from "../types.ts";
import { invalid, notSupported } from "./field-errors.ts";
import { validateAtMost100Percent, validateIntOrPercent } from "./int-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { pathSegment } from "./names.ts";

const POLICIES = ["AlwaysAllow", "IfHealthyBudget"];

/**
 * ValidatePodDisruptionBudget, which knows of the spec alone: the metadata are looked at behind it, as all objects' are, and any name that can
 * stand in a path will do (registry/rest/create.go BeforeCreate).
 */
export function validateDisruptionBudget(budget: PodDisruptionBudget): FieldError[] {
  const errors = validateSpec(budget.spec ?? {});
  return errors.length > 0 ? errors : validateObjectMeta(budget.metadata, true, pathSegment);
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

function goSpec({ selector, unhealthyPodEvictionPolicy: policy }: PodDisruptionBudget["spec"]) {
  const amount = goPointer("intstr.IntOrString", true);
  const labels = goPointer("v1.LabelSelector", selector);
  const eviction = goPointer("policy.UnhealthyPodEvictionPolicyType", policy);
  return `policy.PodDisruptionBudgetSpec{MinAvailable:${amount}, Selector:${labels}, MaxUnavailable:${amount}, UnhealthyPodEvictionPolicy:${eviction}}`;
}

/** ValidatePodDisruptionBudgetSpec. */
function validateSpec(spec: PodDisruptionBudget["spec"]): FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const value = { go: goSpec(spec) };
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
