/* Pauses and aborts of a Rollout (argo-rollouts rollout/pause.go). */
import { parseTimestamp, timestamp } from "../../api/time.ts";
import type { PauseCondition, PauseReason, Rollout, RolloutStatus } from "../../api/types.ts";

/** What a sync decides about pauses and aborts until the status is written (pauseContext). */
export interface PauseDraft {
  readonly add: PauseReason[];
  readonly remove: PauseReason[];
  clear: boolean;
  /** Why it is aborted in this sync. */
  abort: string | undefined;
  removeAbort: boolean;
}

export function newPauseDraft(): PauseDraft {
  return { add: [], remove: [], clear: false, abort: undefined, removeAbort: false };
}

/** IsAborted */
export function isAborted({ status }: Rollout, draft: PauseDraft): boolean {
  if (draft.removeAbort) return false;
  return draft.abort !== undefined || status.abort === true;
}

/** getPauseCondition */
export function pauseCondition(
  { status }: Rollout,
  reason: PauseReason,
): PauseCondition | undefined {
  return status.pauseConditions?.find((condition) => condition.reason === reason);
}

export type PauseStatus = Pick<
  RolloutStatus,
  "abort" | "abortedAt" | "pauseConditions" | "controllerPause"
>;

/** What the status is to say of pauses and aborts (CalculatePauseStatus). */
export function pauseStatus({ status }: Rollout, draft: PauseDraft, nowMs: number): PauseStatus {
  const now = timestamp(nowMs);
  const aborted = { abort: true, abortedAt: status.abortedAt ?? now };
  if (draft.abort !== undefined) return aborted;
  if (!draft.removeAbort && status.abort === true) return aborted;
  if (draft.clear) return {};
  const before = status.pauseConditions ?? [];
  const kept = before.filter(({ reason }) => !draft.remove.includes(reason as PauseReason));
  const added = draft.add.filter((reason) => !before.some((c) => c.reason === reason));
  const pauseConditions = [...kept, ...added.map((reason) => ({ reason, startTime: now }))];
  if (pauseConditions.length === 0) return {};
  const controllerPause = added.length > 0 || status.controllerPause === true;
  return controllerPause ? { controllerPause, pauseConditions } : { pauseConditions };
}

/** Why nothing at all may go on (rollout/context.go haltProgress). */
export function haltReason(rollout: Rollout): "user paused" | "inconclusive analysis" | undefined {
  if (rollout.spec.paused === true) return "user paused";
  if (pauseCondition(rollout, "InconclusiveAnalysisRun") !== undefined) {
    return "inconclusive analysis";
  }
  return undefined;
}

/** Is the pause of a canary step over: by its time, or because somebody went on (CompletedCanaryPauseStep)? */
export function completedCanaryPause(
  rollout: Rollout,
  durationMs: number | undefined,
  nowMs: number,
): boolean {
  const condition = pauseCondition(rollout, "CanaryPauseStep");
  if (condition === undefined) return rollout.status.controllerPause === true;
  return durationMs !== undefined && nowMs > parseTimestamp(condition.startTime) + durationMs;
}

/** Does a blue-green update stop before the switch (needsBlueGreenControllerPause)? */
export function needsBlueGreenPause({ spec }: Rollout): boolean {
  const { autoPromotionEnabled, autoPromotionSeconds = 0 } = spec.strategy.blueGreen ?? {};
  return autoPromotionEnabled === false || autoPromotionSeconds > 0;
}

/** Is the pause before the switch over, or none needed (CompletedBlueGreenPause)? */
export function completedBlueGreenPause(
  rollout: Rollout,
  draft: PauseDraft,
  nowMs: number,
): boolean {
  if (draft.add.length > 0) return false;
  if (rollout.status.blueGreen?.scaleUpPreviewCheckPoint === true) return true;
  if (!needsBlueGreenPause(rollout)) return true;
  const condition = pauseCondition(rollout, "BlueGreenPause");
  const { autoPromotionEnabled, autoPromotionSeconds = 0 } = rollout.spec.strategy.blueGreen ?? {};
  if (autoPromotionEnabled === false) {
    return rollout.status.controllerPause === true && condition === undefined;
  }
  if (condition === undefined) return false;
  return nowMs > parseTimestamp(condition.startTime) + autoPromotionSeconds * 1000;
}
