/*
 * Kinds of Argo Rollouts: the OpenAPI rules of their CustomResourceDefinitions, which ask for little. Whether a Rollout makes sense is looked
 * at by its controller, which says so in a condition (controllers/argo-rollouts/validation.ts).
 * Simplified: a wrong type is told, and nothing else beside it.
 */
import type { FieldError } from "../status-error.ts";
import type {
  AnalysisArgument,
  AnalysisRun,
  AnalysisTemplate,
  Container,
  Metric,
  PodSpec,
  Rollout,
  RolloutAnalysis,
} from "../types.ts";
import { required } from "./field-errors.ts";

/** Rollout: fields without which the server does not take one. */
export function validateRolloutSchema(spec: Rollout["spec"] | undefined): FieldError[] {
  if (spec === undefined) return [required("spec")];
  const { blueGreen, canary } = spec.strategy ?? {};
  const errors = validateTemplate(spec.template?.spec);
  if (blueGreen !== undefined && blueGreen.activeService === undefined) {
    errors.push(required("spec.strategy.blueGreen.activeService"));
  }
  for (const name of ["prePromotionAnalysis", "postPromotionAnalysis"] as const) {
    errors.push(...validateAnalysis(blueGreen?.[name], `spec.strategy.blueGreen.${name}`));
  }
  errors.push(...validateAnalysis(canary?.analysis, "spec.strategy.canary.analysis"));
  (canary?.steps ?? []).forEach(({ analysis }, i) => {
    errors.push(...validateAnalysis(analysis, `spec.strategy.canary.steps[${i}].analysis`));
  });
  return errors;
}

/** AnalysisTemplate. */
export function validateAnalysisTemplateSpec(
  spec: AnalysisTemplate["spec"] | undefined,
): FieldError[] {
  if (spec === undefined) return [required("spec")];
  return [...validateMetrics(spec.metrics ?? []), ...validateArguments(spec.args, "spec.args")];
}

/** AnalysisRun. */
export function validateAnalysisRunSpec(spec: AnalysisRun["spec"] | undefined): FieldError[] {
  if (spec === undefined) return [required("spec")];
  if (spec.metrics === undefined) return [required("spec.metrics")];
  return [...validateMetrics(spec.metrics), ...validateArguments(spec.args, "spec.args")];
}

function validateMetrics(metrics: readonly Metric[]): FieldError[] {
  return metrics.flatMap((metric, i) => [
    ...(metric.name === undefined ? [required(`spec.metrics[${i}].name`)] : []),
    ...(metric.provider === undefined ? [required(`spec.metrics[${i}].provider`)] : []),
  ]);
}

/** What the schema asks for of a pod, of which the lists that teams write are looked at. */
function validateTemplate(podSpec: PodSpec | undefined): FieldError[] {
  if (podSpec === undefined) return [];
  const path = "spec.template.spec";
  const { containers, initContainers, volumes } = podSpec;
  return [
    ...(containers === undefined ? [required(`${path}.containers`)] : []),
    ...validateContainers(containers, `${path}.containers`),
    ...validateContainers(initContainers, `${path}.initContainers`),
    ...validateItems(volumes, `${path}.volumes`, ["name"]),
  ];
}

function validateContainers(containers: readonly Container[] = [], path: string): FieldError[] {
  const within = containers.flatMap(({ env, ports, volumeMounts }, i) => [
    ...validateItems(env, `${path}[${i}].env`, ["name"]),
    ...validateItems(ports, `${path}[${i}].ports`, ["containerPort"]),
    ...validateItems(volumeMounts, `${path}[${i}].volumeMounts`, ["mountPath", "name"]),
  ]);
  return [...validateItems(containers, path, ["name"]), ...within];
}

/** Items of a list without a field that each must have: decoding gives zero values to what is not there. */
function validateItems<T extends object>(
  items: readonly T[] = [],
  path: string,
  fields: readonly (keyof T & string)[],
): FieldError[] {
  return items.flatMap((item, i) =>
    fields.filter((field) => !item[field]).map((field) => required(`${path}[${i}].${field}`)),
  );
}

function validateAnalysis(analysis: RolloutAnalysis | undefined, path: string): FieldError[] {
  return [
    ...validateArguments(analysis?.args, `${path}.args`),
    ...(analysis?.dryRun ?? []).flatMap(({ metricName }, i) =>
      metricName === undefined ? [required(`${path}.dryRun[${i}].metricName`)] : [],
    ),
  ];
}

function validateArguments(
  args: readonly AnalysisArgument[] | undefined,
  path: string,
): FieldError[] {
  return (args ?? []).flatMap(({ name }, i) =>
    name === undefined ? [required(`${path}[${i}].name`)] : [],
  );
}
