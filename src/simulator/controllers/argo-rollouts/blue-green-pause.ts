/* The pause of a blue-green update before its switch (argo-rollouts rollout/bluegreen.go). */
import { parseTimestamp } from "../../api/time.ts";
import type { ReplicaSet } from "../../api/types.ts";
import { newBlueGreenReplicas } from "./blue-green.ts";
import { availableOf, replicasOf } from "./parts.ts";
import {
  completedBlueGreenPause,
  haltReason,
  needsBlueGreenPause,
  pauseCondition,
} from "./pause.ts";
import { podTemplateHash, ROLLOUTS_POD_TEMPLATE_HASH } from "./rollout.ts";
import type { SyncContext } from "./sync-context.ts";

const UPSTREAM = "argo-rollouts rollout/bluegreen.go reconcileBlueGreenPause";

/** Has the new ReplicaSet all the pods that it is to have before the pause, and are they available (utils/replicaset ReadyForPause)? */
export function readyForPause(sync: SyncContext, newRS: ReplicaSet): boolean {
  const wanted = newBlueGreenReplicas(sync.rollout, sync.parts.all, newRS);
  return replicasOf(newRS) === wanted && availableOf(newRS) === wanted;
}

/** Does the update need no pause: back to pods that are still there, promoted in full, or active already (isBlueGreenFastTracked)? */
export function isBlueGreenFastTracked(sync: SyncContext, newRS: ReplicaSet): boolean {
  if (sync.isFastRollback || sync.rollout.status.promoteFull === true) return true;
  const selector = sync.service(sync.blueGreen?.activeService)?.spec.selector ?? {};
  const active = selector[ROLLOUTS_POD_TEMPLATE_HASH];
  return active === undefined || active === podTemplateHash(newRS);
}

/** Pauses before the switch, or ends the pause (reconcileBlueGreenPause). */
export function reconcileBlueGreenPause(sync: SyncContext, newRS: ReplicaSet): void {
  const { rollout, pause, now } = sync;
  if (rollout.status.abort === true) return;
  if (!readyForPause(sync, newRS)) {
    const values = {
      replicaSet: newRS.metadata.name,
      available: availableOf(newRS),
      wanted: newBlueGreenReplicas(rollout, sync.parts.all, newRS),
    };
    sync.wait("rollout.wait-available", values, UPSTREAM);
    return;
  }
  if (haltReason(rollout) !== undefined) return;
  const isOver =
    isBlueGreenFastTracked(sync, newRS) ||
    rollout.status.blueGreen?.scaleUpPreviewCheckPoint === true ||
    !needsBlueGreenPause(rollout);
  if (isOver) {
    pause.remove.push("BlueGreenPause");
    return;
  }
  if (!sync.completedPrePromotionAnalysis) return;
  const condition = pauseCondition(rollout, "BlueGreenPause");
  const seconds = rollout.spec.strategy.blueGreen?.autoPromotionSeconds ?? 0;
  if (condition === undefined) {
    // With controllerPause and no condition somebody has just promoted it.
    if (rollout.status.controllerPause === true) return;
    pause.add.push("BlueGreenPause");
    const waits = rollout.spec.strategy.blueGreen?.autoPromotionEnabled === false ? 0 : seconds;
    sync.tell("rollout.pause-promotion", { seconds: waits }, UPSTREAM);
  } else if (completedBlueGreenPause(rollout, pause, now)) {
    pause.remove.push("BlueGreenPause");
  } else if (seconds > 0) {
    const remaining = parseTimestamp(condition.startTime) + seconds * 1000 - now;
    if (remaining > 0) sync.requeueAfter(remaining);
  }
}
