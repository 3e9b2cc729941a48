/*
 * What makes a Rollout's spec invalid (argo-rollouts pkg/apis/rollouts/validation/validation.go). The first error becomes the condition
 * InvalidSpec. What a real controller would take and this one does not simulate is refused here, too, and says so.
 */
import { goLabelSelector, goStringMap } from "../../api/schema/go-text.ts";
import { selectorMatches } from "../../api/selectors.ts";
import { setPodTemplateDefaults } from "../../api/defaults/pod.ts";
import type { FieldError } from "../../api/status-error.ts";
import type { BlueGreenStrategy, CanaryStep, CanaryStrategy, Rollout } from "../../api/types.ts";
import { invalid, nonNegative, required } from "../../api/validation/field-errors.ts";
import { validateLabelSelector } from "../../api/validation/labels.ts";
import { validatePodTemplateSpec } from "../../api/validation/pod-spec.ts";
import { validateLongRunning } from "../../api/validation/workloads.ts";
import { pauseDurationMs } from "./duration.ts";
import { progressDeadlineSeconds, revisionHistoryLimit, templateOf } from "./rollout.ts";
import { notSimulated } from "./not-simulated.ts";

const missing = (field: string) => `Rollout has missing field '${field}'`;
const DUPLICATED_SERVICES = (pair: string) =>
  `This rollout uses the same service for the ${pair} services, but two different services are required.`;

/** ValidateRollout */
export function validateRollout(rollout: Rollout): FieldError[] {
  const { spec } = rollout;
  const unsupported = notSimulated(rollout);
  if (unsupported !== undefined) return [unsupported];
  const minReadySeconds = spec.minReadySeconds ?? 0;
  const deadline = progressDeadlineSeconds(rollout);
  const errors = [
    ...nonNegative("spec.replicas", spec.replicas),
    ...validateSelector(spec.selector),
    ...validateTemplate(rollout),
    ...nonNegative("spec.minReadySeconds", minReadySeconds),
    ...nonNegative("spec.revisionHistoryLimit", revisionHistoryLimit(rollout)),
    ...nonNegative("spec.progressDeadlineSeconds", deadline),
  ];
  if (deadline <= minReadySeconds) {
    const detail = "must be greater than minReadySeconds";
    errors.push(invalid("spec.progressDeadlineSeconds", deadline, detail));
  }
  return [...errors, ...validateStrategy(rollout)];
}

function validateSelector(selector: Rollout["spec"]["selector"]): FieldError[] {
  if (selector === undefined) return [required("spec.selector", missing(".spec.selector"))];
  const errors = validateLabelSelector(selector, "spec.selector");
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
    const go = goLabelSelector(selector);
    errors.push(invalid("spec.selector", { go }, "empty selector is invalid for deployment"));
  }
  return errors;
}

/** The template as it would be with its defaults, which a Rollout, as a custom resource, does not get. */
function validateTemplate(rollout: Rollout): FieldError[] {
  const template = setPodTemplateDefaults(templateOf(rollout));
  const labels = template.metadata?.labels;
  const errors: FieldError[] = [];
  if (!selectorMatches(rollout.spec.selector ?? {}, labels)) {
    const detail = "`selector` does not match template `labels`";
    errors.push(invalid("spec.template.metadata.labels", { go: goStringMap(labels) }, detail));
  }
  return [
    ...errors,
    ...validatePodTemplateSpec(template, "spec.template"),
    ...validateLongRunning(template, "ReplicaSet"),
  ];
}

/** ValidateRolloutStrategy */
function validateStrategy(rollout: Rollout): FieldError[] {
  const { blueGreen, canary } = rollout.spec.strategy ?? {};
  const path = "spec.strategy";
  if (blueGreen === undefined && canary === undefined) {
    const field = ".spec.strategy.canary or .spec.strategy.blueGreen";
    return [required(`${path}.strategy`, missing(field))];
  }
  if (blueGreen !== undefined && canary !== undefined) {
    const value = "blueGreen: true canary: true";
    return [invalid(`${path}.strategy`, value, "Multiple Strategies can not be listed")];
  }
  return canary === undefined
    ? validateBlueGreen(rollout, blueGreen!, path)
    : validateCanary(canary, path);
}

/** ValidateRolloutStrategyBlueGreen */
function validateBlueGreen(
  rollout: Rollout,
  blueGreen: BlueGreenStrategy,
  path: string,
): FieldError[] {
  const { activeService = "", previewService = "", scaleDownDelayRevisionLimit } = blueGreen;
  const errors: FieldError[] = [];
  if (activeService === previewService) {
    const detail = DUPLICATED_SERVICES("active and preview");
    errors.push(invalid(`${path}.activeService`, activeService, detail));
  }
  if (
    scaleDownDelayRevisionLimit !== undefined &&
    revisionHistoryLimit(rollout) < scaleDownDelayRevisionLimit
  ) {
    const detail =
      "This rollout's revision history limit can not be smaller than the rollout's scale down limit";
    errors.push(
      invalid(`${path}.scaleDownDelayRevisionLimit`, scaleDownDelayRevisionLimit, detail),
    );
  }
  return errors;
}

/** ValidateRolloutStrategyCanary */
function validateCanary(canary: CanaryStrategy, path: string): FieldError[] {
  const { canaryService = "", stableService = "", trafficRouting } = canary;
  const errors = validateFenceposts(canary, path);
  if (canaryService !== "" && canaryService === stableService) {
    const detail = DUPLICATED_SERVICES("stable and canary");
    errors.push(invalid(`${path}.stableService`, stableService, detail));
  }
  if (trafficRouting !== undefined) {
    const detail = "Canary service and Stable service must to be set to use Traffic Routing";
    if (stableService === "") errors.push(invalid(`${path}.stableService`, "", detail));
    if (canaryService === "") errors.push(invalid(`${path}.canaryService`, "", detail));
  }
  errors.push(...validateScaleDown(canary, path));
  (canary.steps ?? []).forEach((step, i) => {
    errors.push(...validateStep(step, `${path}.steps[${i}]`, canary, path));
  });
  return errors;
}

/** invalidMaxSurgeMaxUnavailable */
function validateFenceposts({ maxSurge, maxUnavailable }: CanaryStrategy, path: string) {
  const isZero = (value: CanaryStrategy["maxSurge"]) =>
    value !== undefined && Number.parseInt(String(value), 10) === 0;
  if (!isZero(maxSurge) || !isZero(maxUnavailable)) return [];
  const detail = "MaxSurge and MaxUnavailable both can not be zero";
  const go = typeof maxSurge === "number" ? `${maxSurge}` : JSON.stringify(maxSurge);
  return [invalid(`${path}.maxSurge`, { go }, detail)];
}

function validateScaleDown(canary: CanaryStrategy, path: string): FieldError[] {
  const { scaleDownDelaySeconds: delay, dynamicStableScale = false, trafficRouting } = canary;
  const errors: FieldError[] = [];
  if (trafficRouting === undefined) {
    if (delay !== undefined) {
      const detail = "Canary scaleDownDelaySeconds can only be used with traffic routing";
      errors.push(invalid(`${path}.scaleDownDelaySeconds`, delay, detail));
    }
    if (dynamicStableScale) {
      const detail = "Canary dynamicStableScale can only be used with traffic routing";
      errors.push(invalid(`${path}.dynamicStableScale`, true, detail));
    }
  } else if (delay !== undefined && dynamicStableScale) {
    const detail = "Canary dynamicStableScale cannot be used with scaleDownDelaySeconds";
    errors.push(invalid(`${path}.dynamicStableScale`, true, detail));
  }
  return errors;
}

function validateStep(
  step: CanaryStep,
  at: string,
  { trafficRouting }: CanaryStrategy,
  path: string,
): FieldError[] {
  const { setWeight, pause, analysis, setCanaryScale, experiment } = step;
  const wanted =
    "Step must have one of the following set: experiment, setWeight, setCanaryScale or pause";
  const errors: FieldError[] = [];
  const set = [setWeight, pause, experiment, analysis].filter((field) => field !== undefined);
  if (set.length > 1) {
    const is = (field: unknown) => String(field !== undefined);
    const value = `step.Experiment: ${is(experiment)} step.Pause: ${is(pause)} step.SetWeight: ${is(setWeight)} step.Analysis: ${is(analysis)}`;
    errors.push(invalid(at, value, wanted));
  }
  if (set.length === 0 && setCanaryScale === undefined) {
    // Upstream prints `== nil` of each.
    const value =
      "step.Experiment: true step.Pause: true step.SetWeight: true step.Analysis: true step.SetCanaryScale: true step.SetHeaderRoute: true step.SetMirrorRoutes: true";
    errors.push(invalid(at, value, wanted));
  }
  const most = trafficRouting?.maxTrafficWeight ?? 100;
  if (setWeight !== undefined && (setWeight < 0 || setWeight > most)) {
    const detail = `SetWeight needs to be between 0 and ${most}`;
    errors.push(invalid(`${at}.setWeight`, setWeight, detail));
  }
  const ms = pause?.duration === undefined ? 0 : pauseDurationMs(pause.duration);
  if (ms < 0) {
    const detail = "Duration needs to be greater than 0";
    errors.push(invalid(`${at}.pause.duration`, ms / 1000, detail));
  }
  if (setCanaryScale !== undefined && trafficRouting === undefined) {
    const detail = "SetCanaryScale requires TrafficRouting to be set";
    errors.push(required(`${path}.trafficRouting`, detail));
  }
  return errors;
}
