/* Deployments and ReplicaSets: pkg/apis/apps/validation/validation.go, and the ValidateUpdate of their strategies. */
import { remembered } from "../remembered.ts";
import { selectorMatches } from "../selectors.ts";
import {
  goIntOrString,
  goLabelSelector,
  goPointer,
  goQuote,
  goStringMap,
} from "../schema/go-text.ts";
import { deepEqual } from "../deep-equal.ts";
import type { FieldError } from "../status-error.ts";
import type {
  Deployment,
  DeploymentStatus,
  DeploymentStrategy,
  LabelSelector,
  PodTemplateSpec,
  ReplicaSet,
  ReplicaSetStatus,
  RollbackConfig,
} from "../types.ts";
import { forbidden, invalid, nonNegative, notSupported, required } from "./field-errors.ts";
import {
  intOrPercentValue,
  validateAtMost100Percent,
  validateIntOrPercent,
} from "./int-or-percent.ts";
import { isUsableSelector, validateLabelSelector } from "./labels.ts";
import { validateAnnotations, validateObjectMeta, validateObjectMetaUpdate } from "./metadata.ts";
import { dns1123Subdomain } from "./names.ts";
import { validatePodTemplateSpec } from "./pod-spec.ts";

/** ValidateDeployment. */
export function validateDeployment(deployment: Deployment): FieldError[] {
  return [
    ...validateObjectMeta(deployment.metadata, true, dns1123Subdomain),
    ...validateDeploymentSpec(deployment.spec ?? {}),
  ];
}

/** ValidateDeploymentUpdate. */
export function validateDeploymentUpdate(deployment: Deployment, old: Deployment): FieldError[] {
  return [
    ...validateObjectMetaUpdate(deployment.metadata, old.metadata),
    ...validateDeploymentSpec(deployment.spec ?? {}),
  ];
}

const validateDeploymentSpec = remembered((spec: Deployment["spec"]): readonly FieldError[] => {
  const { progressDeadlineSeconds: deadline, minReadySeconds = 0 } = spec;
  const errors = [
    ...nonNegative("spec.replicas", spec.replicas),
    ...validateSelector(spec.selector, "empty selector is invalid for deployment"),
    ...validateTemplate(spec.template, spec.selector, "invalid label selector"),
    ...validateStrategy(spec.strategy ?? {}, "spec.strategy"),
    ...nonNegative("spec.minReadySeconds", minReadySeconds),
    ...nonNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
    ...validateRollback(spec.rollbackTo, "spec.rollback"),
    ...nonNegative("spec.progressDeadlineSeconds", deadline),
  ];
  if (deadline !== undefined && deadline !== null && deadline <= minReadySeconds) {
    const detail = "must be greater than minReadySeconds";
    errors.push(invalid("spec.progressDeadlineSeconds", deadline, detail));
  }
  return errors;
});

/** ValidateRollback: the versions before apps/v1 told a Deployment to go back in its own spec, and the rule has outlived them. */
function validateRollback(to: RollbackConfig | undefined, path: string): FieldError[] {
  return nonNegative(`${path}.version`, to?.revision);
}

/** A selector that must be there and must not be empty. */
export function validateSelector(
  selector: LabelSelector | undefined,
  emptyDetail: string,
): FieldError[] {
  if (selector === undefined || selector === null) return [required("spec.selector")];
  const errors = validateLabelSelector(selector, "spec.selector");
  if (isEmptySelector(selector)) {
    errors.push(invalid("spec.selector", { go: goLabelSelector(selector) }, emptyDetail));
  }
  return errors;
}

export function isEmptySelector(selector: LabelSelector): boolean {
  const labels = Object.keys(selector.matchLabels ?? {}).length;
  return labels + (selector.matchExpressions ?? []).length === 0;
}

/** The template's labels, which the selector must match. Go prints the map that it was given. */
export function validateMatch(
  template: PodTemplateSpec | undefined,
  selector: LabelSelector | undefined,
): FieldError[] {
  const labels = template?.metadata?.labels;
  if (selectorMatches(selector, labels)) return [];
  const detail = "`selector` does not match template `labels`";
  return [invalid("spec.template.metadata.labels", { go: goStringMap(labels) }, detail)];
}

/** ValidatePodTemplateSpecForReplicaSet, behind a selector that can be used. */
function validateTemplate(
  given: PodTemplateSpec | undefined,
  selector: LabelSelector | undefined,
  selectorDetail: string,
): FieldError[] {
  if (!isUsableSelector(selector)) {
    return [invalid("spec.selector", { go: goLabelSelector(selector!) }, selectorDetail)];
  }
  const template = given ?? ({ spec: {} } as PodTemplateSpec);
  return [
    ...validateMatch(template, selector),
    ...validatePodTemplateSpec(template, "spec.template"),
    ...validateLongRunning(template, "ReplicaSet"),
  ];
}

/** A workload's pods run until they are deleted. */
export function validateLongRunning({ spec }: PodTemplateSpec, kind: string): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.restartPolicy !== "Always") {
    errors.push(
      notSupported("spec.template.spec.restartPolicy", spec.restartPolicy ?? "", ["Always"]),
    );
  }
  if (spec.activeDeadlineSeconds !== undefined) {
    const detail = `activeDeadlineSeconds in ${kind} is not Supported`;
    errors.push(forbidden("spec.template.spec.activeDeadlineSeconds", detail));
  }
  return errors;
}

interface WithSelector {
  readonly spec?: { readonly selector?: LabelSelector };
}

/** ValidateDeploymentStrategy. */
function validateStrategy({ type, rollingUpdate }: DeploymentStrategy, path: string): FieldError[] {
  if (type === "Recreate") {
    if (rollingUpdate === undefined || rollingUpdate === null) return [];
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    return [forbidden(`${path}.rollingUpdate`, detail)];
  }
  if (type !== "RollingUpdate") {
    const value = goPointer("apps.RollingUpdateDeployment", rollingUpdate);
    const go = `apps.DeploymentStrategy{Type:${goQuote(type ?? "")}, RollingUpdate:${value}}`;
    return [notSupported(path, { go }, ["Recreate", "RollingUpdate"])];
  }
  const at = `${path}.rollingUpdate`;
  if (rollingUpdate === undefined || rollingUpdate === null) {
    return [required(at, "this should be defaulted and never be nil")];
  }
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const errors = [
    ...validateIntOrPercent(maxUnavailable, `${at}.maxUnavailable`),
    ...validateIntOrPercent(maxSurge, `${at}.maxSurge`),
  ];
  if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0) {
    const value = { go: goIntOrString(maxUnavailable) };
    errors.push(invalid(`${at}.maxUnavailable`, value, "may not be 0 when `maxSurge` is 0"));
  }
  return [...errors, ...validateAtMost100Percent(maxUnavailable, `${at}.maxUnavailable`)];
}

/** The selector of a workload of apps/v1 cannot be changed (the ValidateUpdate of the strategies in pkg/registry/apps). */
export function validateFixedSelector(
  { spec: { selector } = {} }: WithSelector,
  { spec: { selector: old } = {} }: WithSelector,
): FieldError[] {
  if (deepEqual(selector, old)) return [];
  const value = selector === undefined ? "null" : { go: goLabelSelector(selector) };
  return [invalid("spec.selector", value, "field is immutable")];
}

/** ValidateReplicaSet. */
export function validateReplicaSet(replicaSet: ReplicaSet): FieldError[] {
  return [
    ...validateObjectMeta(replicaSet.metadata, true, dns1123Subdomain),
    ...validateReplicaSetSpec(replicaSet.spec ?? {}),
  ];
}

/** ValidateReplicaSetUpdate. */
export function validateReplicaSetUpdate(replicaSet: ReplicaSet, old: ReplicaSet): FieldError[] {
  return [
    ...validateObjectMetaUpdate(replicaSet.metadata, old.metadata),
    ...validateReplicaSetSpec(replicaSet.spec ?? {}),
  ];
}

function validateReplicaSetSpec(spec: ReplicaSet["spec"]): FieldError[] {
  return [
    ...nonNegative("spec.replicas", spec.replicas),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...validateSelector(spec.selector, "empty selector is invalid for deployment"),
    ...validateTemplate(spec.template, spec.selector, "invalid label selector"),
  ];
}

/** Numbers of a status that may be missing. */
type Counts = Readonly<Record<string, number | undefined>>;

function validateCounts(status: Counts, names: readonly string[]): FieldError[] {
  return names.flatMap((name) => nonNegative(`status.${name}`, status[name] ?? 0));
}

function atMostReplicas(status: Counts, names: readonly string[]): FieldError[] {
  return names.flatMap((name) => {
    const value = status[name] ?? 0;
    if (value <= (status.replicas ?? 0)) return [];
    return [invalid(`status.${name}`, value, "cannot be greater than status.replicas")];
  });
}

function availableAreReady(status: Counts): FieldError[] {
  const { availableReplicas = 0, readyReplicas = 0 } = status;
  if (availableReplicas <= readyReplicas) return [];
  return [
    invalid("status.availableReplicas", availableReplicas, "cannot be greater than readyReplicas"),
  ];
}

/** ValidateDeploymentStatus. */
export function validateDeploymentStatus(status: DeploymentStatus): FieldError[] {
  const counts = status as unknown as Counts;
  return [
    ...validateCounts(counts, [
      "observedGeneration",
      "replicas",
      "updatedReplicas",
      "readyReplicas",
      "availableReplicas",
      "unavailableReplicas",
      "collisionCount",
    ]),
    ...atMostReplicas(counts, ["updatedReplicas", "readyReplicas", "availableReplicas"]),
    ...availableAreReady(counts),
  ];
}

/** What ValidateDeploymentStatusUpdate adds: collisionCount never goes back. */
export function validateCollisionCount(
  count: number | null | undefined,
  old: number | null | undefined,
): FieldError[] {
  if (old === null || old === undefined || (count ?? -1) >= old) return [];
  return [invalid("status.collisionCount", count ?? 0, "cannot be decremented")];
}

/** ValidateReplicaSetStatus. */
export function validateReplicaSetStatus(status: ReplicaSetStatus): FieldError[] {
  const counts = status as unknown as Counts;
  return [
    ...validateCounts(counts, [
      "replicas",
      "fullyLabeledReplicas",
      "readyReplicas",
      "availableReplicas",
      "observedGeneration",
    ]),
    ...atMostReplicas(counts, ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"]),
    ...availableAreReady(counts),
  ];
}

/** ValidateDeploymentRollback. */
export function validateDeploymentRollback(rollback: {
  readonly name?: string;
  readonly rollbackTo?: RollbackConfig;
  readonly updatedAnnotations?: Readonly<Record<string, string>>;
}): FieldError[] {
  return [
    ...validateAnnotations(rollback.updatedAnnotations, "updatedAnnotations"),
    ...(rollback.name ? [] : [required("name", "name is required")]),
    ...validateRollback(rollback.rollbackTo, "rollback"),
  ];
}
