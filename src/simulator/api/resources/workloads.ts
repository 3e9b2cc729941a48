import {
  setDaemonSetDefaults,
  setDeploymentDefaults,
  setReplicaSetDefaults,
  setStatefulSetDefaults,
} from "../defaults/workloads.ts";
import type { ResourceDefinition } from "../resource.ts";
import { deepEqual } from "../deep-equal.ts";
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  StatefulSet,
} from "../types.ts";
import {
  validateControllerRevision,
  validateControllerRevisionUpdate,
  validateDaemonSet,
  validateDaemonSetUpdate,
  validateStatefulSet,
  validateStatefulSetUpdate,
} from "../validation/stateful-and-daemon-sets.ts";
import { templateWarnings, workloadWarnings } from "../validation/warnings.ts";
import {
  validateDeployment,
  validateDeploymentUpdate,
  validateFixedSelector,
  validateReplicaSet,
  validateReplicaSetUpdate,
} from "../validation/workloads.ts";
import { defineKind } from "./define.ts";
import { withEnabledTemplate } from "./disabled-fields.ts";
import { firstGeneration, nextDeploymentGeneration, nextGeneration } from "./generation.ts";

export const deployments: ResourceDefinition<Deployment> = defineKind<Deployment>({
  group: "apps",
  kind: "Deployment",
  subresources: ["scale", "status"],
  plural: "deployments",
  shortNames: ["deploy"],
  categories: ["all"],
  setDefaults: setDeploymentDefaults,
  validate: validateDeployment,
  validateUpdate: (object, old) => [
    ...validateDeploymentUpdate(object, old),
    ...validateFixedSelector(object, old),
  ],
  warnings: workloadWarnings,
  prepareForCreate: (object) => firstGeneration(withEnabledTemplate(object), {}),
  prepareForUpdate: (object, old) => nextDeploymentGeneration(withEnabledTemplate(object), old),
});

export const replicasets: ResourceDefinition<ReplicaSet> = defineKind<ReplicaSet>({
  group: "apps",
  kind: "ReplicaSet",
  subresources: ["scale", "status"],
  plural: "replicasets",
  shortNames: ["rs"],
  categories: ["all"],
  setDefaults: setReplicaSetDefaults,
  validate: validateReplicaSet,
  validateUpdate: (object, old) => [
    ...validateReplicaSetUpdate(object, old),
    ...validateFixedSelector(object, old),
  ],
  warnings: workloadWarnings,
  prepareForCreate: (object) => firstGeneration(withEnabledTemplate(object), { replicas: 0 }),
  prepareForUpdate: (object, old) => nextGeneration(withEnabledTemplate(object), old),
});

export const statefulsets: ResourceDefinition<StatefulSet> = defineKind<StatefulSet>({
  group: "apps",
  kind: "StatefulSet",
  subresources: ["scale", "status"],
  plural: "statefulsets",
  shortNames: ["sts"],
  categories: ["all"],
  setDefaults: (object) => setStatefulSetDefaults(object),
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  warnings(object, old) {
    const warnings = workloadWarnings(object, old);
    return (object.spec.revisionHistoryLimit ?? 0) < 0
      ? [
          ...warnings,
          "spec.revisionHistoryLimit: a negative value retains all historical revisions",
        ]
      : warnings;
  },
  prepareForCreate: (object) =>
    firstGeneration(withoutMaxUnavailable(withEnabledTemplate(object)), {
      replicas: 0,
      availableReplicas: 0,
    }),
  prepareForUpdate: (object, old) =>
    nextGeneration(withoutMaxUnavailable(withEnabledTemplate(object)), old),
});

/**
 * Drops maxUnavailable, since the feature gate MaxUnavailableStatefulSet is off in 1.32
 * (registry/apps/statefulset strategy.go dropStatefulSetDisabledFields).
 */
function withoutMaxUnavailable(object: StatefulSet): StatefulSet {
  const { updateStrategy } = object.spec;
  const { rollingUpdate } = updateStrategy ?? {};
  if (rollingUpdate?.maxUnavailable === undefined) return object;
  const { maxUnavailable: _dropped, ...kept } = rollingUpdate;
  const strategy = { ...updateStrategy, rollingUpdate: kept };
  return { ...object, spec: { ...object.spec, updateStrategy: strategy } };
}

export const daemonsets: ResourceDefinition<DaemonSet> = defineKind<DaemonSet>({
  group: "apps",
  kind: "DaemonSet",
  subresources: ["status"],
  plural: "daemonsets",
  shortNames: ["ds"],
  categories: ["all"],
  setDefaults: setDaemonSetDefaults,
  validate: validateDaemonSet,
  validateUpdate: (object, old) => [
    ...validateDaemonSetUpdate(object, old),
    ...validateFixedSelector(object, old),
  ],
  warnings: (object, old) =>
    old === undefined ? templateWarnings(object.spec.template) : workloadWarnings(object, old),
  prepareForCreate: (object) =>
    withTemplateGeneration(
      firstGeneration(withEnabledTemplate(object), {
        currentNumberScheduled: 0,
        numberMisscheduled: 0,
        desiredNumberScheduled: 0,
        numberReady: 0,
      }),
      1,
    ),
  prepareForUpdate(given, old) {
    const object = withEnabledTemplate(given);
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 0);
    const changed = !deepEqual(object.spec.template, old.spec.template);
    return withTemplateGeneration(nextGeneration(object, old), changed ? before + 1 : before);
  },
});

/** How apps/v1 shows a DaemonSet's templateGeneration, a field of versions before it (pkg/apis/apps/v1/conversion.go). */
export const TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

/** Counts the templates that a DaemonSet has had (registry/apps/daemonset strategy.go). */
function withTemplateGeneration(object: DaemonSet, templateGeneration: number): DaemonSet {
  const { metadata } = object;
  const annotations = {
    ...metadata.annotations,
    [TEMPLATE_GENERATION]: String(templateGeneration),
  };
  return { ...object, metadata: { ...metadata, annotations } };
}

export const controllerrevisions: ResourceDefinition<ControllerRevision> =
  defineKind<ControllerRevision>({
    group: "apps",
    kind: "ControllerRevision",
    plural: "controllerrevisions",
    validate: validateControllerRevision,
    validateUpdate: validateControllerRevisionUpdate,
  });
