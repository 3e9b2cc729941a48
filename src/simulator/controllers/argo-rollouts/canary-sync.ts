/* One sync of a canary (argo-rollouts rollout/canary.go). */
import { parseTimestamp } from "../../api/time.ts";
import type { ReplicaSet, RolloutStatus } from "../../api/types.ts";
import {
  activeReplicaSets,
  actualReplicaCount,
  availableReplicaCount,
  byCreation,
} from "../deployment/replica-counts.ts";
import { reconcileAnalysis } from "./analysis.ts";
import {
  atDesiredReplicaCounts,
  basicCanaryReplicas,
  trafficRoutedCanaryReplicas,
  type CanaryReplicaSets,
} from "./canary.ts";
import { canaryTarget } from "./canary-steps.ts";
import { stepHash } from "./conditions.ts";
import { ensureReplicaSet, syncRevision } from "./current-replica-set.ts";
import { pauseDurationMs } from "./duration.ts";
import { cleanUpHistory } from "./history.ts";
import { selectorText } from "./labels.ts";
import { availableOf, byRevisionDescending, replicasOf, scaleDownDeadline } from "./parts.ts";
import { completedCanaryPause, pauseCondition } from "./pause.ts";
import { stepText } from "./phase.ts";
import { isRollbackWithinWindow } from "./promotion.ts";
import { restartPods } from "./restart.ts";
import { isFullyPromoted, maxUnavailable, podTemplateHash } from "./rollout.ts";
import { baseStatus, persist, promoted, resetStatus } from "./rollout-status.ts";
import {
  delayOnAbort,
  isReferenced,
  removeScaleDownDeadlines,
  sizeWhileDelayed,
} from "./scale-down.ts";
import { reconcileCanaryServices } from "./services.ts";
import { currentStep, templateOrStepsChanged } from "./steps.ts";
import type { SyncContext } from "./sync-context.ts";
import { reconcileTraffic } from "./traffic.ts";

const FILE = "argo-rollouts rollout/canary.go";

/** rolloutCanary */
export function rolloutCanary(sync: SyncContext): void {
  if (templateOrStepsChanged(sync.rollout, sync.parts.newRS)) {
    syncRevision(sync);
    syncCanaryStatus(sync);
    return;
  }
  ensureReplicaSet(sync);
  restartPods(sync);
  cleanUpHistory(sync);
  reconcileCanaryServices(sync);
  reconcileTraffic(sync);
  reconcileAnalysis(sync);
  // An inconclusive analysis holds everything up.
  if (sync.pause.add.length === 0 && !reconcileSizes(sync)) reconcilePause(sync);
  syncCanaryStatus(sync);
}

/** A change of spec.replicas: sizes, Services and traffic follow, and no step is taken (rollout/sync.go syncReplicasOnly). */
export function rescaleCanary(sync: SyncContext): void {
  restartPods(sync);
  reconcileSizes(sync);
  reconcileAnalysis(sync);
  reconcilePause(sync);
  reconcileCanaryServices(sync);
  reconcileTraffic(sync);
  syncCanaryStatus(sync);
}

function replicaSets({ parts }: SyncContext): CanaryReplicaSets {
  const { newRS, stableRS, other } = parts;
  return {
    ...(newRS === undefined ? {} : { newRS }),
    ...(stableRS === undefined ? {} : { stableRS }),
    olderRSs: other,
  };
}

/** One change of size a sync: first the stable ReplicaSet, then the new one, then the others; says whether there was one (reconcileCanaryReplicaSets). */
function reconcileSizes(sync: SyncContext): boolean {
  removeScaleDownDeadlines(sync);
  return scaleStable(sync) || scaleNew(sync) || scaleDownOthers(sync);
}

/** The numbers behind a size, for the decision log. */
function because(sync: SyncContext): { weight: number; replicas: number } {
  return { weight: canaryTarget(sync.rollout).weight, replicas: sync.desired };
}

/** reconcileCanaryStableReplicaSet. The stable size follows the weights that were told in an earlier sync, never those of this one. */
function scaleStable(sync: SyncContext): boolean {
  const { newRS, stableRS } = sync.parts;
  if (stableRS === undefined || stableRS === newRS) return false;
  const counts =
    sync.canary?.trafficRouting === undefined
      ? basicCanaryReplicas(sync.rollout, replicaSets(sync))
      : trafficRoutedCanaryReplicas(sync.rollout, sync.rollout.status.canary?.weights);
  return sync.scale(stableRS, counts.stable, "rollout.scale-stable", because(sync));
}

/** rollout/replicaset.go reconcileNewReplicaSet */
function scaleNew(sync: SyncContext): boolean {
  const { newRS } = sync.parts;
  if (newRS === undefined) return false;
  const delay = delayOnAbort(sync, newRS);
  if (delay === "keep") return false;
  if (delay === "gone") return sync.scale(newRS, 0, "rollout.scale-down-delayed");
  const counts =
    sync.canary?.trafficRouting === undefined
      ? basicCanaryReplicas(sync.rollout, replicaSets(sync))
      : trafficRoutedCanaryReplicas(sync.rollout, sync.draft.canary?.weights);
  return sync.scale(newRS, counts.canary, "rollout.scale-canary", because(sync));
}

/** scaleDownOldReplicaSetsForCanary */
function scaleDownOthers(sync: SyncContext): boolean {
  const isCleaned = cleanUpUnhealthy(sync);
  const available = availableReplicaCount(sync.parts.all);
  const min = sync.desired - maxUnavailable(sync.rollout);
  let spare = available - min;
  if (spare <= 0) return false;
  let hasScaled = isCleaned;
  const count = { waiting: 0 };
  const others = activeReplicaSets(sync.parts.other).toSorted(byRevisionDescending);
  for (const replicaSet of others) {
    if (spare <= 0) break;
    const isRouted = sync.canary?.trafficRouting !== undefined;
    if (isRouted && isReferenced(sync, replicaSet)) continue;
    const from = replicasOf(replicaSet);
    const to = isRouted ? sizeOfOtherRouted(sync, replicaSet, count) : Math.max(0, from - spare);
    if (from === to) continue;
    const hasWaited = scaleDownDeadline(replicaSet) !== undefined;
    const scaled = hasWaited
      ? sync.scale(replicaSet, to, "rollout.scale-down-delayed")
      : sync.scale(replicaSet, to, "rollout.scale-down-old", { available, min });
    hasScaled ||= scaled;
    spare -= from - to;
  }
  return hasScaled;
}

/** With a router the previous stable ReplicaSet waits for its deadline; one of an update that was given up goes at once. */
function sizeOfOtherRouted(
  sync: SyncContext,
  replicaSet: ReplicaSet,
  count: { waiting: number },
): number {
  const waits = isFullyPromoted(sync.rollout) || scaleDownDeadline(replicaSet) !== undefined;
  if (!waits || sync.canary?.dynamicStableScale === true) return 0;
  return sizeWhileDelayed(sync, replicaSet, count, replicasOf(replicaSet));
}

/** Pods of old ReplicaSets that are not available go first (rollout/replicaset.go cleanupUnhealthyReplicas). */
function cleanUpUnhealthy(sync: SyncContext): boolean {
  let hasScaled = false;
  for (const replicaSet of activeReplicaSets(sync.parts.other).toSorted(byCreation)) {
    const available = availableOf(replicaSet);
    if (available >= replicasOf(replicaSet)) continue;
    const values = { available };
    hasScaled = sync.scale(replicaSet, available, "rollout.cleanup-unhealthy", values) || hasScaled;
  }
  return hasScaled;
}

/** reconcileCanaryPause */
function reconcilePause(sync: SyncContext): void {
  const { rollout, now } = sync;
  const { step, index = 0 } = currentStep(rollout);
  if (rollout.spec.paused === true || rollout.status.promoteFull === true) return;
  if (step?.pause === undefined) return;
  const { duration } = step.pause;
  const ms = duration === undefined ? undefined : pauseDurationMs(duration);
  const condition = pauseCondition(rollout, "CanaryPauseStep");
  if (condition === undefined) {
    if (rollout.status.controllerPause === true) return;
    sync.pause.add.push("CanaryPauseStep");
    const values = { step: index + 1, seconds: (ms ?? 0) / 1000 };
    sync.tell("rollout.pause-step", values, `${FILE} reconcileCanaryPause`);
    if (ms !== undefined) sync.requeueAfter(ms);
    return;
  }
  if (ms === undefined) return;
  const remaining = parseTimestamp(condition.startTime) + ms - now;
  if (remaining > 0) sync.requeueAfter(remaining);
}

/** completedCurrentCanaryStep */
function isStepCompleted(sync: SyncContext): boolean {
  const { rollout, now } = sync;
  const { step } = currentStep(rollout);
  if (step === undefined || rollout.spec.paused === true) return false;
  if (step.pause !== undefined) {
    const { duration } = step.pause;
    const ms = duration === undefined ? undefined : pauseDurationMs(duration);
    return completedCanaryPause(rollout, ms, now);
  }
  if (step.setCanaryScale !== undefined || step.setWeight !== undefined) {
    const isThere = atDesiredReplicaCounts(rollout, replicaSets(sync), sync.draft.canary?.weights);
    if (!isThere) tellWaiting(sync);
    return isThere;
  }
  return step.analysis !== undefined && sync.runs.Step?.status.phase === "Successful";
}

function tellWaiting(sync: SyncContext): void {
  const { newRS } = sync.parts;
  if (newRS === undefined || availableOf(newRS) >= replicasOf(newRS)) return;
  const replicaSet = newRS.metadata.name;
  const values = { replicaSet, available: availableOf(newRS), wanted: replicasOf(newRS) };
  sync.wait("rollout.wait-available", values, `${FILE} completedCurrentCanaryStep`);
}

/** syncRolloutStatusCanary */
function syncCanaryStatus(sync: SyncContext): void {
  const { rollout, parts, canary } = sync;
  const steps = canary?.steps?.length ?? 0;
  const status: RolloutStatus = {
    ...baseStatus(sync),
    availableReplicas: availableReplicaCount(parts.all),
    HPAReplicas: actualReplicaCount(parts.all),
    selector: selectorText(rollout.spec.selector),
    currentStepHash: stepHash(rollout),
  };
  if (templateOrStepsChanged(rollout, parts.newRS)) {
    persist(sync, statusOfNewUpdate(sync, resetStatus(sync, status), steps));
    return;
  }
  let { index } = currentStep(rollout);
  if (rollout.status.promoteFull === true || isRollbackWithinWindow(rollout, parts)) {
    sync.pause.clear = true;
    sync.pause.removeAbort = true;
    if (steps > 0) index = steps;
  }
  const done = promoted(sync, status);
  if (done !== undefined) {
    persist(sync, done);
    return;
  }
  if (sync.isAborted) {
    const isBack = status.stableRS === status.currentPodHash;
    const currentStepIndex = steps === 0 ? undefined : isBack ? steps : 0;
    persist(sync, { ...status, currentStepIndex });
    return;
  }
  persist(sync, nextStep(sync, { ...status, currentStepIndex: index }));
}

/** Back to the stable template there are no steps to take; nor back to a revision within the rollback window whose pods are there. */
function statusOfNewUpdate(sync: SyncContext, status: RolloutStatus, steps: number): RolloutStatus {
  const { newRS } = sync.parts;
  if (newRS === undefined || steps === 0) return status;
  if (sync.rollout.status.stableRS === podTemplateHash(newRS)) {
    sync.event("SkipSteps", "Rollback to stable ReplicaSets");
    return { ...status, currentStepIndex: steps };
  }
  if (isRollbackWithinWindow(sync.rollout, sync.parts) && replicasOf(newRS) > 0) {
    sync.event("SkipSteps", "Rollback to active ReplicaSets within RollbackWindow");
    return { ...status, currentStepIndex: steps };
  }
  return status;
}

/** The status one step further, if the step at hand is completed. */
function nextStep(sync: SyncContext, status: RolloutStatus): RolloutStatus {
  if (!isStepCompleted(sync)) return status;
  const { step, index = 0 } = currentStep(sync.rollout);
  const steps = sync.canary?.steps?.length ?? 0;
  const text = stepText(step!);
  const next = (status.currentStepIndex ?? index) + 1;
  sync.event("RolloutStepCompleted", `Rollout step ${next}/${steps} completed (${text})`);
  const values = { step: next, steps, text };
  sync.tell("rollout.step-completed", values, `${FILE} completedCurrentCanaryStep`);
  sync.pause.remove.push("CanaryPauseStep");
  const { currentStepAnalysisRunStatus: _over, ...canary } = status.canary ?? {};
  return { ...status, canary, currentStepIndex: next };
}
