/* Where a canary stands in its steps (argo-rollouts utils/replicaset). */
import type { CanaryStep, ReplicaSet, Rollout } from "../../api/types.ts";
import { stepHash } from "./conditions.ts";
import { templateHash } from "./parts.ts";
import { podTemplateHash } from "./rollout.ts";

/** The step at hand and its index; without steps there is neither, after the last one only the index (GetCurrentCanaryStep). */
export function currentStep({ spec, status }: Rollout): { step?: CanaryStep; index?: number } {
  const steps = spec.strategy.canary?.steps ?? [];
  if (steps.length === 0) return {};
  const index = status.currentStepIndex ?? 0;
  return index < steps.length ? { step: steps[index]!, index } : { index };
}

/** Is the template another one than the status knows (CheckPodSpecChange)? */
export function templateChanged(rollout: Rollout, newRS: ReplicaSet | undefined): boolean {
  const { currentPodHash } = rollout.status;
  if (!currentPodHash) return false;
  const hash = newRS === undefined ? templateHash(rollout) : podTemplateHash(newRS);
  return currentPodHash !== hash;
}

/** Or are the steps (PodTemplateOrStepsChanged)? */
export function templateOrStepsChanged(rollout: Rollout, newRS: ReplicaSet | undefined): boolean {
  // The hash of no steps is a hash, too; none at all means that the Rollout is new.
  const { currentStepHash } = rollout.status;
  if (!currentStepHash || currentStepHash !== stepHash(rollout)) return true;
  return templateChanged(rollout, newRS);
}

/** A step whose end is not of the pods' making: the progress deadline does not count (rollout/sync.go isIndefiniteStep). */
export function isIndefiniteStep(rollout: Rollout): boolean {
  const { step } = currentStep(rollout);
  return (
    step?.experiment !== undefined || step?.analysis !== undefined || step?.pause !== undefined
  );
}

/** Has a background analysis to wait for its startingStep (BeforeStartingStep)? */
export function isBeforeStartingStep(rollout: Rollout): boolean {
  const startingStep = rollout.spec.strategy.canary?.analysis?.startingStep;
  const { step, index = 0 } = currentStep(rollout);
  return startingStep !== undefined && step !== undefined && index < startingStep;
}
