/* One sync of a blue-green update (argo-rollouts rollout/bluegreen.go). */
import type { ReplicaSet, RolloutStatus } from "../../api/types.ts";
import {
  activeReplicaSets,
  actualReplicaCount,
  availableReplicaCount,
} from "../deployment/replica-counts.ts";
import { reconcileAnalysis, skipPostPromotion } from "./analysis.ts";
import { newBlueGreenReplicas } from "./blue-green.ts";
import { reconcileBlueGreenPause } from "./blue-green-pause.ts";
import { ensureReplicaSet } from "./current-replica-set.ts";
import { cleanUpHistory } from "./history.ts";
import { selectorText } from "./labels.ts";
import { availableOf, byHash, byRevisionDescending, replicasOf } from "./parts.ts";
import { completedBlueGreenPause, pauseCondition } from "./pause.ts";
import { isRollbackWithinWindow } from "./promotion.ts";
import { restartPods } from "./restart.ts";
import { baseStatus, persist, promoted, resetStatus } from "./rollout-status.ts";
import {
  delayOnAbort,
  isReferenced,
  removeScaleDownDeadlines,
  sizeWhileDelayed,
} from "./scale-down.ts";
import { reconcileActiveService, reconcilePreviewService, selectorHash } from "./services.ts";
import { templateChanged } from "./steps.ts";
import type { SyncContext } from "./sync-context.ts";

/** rolloutBlueGreen */
export function rolloutBlueGreen(sync: SyncContext): void {
  const created = ensureReplicaSet(sync);
  reconcilePreviewService(sync, created);
  if (!templateChanged(sync.rollout, created)) {
    restartPods(sync);
    reconcileSizes(sync);
    const newRS = sync.current(created);
    reconcileBlueGreenPause(sync, newRS);
    reconcileActiveService(sync, newRS);
    reconcileAnalysis(sync);
  }
  syncBlueGreenStatus(sync);
}

/** A change of spec.replicas: the sizes follow, and nothing else is done (rollout/sync.go syncReplicasOnly). */
export function rescaleBlueGreen(sync: SyncContext): void {
  restartPods(sync);
  reconcileSizes(sync);
  syncBlueGreenStatus(sync);
}

/** reconcileBlueGreenReplicaSets */
function reconcileSizes(sync: SyncContext): void {
  removeScaleDownDeadlines(sync);
  const active = byHash(sync.parts.all, selectorHash(sync.service(sync.blueGreen?.activeService)));
  if (active !== undefined) sync.scale(active, sync.desired, "rollout.scale-active");
  scaleNew(sync);
  scaleDownOthers(sync);
  cleanUpHistory(sync);
}

/** rollout/replicaset.go reconcileNewReplicaSet */
function scaleNew(sync: SyncContext): void {
  const { newRS, all } = sync.parts;
  if (newRS === undefined) return;
  const delay = delayOnAbort(sync, newRS);
  if (delay === "keep") return;
  if (delay === "gone") {
    sync.scale(newRS, 0, "rollout.scale-down-delayed");
    return;
  }
  const to = newBlueGreenReplicas(sync.rollout, all, newRS);
  const code = to < sync.desired ? "rollout.scale-preview" : "rollout.scale-full";
  sync.scale(newRS, to, code, { replicas: sync.desired });
}

/** scaleDownOldReplicaSetsForBlueGreen */
function scaleDownOthers(sync: SyncContext): void {
  if (pauseCondition(sync.rollout, "InconclusiveAnalysisRun") !== undefined) return;
  const { postPromotionAnalysis, scaleDownDelaySeconds } = sync.blueGreen ?? {};
  // Without a delay of its own the old stack waits for the analysis after the switch.
  const waitsForAnalysis =
    postPromotionAnalysis !== undefined &&
    scaleDownDelaySeconds === undefined &&
    !skipPostPromotion(sync);
  if (waitsForAnalysis && sync.runs.PostPromotion?.status.phase !== "Successful") return;
  const count = { waiting: 0 };
  for (const old of activeReplicaSets(sync.parts.other).toSorted(byRevisionDescending)) {
    if (isReferenced(sync, old)) continue;
    const to = sizeWhileDelayed(sync, old, count, sync.desired);
    if (to !== replicasOf(old)) sync.scale(old, to, "rollout.scale-down-delayed");
  }
}

/** syncRolloutStatusBlueGreen */
function syncBlueGreenStatus(sync: SyncContext): void {
  const { rollout, parts } = sync;
  let status = baseStatus(sync);
  if (templateChanged(rollout, parts.newRS)) status = resetStatus(sync, status);
  if (rollout.status.promoteFull === true || isRollbackWithinWindow(rollout, parts)) {
    sync.pause.clear = true;
    sync.pause.removeAbort = true;
  }
  const previewSelector = selectorHash(sync.service(sync.blueGreen?.previewService));
  const activeSelector = selectorHash(sync.service(sync.blueGreen?.activeService));
  status = { ...status, blueGreen: { ...status.blueGreen, previewSelector, activeSelector } };
  const done = promoted(sync, status);
  status = done ?? {
    ...status,
    blueGreen: { ...status.blueGreen, scaleUpPreviewCheckPoint: previewCheckPoint(sync) },
  };
  const active = byHash(parts.all, activeSelector);
  persist(sync, { ...status, ...countsOf(sync, active) });
}

/** Users are served by the active ReplicaSet alone, so its pods are the ones that count. */
function countsOf({ rollout, parts }: SyncContext, active: ReplicaSet | undefined) {
  if (active === undefined) {
    return {
      HPAReplicas: actualReplicaCount(parts.all),
      selector: selectorText(rollout.spec.selector),
      availableReplicas: availableReplicaCount(parts.all),
    } satisfies Partial<RolloutStatus>;
  }
  return {
    HPAReplicas: active.status.replicas,
    selector: selectorText(active.spec.selector),
    availableReplicas: availableOf(active),
    readyReplicas: active.status.readyReplicas ?? 0,
  } satisfies Partial<RolloutStatus>;
}

/** May the preview grow to its full size (calculateScaleUpPreviewCheckPoint)? Once it may, it may until the update ends. */
function previewCheckPoint(sync: SyncContext): boolean {
  const { rollout, pause, now, parts } = sync;
  const preview = sync.blueGreen?.previewReplicaCount;
  if (preview === undefined) return false;
  const isFresh = templateChanged(rollout, parts.newRS);
  if (!isFresh && rollout.status.blueGreen?.scaleUpPreviewCheckPoint === true) return true;
  const isOver = completedBlueGreenPause(rollout, pause, now);
  if (!sync.completedPrePromotionAnalysis || !isOver) return false;
  return availableOf(parts.newRS) === preview;
}
