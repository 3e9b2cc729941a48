import type { FieldError } from "../../api/status-error.ts";
import type { Rollout } from "../../api/types.ts";
import { GATEWAY_API_PLUGIN } from "./traffic-routers.ts";

const ROUTERS = ["istio", "alb", "smi", "ambassador", "appMesh", "traefik", "apisix"] as const;
const STEPS = ["experiment", "setHeaderRoute", "setMirrorRoute", "plugin"] as const;

/**
 * The first field that a real controller would act on and this one does not, as an error that says so; silence would be a lie about the run.
 * Simplified: these parts of Argo Rollouts are left out.
 */
export function notSimulated({ spec }: Rollout): FieldError | undefined {
  const { blueGreen = {}, canary = {} } = spec.strategy ?? {};
  const { trafficRouting = {}, steps = [], analysis } = canary;
  const found: string[] = [];
  const look = (object: object, path: string, names: readonly string[]) => {
    for (const name of names) {
      if ((object as Readonly<Record<string, unknown>>)[name] !== undefined) {
        found.push(`${path}.${name}`);
      }
    }
  };
  look(spec, "spec", ["workloadRef"]);
  look(blueGreen, "spec.strategy.blueGreen", ["antiAffinity", "previewMetadata", "activeMetadata"]);
  const path = "spec.strategy.canary";
  look(canary, path, ["antiAffinity", "canaryMetadata", "stableMetadata", "pingPong"]);
  look(trafficRouting, `${path}.trafficRouting`, [...ROUTERS, "managedRoutes"]);
  for (const name of Object.keys(trafficRouting.plugins ?? {})) {
    if (name !== GATEWAY_API_PLUGIN) found.push(`${path}.trafficRouting.plugins.${name}`);
  }
  steps.forEach((step, i) => look(step, `${path}.steps[${i}]`, STEPS));
  const analyses = [blueGreen.prePromotionAnalysis, blueGreen.postPromotionAnalysis, analysis];
  for (const one of [...analyses, ...steps.map((step) => step.analysis)]) {
    if (one?.templates?.some(({ clusterScope }) => clusterScope === true) === true) {
      found.push("spec.strategy: clusterScope of an analysis' templates");
    }
  }
  const [first] = found;
  if (first === undefined) return undefined;
  const detail = "Forbidden: not simulated: a real Argo Rollouts would act on it";
  return { field: first, type: "FieldValueForbidden", detail };
}
