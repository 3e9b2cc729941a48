/* The kinds of Argo Rollouts (argo-rollouts manifests/crds of release 1.7), which a cluster serves from CustomResourceDefinitions. */
import type { ResourceDefinition } from "../resource.ts";
import type { AnalysisRun, AnalysisTemplate, Rollout } from "../types.ts";
import {
  validateAnalysisRunSpec,
  validateAnalysisTemplateSpec,
  validateRolloutSchema,
} from "../validation/argo.ts";
import { customKind } from "../validation/custom-kind.ts";
import { defineKind } from "./define.ts";
import { firstGeneration, nextGeneration } from "./generation.ts";

type WithStatus = AnalysisTemplate & { readonly status?: undefined };

const CUSTOM = {
  group: "argoproj.io",
  version: "v1alpha1",
  isCustom: true,
  refusesUnconditionalUpdate: true,
  prepareForUpdate: nextGeneration,
} as const;

export const rollouts: ResourceDefinition<Rollout> = defineKind<Rollout>({
  ...CUSTOM,
  kind: "Rollout",
  plural: "rollouts",
  shortNames: ["ro"],
  subresources: ["scale", "status"],
  ...customKind<Rollout>(true, (spec) => ({ schema: validateRolloutSchema(spec) })),
  prepareForCreate: (object) => firstGeneration(object, {}),
});

export const analysistemplates: ResourceDefinition<AnalysisTemplate> = defineKind<AnalysisTemplate>(
  {
    ...CUSTOM,
    kind: "AnalysisTemplate",
    plural: "analysistemplates",
    shortNames: ["at"],
    ...customKind<AnalysisTemplate>(true, (spec) => ({
      schema: validateAnalysisTemplateSpec(spec),
    })),
    // It has no status.
    prepareForCreate: (object) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }),
    prepareForUpdate: (object, old) => {
      const { status: _none, ...next } = nextGeneration<WithStatus>(object, old);
      return next;
    },
  },
);

export const analysisruns: ResourceDefinition<AnalysisRun> = defineKind<AnalysisRun>({
  ...CUSTOM,
  kind: "AnalysisRun",
  plural: "analysisruns",
  shortNames: ["ar"],
  ...customKind<AnalysisRun>(true, (spec) => ({ schema: validateAnalysisRunSpec(spec) })),
  prepareForCreate: (object) => firstGeneration(object, {}),
});
