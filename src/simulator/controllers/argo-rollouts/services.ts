/* Which pods the Services of a Rollout lead to (argo-rollouts rollout/service.go). */
import type { ReplicaSet, Service } from "../../api/types.ts";
import { availableOf, replicasOf } from "./parts.ts";
import { completedBlueGreenPause, haltReason } from "./pause.ts";
import { MANAGED_BY_ROLLOUTS, podTemplateHash, ROLLOUTS_POD_TEMPLATE_HASH } from "./rollout.ts";
import { isSaturated } from "./revisions.ts";
import type { SyncContext } from "./sync-context.ts";
import { isBlueGreenFastTracked, readyForPause } from "./blue-green-pause.ts";
import { isDynamicallyRollingBack } from "./traffic-weight.ts";

const FILE = "argo-rollouts rollout/service.go";

/** The hash in a Service's selector (utils/service GetRolloutSelectorLabel). */
export function selectorHash(service: Service | undefined): string {
  return service?.spec.selector?.[ROLLOUTS_POD_TEMPLATE_HASH] ?? "";
}

/** switchServiceSelector */
function switchSelector(sync: SyncContext, service: Service, hash: string): void {
  const from = selectorHash(service);
  const isManaged = service.metadata.annotations?.[MANAGED_BY_ROLLOUTS] !== undefined;
  if (from === hash && isManaged) return;
  sync.actions.switchService(service, hash, sync.rollout);
  const { name } = service.metadata;
  sync.event(
    "SwitchService",
    `Switched selector for service '${name}' from '${from}' to '${hash}'`,
  );
  if (from === hash) return;
  sync.tell(
    "rollout.switch-service",
    { service: name, from, to: hash },
    `${FILE} switchServiceSelector`,
  );
}

/** The preview leads to the template's pods from the beginning (reconcilePreviewService). */
export function reconcilePreviewService(sync: SyncContext, newRS: ReplicaSet): void {
  const preview = sync.service(sync.blueGreen?.previewService);
  if (preview === undefined || haltReason(sync.rollout) !== undefined) return;
  switchSelector(sync, preview, podTemplateHash(newRS));
}

/** The users' Service goes over when all new pods are available and nothing holds it up (reconcileActiveService). */
export function reconcileActiveService(sync: SyncContext, newRS: ReplicaSet): void {
  const { rollout, now } = sync;
  const active = sync.service(sync.blueGreen?.activeService);
  if (active === undefined || haltReason(rollout) !== undefined) return;
  if (!readyForPause(sync, newRS) || !isSaturated(rollout, newRS)) return;
  let hash = selectorHash(active);
  const goesOn =
    isBlueGreenFastTracked(sync, newRS) ||
    (completedBlueGreenPause(rollout, sync.pause, now) && sync.completedPrePromotionAnalysis);
  if (goesOn) hash = podTemplateHash(newRS);
  if (rollout.status.abort === true) hash = rollout.status.stableRS ?? "";
  switchSelector(sync, active, hash);
}

/** Stable and canary Service each lead to their own pods (reconcileStableAndCanaryService). */
export function reconcileCanaryServices(sync: SyncContext): void {
  const { canary } = sync;
  if (canary === undefined) return;
  const { newRS, stableRS } = sync.parts;
  ensureTargets(sync, canary.stableService, stableRS, true);
  if (sync.isAborted && canary.trafficRouting === undefined) {
    ensureTargets(sync, canary.canaryService, stableRS, true);
    return;
  }
  if (isDynamicallyRollingBack(sync.rollout, newRS) !== undefined) return;
  ensureTargets(sync, canary.canaryService, newRS, true);
}

/**
 * Points a Service at a ReplicaSet: at once if it has an available pod, and if the Service is touched for the first time, when all of its
 * pods are (ensureSVCTargets).
 */
export function ensureTargets(
  sync: SyncContext,
  name: string | undefined,
  replicaSet: ReplicaSet | undefined,
  checkAvailability: boolean,
): void {
  const service = sync.service(name);
  if (service === undefined || replicaSet === undefined) return;
  const wanted = podTemplateHash(replicaSet);
  if (selectorHash(service) === wanted) return;
  const isManaged = service.metadata.annotations?.[MANAGED_BY_ROLLOUTS] !== undefined;
  if (checkAvailability) {
    if (!isManaged && !isAvailable(replicaSet)) return;
    if (availableOf(replicaSet) === 0) return;
  }
  switchSelector(sync, service, wanted);
}

/** IsReplicaSetAvailable */
function isAvailable(replicaSet: ReplicaSet): boolean {
  const replicas = replicasOf(replicaSet);
  const available = availableOf(replicaSet);
  return replicas !== 0 && available !== 0 && replicas <= available;
}
