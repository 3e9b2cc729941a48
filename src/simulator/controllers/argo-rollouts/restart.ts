/* `kubectl argo rollouts restart`: pods that were created before spec.restartAt are evicted (argo-rollouts rollout/restart.go). */
import { evict } from "../../api/router/subresources/eviction.ts";
import { isStatus } from "../../api/status-error.ts";
import { parseTimestamp } from "../../api/time.ts";
import type { Pod, ReplicaSet } from "../../api/types.ts";
import { replicaCount } from "../deployment/replica-counts.ts";
import { BY_CONTROLLER } from "../informer.ts";
import { isPodActive, isPodReady } from "../pod-status.ts";
import { maxUnavailable } from "./rollout.ts";
import type { SyncContext } from "./sync-context.ts";

/** How soon it looks again while pods are left (restartPodCheckTime). */
const CHECK_MS = 30_000;

/** As many at a time as may be missing, at least one (RolloutPodRestarter.Reconcile). */
export function restartPods(sync: SyncContext): void {
  const { restartAt } = sync.rollout.spec;
  if (restartAt === undefined || restartAt === sync.rollout.status.restartedAt) return;
  const atMs = parseTimestamp(restartAt);
  if (sync.now <= atMs) {
    sync.requeueAfter(atMs - sync.now + 1);
    return;
  }
  const pods = podsOf(sync);
  const available = pods.filter((pod) => isPodActive(pod) && isPodReady(pod)).length;
  const most = Math.max(sync.desired, replicaCount(sync.parts.all));
  let canRestart = available - (most - Math.max(1, maxUnavailable(sync.rollout)));
  let left = 0;
  for (const pod of pods) {
    if (parseTimestamp(pod.metadata.creationTimestamp ?? "") >= atMs) continue;
    left += 1;
    if (canRestart <= 0 || pod.metadata.deletionTimestamp !== undefined) continue;
    if (!tryEvict(sync, pod)) continue;
    canRestart -= 1;
    left -= 1;
  }
  if (left > 0) sync.requeueAfter(CHECK_MS);
  else sync.draft = { ...sync.draft, restartedAt: restartAt };
}

/** The stable ReplicaSet's first, then the new one's, then others', oldest first (SortReplicaSetsByPriority). */
function podsOf({ parts, actions }: SyncContext): Pod[] {
  const { stableRS, newRS, other } = parts;
  const inOrder = new Set([stableRS, newRS, ...other].filter((rs): rs is ReplicaSet => !!rs));
  const pods = actions.context.informers.of("pods");
  return [...inOrder].flatMap(({ metadata }) => pods.by(BY_CONTROLLER, metadata.uid));
}

/** False when a PodDisruptionBudget does not allow it. */
function tryEvict({ actions }: SyncContext, { metadata }: Pod): boolean {
  try {
    evict(actions.context.api, metadata.namespace ?? "", metadata.name);
    return true;
  } catch (error) {
    if (isStatus(error, "TooManyRequests", "NotFound")) return false;
    throw error;
  }
}
