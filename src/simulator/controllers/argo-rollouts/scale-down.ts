/* When pods that have lost the traffic may go (argo-rollouts rollout/replicaset.go). */
import { parseTimestamp } from "../../api/time.ts";
import type { ReplicaSet } from "../../api/types.ts";
import { availableOf, replicasOf, scaleDownDeadline } from "./parts.ts";
import {
  abortScaleDownDelay,
  podTemplateHash,
  ROLLOUTS_POD_TEMPLATE_HASH,
  scaleDownDelaySeconds,
  scaleDownRevisionLimit,
} from "./rollout.ts";
import type { SyncContext } from "./sync-context.ts";

const FILE = "argo-rollouts rollout/replicaset.go";

/** The new and the stable ReplicaSet wait for no deadline: they may have had one when they were old (removeScaleDownDeadlines). */
export function removeScaleDownDeadlines(sync: SyncContext): void {
  const { newRS, stableRS } = sync.parts;
  const kept = sync.delaysScaleDownOnAbort ? undefined : newRS;
  for (const replicaSet of new Set([kept, stableRS])) {
    if (scaleDownDeadline(replicaSet) === undefined) continue;
    sync.replaced(sync.actions.setScaleDownDeadline(replicaSet!, undefined));
  }
}

/**
 * Whether the aborted new ReplicaSet is to be left as it is for now; "gone": its time is over, it loses all pods (reconcileNewReplicaSet). The
 * delay begins when the stable ReplicaSet is whole again.
 */
export function delayOnAbort(sync: SyncContext, newRS: ReplicaSet): "keep" | "gone" | undefined {
  if (!sync.delaysScaleDownOnAbort) return undefined;
  const deadline = scaleDownDeadline(newRS);
  if (deadline !== undefined) {
    const remaining = parseTimestamp(deadline) - sync.now;
    if (!(remaining > 0)) return "gone";
    sync.requeueAfter(remaining);
    return "keep";
  }
  const { seconds = 0 } = abortScaleDownDelay(sync.rollout);
  if (availableOf(sync.parts.stableRS) === sync.desired)
    delay(sync, newRS, seconds, "rollout.delay-aborted");
  return "keep";
}

function delay(sync: SyncContext, replicaSet: ReplicaSet, seconds: number, code: string): void {
  const atMs = sync.now + seconds * 1000;
  sync.replaced(sync.actions.setScaleDownDeadline(replicaSet, atMs));
  sync.tell(code, { replicaSet: replicaSet.metadata.name, seconds }, `${FILE} addScaleDownDelay`);
  sync.requeueAfter(seconds * 1000);
}

/** How many old ReplicaSets have been let wait so far in a sync. */
export interface WaitingCount {
  waiting: number;
}

/**
 * The size that an old ReplicaSet is to have now: its own until its deadline, then 0. `kept`: its size while it waits (scaleDownDelayHelper).
 *
 * With scaleDownDelaySeconds 0 no deadline is ever set, and the ReplicaSet keeps its pods until the next update: so it is upstream, too
 * (argo-rollouts issue 1992).
 */
export function sizeWhileDelayed(
  sync: SyncContext,
  replicaSet: ReplicaSet,
  count: WaitingCount,
  kept: number,
): number {
  const limit = scaleDownRevisionLimit(sync.rollout);
  const deadline = scaleDownDeadline(replicaSet);
  if (deadline === undefined) {
    if (replicasOf(replicaSet) === 0 || count.waiting >= limit) return 0;
    count.waiting += 1;
    const seconds = scaleDownDelaySeconds(sync.rollout);
    if (seconds > 0) delay(sync, replicaSet, seconds, "rollout.delay-old");
    return replicasOf(replicaSet);
  }
  count.waiting += 1;
  if (count.waiting > limit) return 0;
  const remaining = parseTimestamp(deadline) - sync.now;
  if (!(remaining > 0)) return 0;
  sync.requeueAfter(remaining);
  return kept;
}

/** Does the status, a weight or a Service still lead to the ReplicaSet (isReplicaSetReferenced)? */
export function isReferenced(sync: SyncContext, replicaSet: ReplicaSet): boolean {
  const hash = podTemplateHash(replicaSet);
  if (hash === "") return false;
  const { status } = sync.rollout;
  const { weights } = status.canary ?? {};
  const inStatus = [
    status.stableRS,
    status.currentPodHash,
    status.blueGreen?.activeSelector,
    status.blueGreen?.previewSelector,
    weights?.canary.podTemplateHash,
    weights?.stable.podTemplateHash,
  ];
  if (inStatus.includes(hash)) return true;
  const { canary, blueGreen } = sync;
  const services =
    canary === undefined
      ? [blueGreen?.activeService, blueGreen?.previewService]
      : [canary.canaryService, canary.stableService];
  return services.some(
    (name) => sync.service(name)?.spec.selector?.[ROLLOUTS_POD_TEMPLATE_HASH] === hash,
  );
}
