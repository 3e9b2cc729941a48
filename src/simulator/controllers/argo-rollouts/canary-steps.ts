/*
 * What the step that a canary stands at asks for (argo-rollouts utils/replicaset/canary.go). Steps add up: a weight or a scale
 * holds until a later step sets another.
 */
import {
  maxTrafficWeight,
  type CanaryStep,
  type CanaryStrategy,
  type Rollout,
  type SetCanaryScale,
} from "./rollout.ts";

/** Either a fixed number of pods for the canary, or the share of the traffic that it is to have. */
export interface CanaryTarget {
  readonly replicas?: number;
  readonly weight: number;
}

/** The target of the canary at this moment; all of the traffic when there is nothing to go step by step to (GetCanaryReplicasOrWeight). */
export function canaryTarget(rollout: Rollout): CanaryTarget {
  const { promoteFull, stableRS = "", currentPodHash } = rollout.status;
  if (promoteFull === true || stableRS === "" || currentPodHash === stableRS) {
    return { weight: maxTrafficWeight(rollout) };
  }
  const scale = canaryScaleInForce(rollout);
  if (scale?.replicas !== undefined) return { replicas: scale.replicas, weight: 0 };
  if (scale?.weight !== undefined) return { weight: scale.weight };
  return { weight: currentSetWeight(rollout) };
}

/** The last setWeight up to the current step: all after the last step, nothing when aborted (GetCurrentSetWeight). */
export function currentSetWeight(rollout: Rollout): number {
  if (rollout.status.abort === true) return 0;
  const done = stepsUpToCurrent(rollout);
  if (done === undefined) return maxTrafficWeight(rollout);
  return done.findLast(({ setWeight }) => setWeight !== undefined)?.setWeight ?? 0;
}

/**
 * The setCanaryScale that counts (UseSetCanaryScale): none without traffic routing, none once a step went back to the traffic's weight, and
 * none for an aborted rollout, unless its canary is to be left as it is (abortScaleDownDelaySeconds 0).
 */
function canaryScaleInForce(rollout: Rollout): SetCanaryScale | undefined {
  const { canary } = rollout.spec.strategy;
  if (canary?.trafficRouting === undefined) return undefined;
  if (rollout.status.abort === true && !keepsAbortedCanary(canary)) return undefined;
  const step = stepsUpToCurrent(rollout)?.findLast((s) => s.setCanaryScale !== undefined);
  return step?.setCanaryScale?.matchTrafficWeight === true ? undefined : step?.setCanaryScale;
}

/** 0 means never, and nothing said means 30 seconds (utils/defaults GetAbortScaleDownDelaySecondsOrDefault). */
function keepsAbortedCanary({ abortScaleDownDelaySeconds }: CanaryStrategy): boolean {
  return abortScaleDownDelaySeconds === 0;
}

/** Undefined when there are no steps or all are done (GetCurrentCanaryStep). */
function stepsUpToCurrent({ spec, status }: Rollout): readonly CanaryStep[] | undefined {
  const steps = spec.strategy.canary?.steps ?? [];
  const current = status.currentStepIndex ?? 0;
  return current < steps.length ? steps.slice(0, current + 1) : undefined;
}
