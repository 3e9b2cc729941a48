import { setAutoscalerDefaults } from "../defaults/autoscaling.ts";
import type { ResourceDefinition } from "../resource.ts";
import type { HorizontalPodAutoscaler, Ingress, PodDisruptionBudget } from "../types.ts";
import {
  validateDisruptionBudget,
  validateDisruptionBudgetUpdate,
} from "../validation/disruption-budget.ts";
import {
  validateAutoscaler,
  validateAutoscalerUpdate,
} from "../validation/horizontal-pod-autoscaler.ts";
import { CLASS_ANNOTATION, validateIngress, validateIngressUpdate } from "../validation/ingress.ts";
import { defineKind } from "./define.ts";
import { firstGeneration, nextGeneration } from "./generation.ts";

export const poddisruptionbudgets: ResourceDefinition<PodDisruptionBudget> =
  defineKind<PodDisruptionBudget>({
    group: "policy",
    kind: "PodDisruptionBudget",
    subresources: ["status"],
    plural: "poddisruptionbudgets",
    shortNames: ["pdb"],
    refusesUnconditionalUpdate: true,
    validate: validateDisruptionBudget,
    validateUpdate: validateDisruptionBudgetUpdate,
    prepareForCreate: (object) =>
      firstGeneration(object, {
        disruptionsAllowed: 0,
        currentHealthy: 0,
        desiredHealthy: 0,
        expectedPods: 0,
      }),
    prepareForUpdate: nextGeneration,
  });

/** It has no generation (registry/autoscaling/horizontalpodautoscaler strategy.go). */
export const horizontalpodautoscalers: ResourceDefinition<HorizontalPodAutoscaler> =
  defineKind<HorizontalPodAutoscaler>({
    group: "autoscaling",
    version: "v2",
    kind: "HorizontalPodAutoscaler",
    subresources: ["status"],
    plural: "horizontalpodautoscalers",
    shortNames: ["hpa"],
    categories: ["all"],
    setDefaults: setAutoscalerDefaults,
    validate: validateAutoscaler,
    validateUpdate: validateAutoscalerUpdate,
    prepareForCreate: (object) => ({ ...object, status: { desiredReplicas: 0 } }),
    prepareForUpdate: (object, old) => ({ ...object, status: old.status ?? {} }),
  });

export const ingresses: ResourceDefinition<Ingress> = defineKind<Ingress>({
  group: "networking.k8s.io",
  kind: "Ingress",
  subresources: ["status"],
  plural: "ingresses",
  shortNames: ["ing"],
  validate: validateIngress,
  validateUpdate: validateIngressUpdate,
  warnings: ({ metadata }) =>
    metadata.annotations?.[CLASS_ANNOTATION] === undefined
      ? []
      : [
          `annotation ${JSON.stringify(CLASS_ANNOTATION)} is deprecated, please use 'spec.ingressClassName' instead`,
        ],
  prepareForCreate: (object) => firstGeneration(object, { loadBalancer: {} }),
  prepareForUpdate: nextGeneration,
});
