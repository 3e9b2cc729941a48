/* StatefulSets, DaemonSets and their revisions: pkg/apis/apps/validation/validation.go of Kubernetes 1.32. */
import { goIntOrString, goLabelSelector, goPointer, goQuote } from "../schema/go-text.ts";
import { deepEqual } from "../deep-equal.ts";
import type { FieldError } from "../status-error.ts";
import type { ControllerRevision, DaemonSet, PodTemplateSpec, StatefulSet } from "../types.ts";
import { forbidden, invalid, nonNegative, notSupported, required } from "./field-errors.ts";
import {
  intOrPercentValue,
  validateAtMost100Percent,
  validateIntOrPercent,
} from "./int-or-percent.ts";
import { isUsableSelector, validateLabels, validateLabelSelector } from "./labels.ts";
import { validateAnnotations, validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Label, dns1123Subdomain } from "./names.ts";
import { validatePodAnnotations } from "./pod-annotations.ts";
import { validatePodTemplateSpec } from "./pod-spec.ts";
import {
  isEmptySelector,
  validateLongRunning,
  validateMatch,
  validateSelector,
} from "./workloads.ts";

const NO_TEMPLATE = { spec: {} } as PodTemplateSpec;

/** ValidateStatefulSet: its name becomes part of hostnames, so that it may have no dots; the name is not looked at again in an update. */
export function validateStatefulSet(statefulSet: StatefulSet): FieldError[] {
  return [
    ...validateObjectMeta(statefulSet.metadata, true, dns1123Label),
    ...validateStatefulSetSpec(statefulSet.spec ?? {}),
  ];
}

/** Fields of a StatefulSet's spec that can be changed. */
const CHANGEABLE = {
  replicas: undefined,
  ordinals: undefined,
  template: undefined,
  updateStrategy: undefined,
  persistentVolumeClaimRetentionPolicy: undefined,
  minReadySeconds: undefined,
};

/** ValidateStatefulSetUpdate. */
export function validateStatefulSetUpdate(
  statefulSet: StatefulSet,
  old: StatefulSet,
): FieldError[] {
  const errors = [
    ...validateObjectMetaUpdate(statefulSet.metadata, old.metadata),
    ...validateStatefulSetSpec(statefulSet.spec ?? {}),
  ];
  if (!deepEqual({ ...statefulSet.spec, ...CHANGEABLE }, { ...old.spec, ...CHANGEABLE })) {
    const detail =
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
    errors.push(forbidden("spec", detail));
  }
  return errors;
}

function validateStatefulSetSpec(spec: StatefulSet["spec"]): FieldError[] {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  return [
    ...validatePodManagement(spec.podManagementPolicy),
    ...validateStatefulStrategy(spec.updateStrategy ?? {}),
    ...(["whenDeleted", "whenScaled"] as const).flatMap((field) => {
      const value = policy?.[field];
      if (policy === undefined || value === "Retain" || value === "Delete") return [];
      const at = `spec.persistentVolumeClaimRetentionPolicy.${field}`;
      return [notSupported(at, value ?? "", ["Retain", "Delete"])];
    }),
    ...nonNegative("spec.replicas", spec.replicas),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...nonNegative("spec.ordinals.start", spec.ordinals?.start),
    ...validateSelector(spec.selector, "empty selector is invalid for statefulset"),
    ...validateStatefulTemplate(spec),
    ...validateLongRunning(spec.template ?? NO_TEMPLATE, "StatefulSet"),
  ];
}

function validatePodManagement(policy: string | undefined): FieldError[] {
  if (!policy) return [required("spec.podManagementPolicy")];
  if (policy === "OrderedReady" || policy === "Parallel") return [];
  return [invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateStatefulStrategy({
  type,
  rollingUpdate,
}: NonNullable<StatefulSet["spec"]["updateStrategy"]>): FieldError[] {
  const path = "spec.updateStrategy";
  if (!type) return [required(path)];
  if (type === "OnDelete") {
    if (rollingUpdate === undefined) return [];
    const go = `apps.RollingUpdateStatefulSetStrategy{Partition:${rollingUpdate.partition ?? 0}, MaxUnavailable:(*intstr.IntOrString)(nil)}`;
    return [
      invalid(`${path}.rollingUpdate`, { go }, "only allowed for updateStrategy 'RollingUpdate'"),
    ];
  }
  if (type !== "RollingUpdate") {
    const value = goPointer("apps.RollingUpdateStatefulSetStrategy", rollingUpdate);
    const go = `apps.StatefulSetUpdateStrategy{Type:${goQuote(type)}, RollingUpdate:${value}}`;
    return [invalid(path, { go }, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const at = `${path}.rollingUpdate`;
  const errors = nonNegative(`${at}.partition`, rollingUpdate?.partition);
  const maxUnavailable = rollingUpdate?.maxUnavailable;
  if (maxUnavailable !== undefined) {
    errors.push(...validateIntOrPercent(maxUnavailable, `${at}.maxUnavailable`));
    if (intOrPercentValue(maxUnavailable) === 0) {
      const value = { go: goIntOrString(maxUnavailable) };
      errors.push(invalid(`${at}.maxUnavailable`, value, "cannot be 0"));
    }
    errors.push(...validateAtMost100Percent(maxUnavailable, `${at}.maxUnavailable`));
  }
  return errors;
}

/** ValidatePodTemplateSpecForStatefulSet: before 1.34 the template's pod spec itself is not validated. */
function validateStatefulTemplate({ selector, template }: StatefulSet["spec"]): FieldError[] {
  if (!isUsableSelector(selector)) {
    return [invalid("spec.selector", { go: goLabelSelector(selector) }, "")];
  }
  return [
    ...validateMatch(template, selector),
    ...validateLabels(template?.metadata?.labels, "spec.template.labels"),
    ...validateAnnotations(template?.metadata?.annotations, "spec.template.annotations"),
    ...validatePodAnnotations(
      template?.metadata?.annotations,
      template?.spec,
      "spec.template.annotations",
    ),
  ];
}

/** ValidateDaemonSet. */
export function validateDaemonSet(daemonSet: DaemonSet): FieldError[] {
  return [
    ...validateObjectMeta(daemonSet.metadata, true, dns1123Subdomain),
    ...validateDaemonSetSpec(daemonSet.spec ?? {}),
  ];
}

/** ValidateDaemonSetUpdate. */
export function validateDaemonSetUpdate(daemonSet: DaemonSet, old: DaemonSet): FieldError[] {
  return [
    ...validateObjectMetaUpdate(daemonSet.metadata, old.metadata),
    ...validateDaemonSetSpec(daemonSet.spec ?? {}),
  ];
}

function validateDaemonSetSpec(spec: DaemonSet["spec"]): FieldError[] {
  const { selector, template = NO_TEMPLATE } = spec;
  const errors = validateLabelSelector(selector, "spec.selector");
  if (isUsableSelector(selector)) errors.push(...validateMatch(template, selector));
  if (selector && isEmptySelector(selector)) {
    const value = { go: goLabelSelector(selector) };
    errors.push(invalid("spec.selector", value, "empty selector is invalid for daemonset"));
  }
  return [
    ...errors,
    ...validatePodTemplateSpec(template, "spec.template"),
    ...validateLongRunning(template, "DaemonSet"),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...validateDaemonStrategy(spec.updateStrategy ?? {}),
    ...nonNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
  ];
}

function validateDaemonStrategy({
  type,
  rollingUpdate,
}: NonNullable<DaemonSet["spec"]["updateStrategy"]>): FieldError[] {
  const path = "spec.updateStrategy";
  if (type === "OnDelete") return [];
  if (type !== "RollingUpdate") {
    const value = goPointer("apps.RollingUpdateDaemonSet", rollingUpdate);
    const go = `apps.DaemonSetUpdateStrategy{Type:${goQuote(type ?? "")}, RollingUpdate:${value}}`;
    return [notSupported(path, { go }, ["RollingUpdate", "OnDelete"])];
  }
  const at = `${path}.rollingUpdate`;
  if (rollingUpdate === undefined) return [required(at)];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const errors = [
    ...validateIntOrPercent(maxUnavailable, `${at}.maxUnavailable`),
    ...validateIntOrPercent(maxSurge, `${at}.maxSurge`),
    ...validateAtMost100Percent(maxUnavailable, `${at}.maxUnavailable`),
    ...validateAtMost100Percent(maxSurge, `${at}.maxSurge`),
  ];
  const unavailable = intOrPercentValue(maxUnavailable) !== 0;
  const surge = intOrPercentValue(maxSurge) !== 0;
  if (unavailable && surge) {
    const value = { go: goIntOrString(maxSurge) };
    errors.push(invalid(`${at}.maxSurge`, value, "may not be set when maxUnavailable is non-zero"));
  }
  if (!unavailable && !surge) {
    errors.push(required(`${at}.maxUnavailable`, "cannot be 0 when maxSurge is 0"));
  }
  return errors;
}

/** ValidateControllerRevisionCreate. */
export function validateControllerRevision(controllerRevision: ControllerRevision): FieldError[] {
  const { metadata, data, revision } = controllerRevision;
  return [
    ...validateObjectMeta(metadata, true, dns1123Subdomain),
    ...(data === undefined ? [required("data", "data is mandatory")] : []),
    ...nonNegative("revision", revision),
  ];
}

/** ValidateControllerRevisionUpdate: the revision alone may change. */
export function validateControllerRevisionUpdate(
  controllerRevision: ControllerRevision,
  old: ControllerRevision,
): FieldError[] {
  const { metadata, data, revision } = controllerRevision;
  const errors = validateObjectMetaUpdate(metadata, old.metadata);
  if (!deepEqual(data, old.data)) {
    errors.push(invalid("data", JSON.stringify(data), "field is immutable"));
  }
  return [...errors, ...nonNegative("revision", revision)];
}
