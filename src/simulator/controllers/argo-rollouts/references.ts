/* What a Rollout names has to be there and to fit (argo-rollouts rollout/controller.go, pkg/apis/rollouts/validation/validation_references.go). */
import type { FieldError } from "../../api/status-error.ts";
import type { RolloutAnalysis } from "../../api/types.ts";
import { invalid } from "../../api/validation/field-errors.ts";
import { metricProblem } from "./analysis-run/metric-rules.ts";
import { AnalysisError, analysisRunSpec } from "./analysis-templates.ts";
import { MANAGED_BY_ROLLOUTS, ROLLOUTS_POD_TEMPLATE_HASH, templateOf } from "./rollout.ts";
import type { SyncContext } from "./sync-context.ts";
import { stableIngresses } from "./traffic-routers.ts";

/** The first thing that is missing or does not fit; undefined when all is well (getRolloutReferencedResources). */
export function findReferenceError(sync: SyncContext): FieldError | undefined {
  return findServiceError(sync) ?? findIngressError(sync) ?? findAnalysisError(sync);
}

function findServiceError(sync: SyncContext): FieldError | undefined {
  const { rollout, blueGreen, canary } = sync;
  const named: readonly [string, string | undefined][] =
    canary === undefined
      ? [
          ["spec.strategy.blueGreen.activeService", blueGreen?.activeService],
          ["spec.strategy.blueGreen.previewService", blueGreen?.previewService],
        ]
      : [
          ["spec.strategy.canary.stableService", canary.stableService],
          ["spec.strategy.canary.canaryService", canary.canaryService],
        ];
  const labels = templateOf(rollout).metadata?.labels ?? {};
  for (const [field, name] of named) {
    if (!name) continue;
    const service = sync.service(name);
    if (service === undefined) return invalid(field, name, `service "${name}" not found`);
    for (const [key, value] of Object.entries(service.spec.selector ?? {})) {
      if (key === ROLLOUTS_POD_TEMPLATE_HASH || labels[key] === value) continue;
      return invalid(field, name, `Service "${name}" has unmatch label "${key}" in rollout`);
    }
    const manager = service.metadata.annotations?.[MANAGED_BY_ROLLOUTS];
    if (manager !== undefined && manager !== rollout.metadata.name) {
      return invalid(field, name, `Service "${name}" is managed by another Rollout`);
    }
  }
  return undefined;
}

function findIngressError(sync: SyncContext): FieldError | undefined {
  const { rollout, canary, actions } = sync;
  const { nginx } = canary?.trafficRouting ?? {};
  if (nginx === undefined) return undefined;
  const path = "spec.strategy.canary.trafficRouting.nginx";
  const [one, many] = [nginx.stableIngress !== undefined, nginx.stableIngresses !== undefined];
  if (one === many) {
    const which = one ? "Both" : "Neither";
    const detail = `Internal error: Either StableIngress or StableIngresses must be configured. ${which} are configured.`;
    return { field: path, type: "InternalError", detail };
  }
  const field = `${path}.${one ? "stableIngress" : "stableIngresses"}`;
  for (const name of stableIngresses(rollout)) {
    const ingress = actions.context.api.find("ingresses", rollout.metadata.namespace ?? "", name);
    if (ingress === undefined) {
      return invalid(field, name, `ingress.networking.k8s.io "${name}" not found`);
    }
    const services = (ingress.spec.rules ?? []).flatMap(({ http }) =>
      (http?.paths ?? []).map(({ backend }) => backend.service?.name),
    );
    const { stableService = "" } = canary ?? {};
    if (services.includes(stableService)) continue;
    const detail = `ingress \`${name}\` has no rules using service ${stableService} backend`;
    return invalid(field, name, detail);
  }
  return undefined;
}

function findAnalysisError(sync: SyncContext): FieldError | undefined {
  const { canary, blueGreen } = sync;
  const named: [string, RolloutAnalysis | undefined, boolean][] = [
    ["spec.strategy.blueGreen.prePromotionAnalysis", blueGreen?.prePromotionAnalysis, false],
    ["spec.strategy.blueGreen.postPromotionAnalysis", blueGreen?.postPromotionAnalysis, false],
    ...(canary?.steps ?? []).map(
      ({ analysis }, i): [string, RolloutAnalysis | undefined, boolean] => [
        `spec.strategy.canary.steps[${i}].analysis`,
        analysis,
        false,
      ],
    ),
    ["spec.strategy.canary.analysis", canary?.analysis, true],
  ];
  for (const [path, analysis, isBackground] of named) {
    if (analysis === undefined) continue;
    const error = analysisError(sync, `${path}.templates`, analysis, isBackground);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** ValidateAnalysisTemplatesWithType. A run that a step waits for has to come to an end by itself; one in the background need not. */
function analysisError(
  { rollout, parts, actions }: SyncContext,
  field: string,
  analysis: RolloutAnalysis,
  isBackground: boolean,
): FieldError | undefined {
  const names = (analysis.templates ?? []).map(({ templateName = "" }) => templateName);
  const { api } = actions.context;
  const namespace = rollout.metadata.namespace ?? "";
  const templateOfName = (name: string) => api.find("analysistemplates", namespace, name);
  for (const name of names) {
    const template = templateOfName(name);
    if (template === undefined) {
      return invalid(field, name, `AnalysisTemplate '${name}' not found`);
    }
    if (isBackground) continue;
    for (const metric of template.spec.metrics ?? []) {
      const problem = metricProblem(metric);
      if (problem !== undefined) {
        return invalid(field, name, `AnalysisTemplate ${name}: ${problem}`);
      }
      if (metric.interval === undefined || metric.count !== undefined) continue;
      const detail = `AnalysisTemplate ${name} has metric ${metric.name} which runs indefinitely. Invalid value for count: nil`;
      return invalid(field, name, detail);
    }
  }
  try {
    analysisRunSpec({ rollout, parts, analysis, templateOf: templateOfName });
    return undefined;
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    return invalid(field, `templateNames: [${names.join(" ")}]`, error.message);
  }
}
