import { activeReplicaSets } from "../deployment/replica-counts.ts";
import { getCondition, removeCondition } from "../workload-conditions.ts";
import { splitRuns } from "./analysis-roles.ts";
import { rescaleBlueGreen, rolloutBlueGreen } from "./blue-green-sync.ts";
import { rescaleCanary, rolloutCanary } from "./canary-sync.ts";
import { rolloutCondition } from "./conditions.ts";
import { syncRevision } from "./current-replica-set.ts";
import { findReferenceError } from "./references.ts";
import { desiredReplicas } from "./rollout.ts";
import { desiredAnnotation } from "./revisions.ts";
import { checkPaused, patchConditions } from "./rollout-status.ts";
import type { SyncContext } from "./sync-context.ts";
import { validateRollout } from "./validation.ts";

const UPSTREAM = "argo-rollouts rollout/context.go reconcile";
/** A spec may become valid without being changed, when the Service that it names is created. */
const INVALID_RETRY_MS = 20_000;

/** One look at a Rollout, and what it leads to (argo-rollouts rollout/context.go reconcile). */
export function syncRollout(sync: SyncContext): void {
  const { rollout, actions } = sync;
  if (rollout.metadata.deletionTimestamp !== undefined) return;
  if (rollout.spec.replicas === undefined) {
    actions.updateRollout({ ...rollout, spec: { ...rollout.spec, replicas: 1 } });
    return;
  }
  const [invalid = findReferenceError(sync)] = validateRollout(rollout);
  if (invalid !== undefined) {
    sync.requeueAfter(INVALID_RETRY_MS);
    tellInvalid(sync, `${invalid.field}: ${invalid.detail}`);
    return;
  }
  const { current, other } = splitRuns(rollout, sync.reader.analysisRuns(rollout));
  sync.runs = current;
  sync.otherRuns = other;
  checkPaused(sync);
  syncRevision(sync);
  const isScaling = isScalingEvent(sync);
  if (sync.blueGreen !== undefined) {
    if (isScaling) rescaleBlueGreen(sync);
    else rolloutBlueGreen(sync);
  } else if (isScaling) rescaleCanary(sync);
  else rolloutCanary(sync);
}

/** Has spec.replicas changed since the ReplicaSets were last scaled (rollout/sync.go isScalingEvent)? */
function isScalingEvent({ rollout, parts }: SyncContext): boolean {
  return activeReplicaSets(parts.all).some((replicaSet) => {
    const told = desiredAnnotation(replicaSet);
    return told !== undefined && told !== desiredReplicas(rollout);
  });
}

/** rollout/controller.go createInvalidRolloutCondition */
function tellInvalid(sync: SyncContext, error: string): void {
  const { rollout } = sync;
  const message = `The Rollout "${rollout.metadata.name}" is invalid: ${error}`;
  const before = getCondition(rollout.status.conditions, "InvalidSpec");
  if (before?.message === message) {
    if (rollout.status.observedGeneration === String(rollout.metadata.generation)) return;
  } else {
    sync.tell("rollout.invalid", { message: error }, UPSTREAM);
    const conditions = removeCondition(rollout.status.conditions, "InvalidSpec");
    sync.rollout = { ...rollout, status: { ...rollout.status, conditions } };
  }
  patchConditions(sync, [
    rolloutCondition("InvalidSpec", "True", "InvalidSpec", message, sync.now),
  ]);
}
