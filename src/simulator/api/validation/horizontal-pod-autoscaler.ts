/* HorizontalPodAutoscalers of autoscaling/v2: pkg/apis/autoscaling/validation/validation.go of Kubernetes 1.32. */
import { goQuantity, quantityNano } from "../schema/quantity.ts";
import type { FieldError } from "../status-error.ts";
import type {
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
} from "../types.ts";
import { forbidden, invalid, invalidEach, notSupported, required } from "./field-errors.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain, pathSegment } from "./names.ts";

const STABILIZATION_SECONDS_MAX = 3600;
const PERIOD_SECONDS_MAX = 1800;

/** ValidateHorizontalPodAutoscaler. */
export function validateAutoscaler(autoscaler: HorizontalPodAutoscaler): FieldError[] {
  return [
    ...validateObjectMeta(autoscaler.metadata, true, dns1123Subdomain),
    ...validateSpec(autoscaler.spec),
  ];
}

/** ValidateHorizontalPodAutoscalerUpdate. */
export function validateAutoscalerUpdate(
  autoscaler: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] {
  return [
    ...validateObjectMetaUpdate(autoscaler.metadata, old.metadata),
    ...validateSpec(autoscaler.spec),
  ];
}

function validateSpec(spec: HorizontalPodAutoscaler["spec"]): FieldError[] {
  const { minReplicas, maxReplicas, scaleTargetRef, metrics = [], behavior } = spec;
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.push(invalid("spec.minReplicas", minReplicas, "must be greater than or equal to 1"));
  }
  if (maxReplicas < 1)
    errors.push(invalid("spec.maxReplicas", maxReplicas, "must be greater than 0"));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    const detail = "must be greater than or equal to `minReplicas`";
    errors.push(invalid("spec.maxReplicas", maxReplicas, detail));
  }
  errors.push(...validateReference(scaleTargetRef, "spec.scaleTargetRef"));
  errors.push(...metrics.flatMap((metric, i) => validateMetric(metric, `spec.metrics[${i}]`)));
  // Without pods there is nothing to measure but what lies outside of them (validateMetrics).
  if (minReplicas === 0 && !metrics.some(({ type }) => type === "Object" || type === "External")) {
    const detail =
      "must specify at least one Object or External metric to support scaling to zero replicas";
    errors.push(forbidden("spec.metrics", detail));
  }
  for (const direction of ["scaleUp", "scaleDown"] as const) {
    const rules = behavior?.[direction];
    if (rules !== undefined) errors.push(...validateRules(rules, `spec.behavior.${direction}`));
  }
  return errors;
}

/** ValidateCrossVersionObjectReference. */
function validateReference(
  { kind, name }: CrossVersionObjectReference,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [field, value] of [
    ["kind", kind],
    ["name", name],
  ] as const) {
    if (!value) errors.push(required(`${path}.${field}`));
    else errors.push(...invalidEach(`${path}.${field}`, value, pathSegment(value)));
  }
  return errors;
}

const SOURCES = {
  Object: "object",
  Pods: "pods",
  Resource: "resource",
  External: "external",
  ContainerResource: "containerResource",
} as const;

type Source = (typeof SOURCES)[keyof typeof SOURCES];

/** In the order in which upstream looks at them. */
const SOURCE_ORDER: readonly Source[] = [
  "object",
  "external",
  "pods",
  "resource",
  "containerResource",
];

const METRIC_TYPES = ["ContainerResource", "External", "Object", "Pods", "Resource"];

/** validateMetricSpec. */
function validateMetric(metric: MetricSpec, path: string): FieldError[] {
  const { type } = metric;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, "must specify a metric source type"));
  if (!METRIC_TYPES.includes(type)) {
    errors.push(notSupported(`${path}.type`, type, METRIC_TYPES));
  }
  const present = SOURCE_ORDER.filter((source) => metric[source] !== undefined);
  const [first] = present;
  if (first !== undefined) errors.push(...validateSource(metric, first, `${path}.${first}`));
  const expected = SOURCES[type as keyof typeof SOURCES] as Source | undefined;
  if (expected !== undefined && metric[expected] === undefined) {
    const detail = "must populate information for the given metric source";
    errors.push(required(`${path}.${expected}`, detail));
  }
  if (present.length === 1) return errors;
  for (const source of present.filter((other) => other !== expected)) {
    errors.push(forbidden(`${path}.${source}`, "must populate the given metric source only"));
  }
  return errors;
}

function validateSource(metric: MetricSpec, source: Source, path: string): FieldError[] {
  const { object, pods, external, resource, containerResource } = metric;
  const target = (metric[source] as { readonly target: MetricTarget }).target;
  const errors: FieldError[] = [];
  if (source === "object")
    errors.push(...validateReference(object!.describedObject, `${path}.describedObject`));
  if (source === "containerResource" && !containerResource!.container) {
    errors.push(required(`${path}.container`, "must specify a container name"));
  }
  if (source === "resource" || source === "containerResource") {
    const { name } = (resource ?? containerResource)!;
    if (!name) errors.push(required(`${path}.name`, "must specify a resource name"));
  } else {
    errors.push(...validateIdentifier((object ?? external ?? pods)!.metric, `${path}.metric`));
  }
  errors.push(...validateTarget(target, `${path}.target`));
  return [...errors, ...validateTargetOf(source, target, `${path}.target`)];
}

function validateIdentifier({ name }: MetricIdentifier, path: string): FieldError[] {
  if (!name) return [required(`${path}.name`, "must specify a metric name")];
  return invalidEach(`${path}.name`, name, pathSegment(name));
}

/** validateMetricTarget. */
function validateTarget(target: MetricTarget, path: string): FieldError[] {
  const { type, value, averageValue, averageUtilization } = target;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, "must specify a metric target type"));
  if (!["Utilization", "Value", "AverageValue"].includes(type)) {
    const detail = "must be either Utilization, Value, or AverageValue";
    errors.push(invalid(`${path}.type`, type, detail));
  }
  for (const [field, amount] of Object.entries({ value, averageValue })) {
    if (amount === undefined || quantityNano(amount) > 0n) continue;
    errors.push(invalid(`${path}.${field}`, { go: goQuantity(amount) }, "must be positive"));
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    const detail = "must be greater than 0";
    errors.push(invalid(`${path}.averageUtilization`, averageUtilization, detail));
  }
  return errors;
}

/** Which of the target's values a source needs. */
function validateTargetOf(source: Source, target: MetricTarget, path: string): FieldError[] {
  const { value, averageValue, averageUtilization } = target;
  switch (source) {
    case "pods":
      return averageValue === undefined
        ? [required(`${path}.averageValue`, "must specify a positive target averageValue")]
        : [];
    case "object":
    case "external":
      if (value === undefined && averageValue === undefined) {
        const detail =
          source === "object"
            ? "must set either a target value or averageValue"
            : "must set either a target value for metric or a per-pod target";
        return [required(`${path}.averageValue`, detail)];
      }
      if (source === "external" && value !== undefined && averageValue !== undefined) {
        const detail = "may not set both a target value for metric and a per-pod target";
        return [forbidden(`${path}.value`, detail)];
      }
      return [];
    default:
      if (averageUtilization === undefined && averageValue === undefined) {
        const detail = "must set either a target raw value or a target utilization";
        return [required(`${path}.averageUtilization`, detail)];
      }
      if (averageUtilization !== undefined && averageValue !== undefined) {
        const detail = "may not set both a target raw value and a target utilization";
        return [forbidden(`${path}.averageValue`, detail)];
      }
      return [];
  }
}

/** validateScalingRules. */
function validateRules(rules: HPAScalingRules, path: string): FieldError[] {
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [] } = rules;
  const errors: FieldError[] = [];
  const at = `${path}.stabilizationWindowSeconds`;
  if (window !== undefined && window < 0) {
    errors.push(invalid(at, window, "must be greater than or equal to zero"));
  }
  if (window !== undefined && window > STABILIZATION_SECONDS_MAX) {
    const detail = `must be less than or equal to ${STABILIZATION_SECONDS_MAX}`;
    errors.push(invalid(at, window, detail));
  }
  const selects = ["Disabled", "Max", "Min"];
  if (selectPolicy !== undefined && !selects.includes(selectPolicy)) {
    errors.push(notSupported(`${path}.selectPolicy`, selectPolicy, selects));
  }
  if (policies.length === 0) {
    errors.push(required(`${path}.policies`, "must specify at least one Policy"));
  }
  policies.forEach(({ type, value, periodSeconds }, i) => {
    const policy = `${path}.policies[${i}]`;
    const types = ["Percent", "Pods"];
    if (!types.includes(type)) errors.push(notSupported(`${policy}.type`, type, types));
    if (value <= 0) errors.push(invalid(`${policy}.value`, value, "must be greater than zero"));
    if (periodSeconds <= 0) {
      errors.push(invalid(`${policy}.periodSeconds`, periodSeconds, "must be greater than zero"));
    }
    if (periodSeconds > PERIOD_SECONDS_MAX) {
      const detail = `must be less than or equal to ${PERIOD_SECONDS_MAX}`;
      errors.push(invalid(`${policy}.periodSeconds`, periodSeconds, detail));
    }
  });
  return errors;
}
