/* Writing the status of a Rollout (argo-rollouts rollout/sync.go). */
import { deepEqual } from "../../api/server.ts";
import type { RolloutStatus, WorkloadCondition } from "../../api/types.ts";
import { actualReplicaCount, readyReplicaCount } from "../deployment/replica-counts.ts";
import { getCondition, removeCondition, setCondition } from "../workload-conditions.ts";
import { analysisRefs } from "./analysis.ts";
import { calculateConditions } from "./calculate-conditions.ts";
import { deadlineMs, isHealthy, rolloutCondition } from "./conditions.ts";
import { templateHash } from "./parts.ts";
import { pauseStatus } from "./pause.ts";
import { calculatePhase } from "./phase.ts";
import { fullPromotionReason } from "./promotion.ts";
import { podTemplateHash } from "./rollout.ts";
import { revisionOf } from "./revisions.ts";
import { isIndefiniteStep } from "./steps.ts";
import type { SyncContext } from "./sync-context.ts";

const FILE = "argo-rollouts rollout/sync.go";

/** What every status says, whatever the strategy (calculateBaseStatus). */
export function baseStatus({ rollout, parts, draft, runs }: SyncContext): RolloutStatus {
  const { newRS, all } = parts;
  const { status } = rollout;
  const refs = analysisRefs(runs);
  const isCanary = rollout.spec.strategy.canary !== undefined;
  return {
    ...draft,
    canary: { ...draft.canary, ...(isCanary ? refs : {}) },
    blueGreen: { ...draft.blueGreen, ...(isCanary ? {} : refs) },
    currentPodHash: newRS === undefined ? templateHash(rollout) : podTemplateHash(newRS),
    stableRS: status.stableRS,
    replicas: actualReplicaCount(all),
    updatedReplicas: actualReplicaCount([newRS]),
    readyReplicas: readyReplicaCount(all),
    collisionCount: status.collisionCount,
    conditions: removeCondition(status.conditions, "InvalidSpec"),
    promoteFull: status.promoteFull,
  };
}

/** The status at the beginning of an update (resetRolloutStatus). */
export function resetStatus(sync: SyncContext, status: RolloutStatus): RolloutStatus {
  sync.pause.clear = true;
  sync.pause.removeAbort = true;
  const { weights } = status.canary ?? {};
  const { restartAt, strategy } = sync.rollout.spec;
  const steps = strategy.canary?.steps?.length ?? 0;
  const {
    prePromotionAnalysisRunStatus: _pre,
    postPromotionAnalysisRunStatus: _post,
    ...blueGreen
  } = status.blueGreen ?? {};
  return {
    ...status,
    restartedAt: restartAt,
    promoteFull: false,
    canary: weights === undefined ? {} : { weights },
    blueGreen: { ...blueGreen, scaleUpPreviewCheckPoint: false },
    currentStepIndex: steps > 0 ? 0 : undefined,
  };
}

/** The status with the template promoted, if it is time; else undefined (shouldFullPromote, promoteStable). */
export function promoted(sync: SyncContext, status: RolloutStatus): RolloutStatus | undefined {
  const reason = fullPromotionReason(sync.rollout, status, sync.parts, {
    aborted: sync.isAborted,
    postPromotion: sync.runs.PostPromotion?.status.phase,
    isFastRollback: sync.isFastRollback,
  });
  if (reason === undefined) return undefined;
  sync.pause.clear = true;
  sync.pause.removeAbort = true;
  const steps = sync.canary?.steps?.length ?? 0;
  if ((status.stableRS ?? "") !== status.currentPodHash) {
    const revision = revisionOf(sync.rollout);
    const hash = status.currentPodHash ?? "";
    sync.event(
      "RolloutCompleted",
      `Rollout completed update to revision ${revision} (${hash}): ${reason}`,
    );
    sync.tell("rollout.promote", { revision, hash, reason }, `${FILE} promoteStable`);
  }
  return {
    ...status,
    promoteFull: false,
    blueGreen: { ...status.blueGreen, scaleUpPreviewCheckPoint: false },
    currentStepIndex: sync.canary !== undefined && steps > 0 ? steps : undefined,
    stableRS: status.currentPodHash,
  };
}

/** Writes the status with its conditions, pauses and phase, if it has changed (persistRolloutStatus). */
export function persist(sync: SyncContext, given: RolloutStatus): void {
  const { rollout, actions, pause, now } = sync;
  const withConditions = calculateConditions(sync, given);
  const paused = { ...withConditions, ...pauseStatus(rollout, pause, now) };
  const observed = { ...paused, observedGeneration: String(rollout.metadata.generation ?? 0) };
  const status = withoutZeros({ ...observed, ...calculatePhase(rollout, observed) });
  if (deepEqual(status, rollout.status)) {
    requeueStuck(sync, status);
    return;
  }
  const before = rollout.status;
  sync.rollout = actions.writeStatus(rollout, status);
  tellPause(sync, before, status);
}

/** sendStateChangeEvents */
function tellPause(sync: SyncContext, before: RolloutStatus, now: RolloutStatus): void {
  const wasPaused = (before.pauseConditions ?? []).length > 0;
  const [pause] = now.pauseConditions ?? [];
  if (wasPaused === (pause !== undefined)) return;
  if (pause !== undefined) sync.event("RolloutPaused", `Rollout is paused (${pause.reason})`);
  else if (now.abortedAt === undefined) sync.event("RolloutResumed", "Rollout is resumed");
}

/** Looks again when the progress deadline passes (requeueStuckRollout). */
function requeueStuck(sync: SyncContext, status: RolloutStatus): void {
  const { rollout, now } = sync;
  const current = getCondition(rollout.status.conditions, "Progressing");
  const isPaused =
    (rollout.status.pauseConditions ?? []).length > 0 || rollout.spec.paused === true;
  if (
    current === undefined ||
    current.reason === "ProgressDeadlineExceeded" ||
    isPaused ||
    rollout.status.abort === true ||
    isHealthy(rollout, status) ||
    isIndefiniteStep(rollout)
  ) {
    return;
  }
  sync.requeueAfter(Math.max(0, deadlineMs(rollout, current) - now) + 1000);
}

/** Writes conditions alone (patchCondition). */
export function patchConditions(sync: SyncContext, conditions: readonly WorkloadCondition[]): void {
  const { rollout, actions } = sync;
  let next = rollout.status.conditions ?? [];
  for (const condition of conditions) next = setCondition(next, condition, true);
  const observed = {
    ...rollout.status,
    conditions: next,
    observedGeneration: String(rollout.metadata.generation ?? 0),
  };
  const status = withoutZeros({ ...observed, ...calculatePhase(rollout, observed) });
  if (deepEqual(status, rollout.status)) return;
  sync.rollout = actions.writeStatus(rollout, status);
}

/** Conditions that tell of pauses, their end, and a retry after an abort (checkPausedConditions). */
export function checkPaused(sync: SyncContext): void {
  const { status, spec } = sync.rollout;
  const progressing = getCondition(status.conditions, "Progressing");
  const isPaused = (status.pauseConditions ?? []).length > 0 || spec.paused === true;
  const wasAborted = progressing?.reason === "RolloutAborted";
  const changed: WorkloadCondition[] = [];
  const add = (
    type: "Progressing" | "Paused",
    is: "True" | "False" | "Unknown",
    reason: string,
    message: string,
  ) => changed.push(rolloutCondition(type, is, reason, message, sync.now));
  if (isPaused !== (progressing?.reason === "RolloutPaused") && !wasAborted) {
    if (isPaused) add("Progressing", "Unknown", "RolloutPaused", "Rollout is paused");
    else if (progressing !== undefined)
      add("Progressing", "Unknown", "RolloutResumed", "Rollout is resumed");
  }
  if (status.abort !== true && wasAborted) {
    add("Progressing", "Unknown", "RolloutRetry", "Retrying Rollout after abort");
  }
  const paused = getCondition(status.conditions, "Paused");
  if (isPaused !== (paused?.status === "True") && !wasAborted) {
    add("Paused", isPaused ? "True" : "False", "RolloutPaused", "Rollout is paused");
  }
  if (changed.length > 0) patchConditions(sync, changed);
}

/** Fields with a zero value are left out, as the API does (omitempty); the step is a pointer, and 0 is one. */
function withoutZeros(status: RolloutStatus): RolloutStatus {
  const prune = (fields: object | undefined) =>
    Object.fromEntries(
      Object.entries(fields ?? {}).filter(
        ([, value]) => value !== undefined && value !== "" && value !== false && value !== 0,
      ),
    );
  const { canary, blueGreen, currentStepIndex, conditions, ...others } = status;
  return {
    ...prune(others),
    ...(currentStepIndex === undefined ? {} : { currentStepIndex }),
    ...(conditions === undefined || conditions.length === 0 ? {} : { conditions }),
    canary: prune(canary),
    blueGreen: prune(blueGreen),
  };
}
