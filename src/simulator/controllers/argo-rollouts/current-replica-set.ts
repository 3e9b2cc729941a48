/* The ReplicaSet of a Rollout's template (argo-rollouts rollout/sync.go). */
import { StatusError } from "../../api/status-error.ts";
import type { NewObject, ReplicaSet, Rollout } from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { controllerOf } from "../informer.ts";
import { getCondition } from "../workload-conditions.ts";
import { rolloutCondition, withCondition } from "./conditions.ts";
import { templateHash } from "./parts.ts";
import { patchConditions } from "./rollout-status.ts";
import { ROLLOUTS_POD_TEMPLATE_HASH, templateOf } from "./rollout.ts";
import { maxRevision, newAnnotations, REVISION, withDesired } from "./revisions.ts";
import type { SyncContext } from "./sync-context.ts";

const UPSTREAM = "argo-rollouts rollout/sync.go createDesiredReplicaSet";

/** Gives the ReplicaSet its revision, and the Rollout the same (syncReplicaSetRevision). */
export function syncRevision(sync: SyncContext): void {
  const { newRS, older } = sync.parts;
  if (newRS === undefined) return;
  const own = newRS.metadata.annotations ?? {};
  const annotations = newAnnotations(sync.rollout, own, maxRevision(older) + 1);
  const minReadySeconds = sync.rollout.spec.minReadySeconds ?? 0;
  if (annotations !== own || (newRS.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    sync.replaced(
      sync.actions.updateReplicaSet({
        ...newRS,
        metadata: { ...newRS.metadata, annotations },
        spec: { ...newRS.spec, minReadySeconds },
      }),
    );
    return;
  }
  setRevision(sync, own[REVISION] ?? "");
  if (getCondition(sync.rollout.status.conditions, "Progressing") !== undefined) return;
  const message = `Found new replica set "${newRS.metadata.name}"`;
  setProgressing(sync, "FoundNewReplicaSet", message);
}

/** Creates it without pods, if it is not there yet (createDesiredReplicaSet). */
export function ensureReplicaSet(sync: SyncContext): ReplicaSet {
  syncRevision(sync);
  if (sync.parts.newRS !== undefined) return sync.parts.newRS;
  const { rollout, parts } = sync;
  const revision = maxRevision(parts.older) + 1;
  const wanted = replicaSetFor(rollout, revision);
  const created = create(sync, wanted);
  sync.replaced(created);
  setRevision(sync, String(revision));
  const { name } = created.metadata;
  sync.event("NewReplicaSetCreated", `Created ReplicaSet ${name} (revision ${revision})`);
  sync.tell("rollout.new-replica-set", { replicaSet: name, revision }, UPSTREAM);
  setProgressing(sync, "NewReplicaSetCreated", `Created new replica set "${name}"`);
  return created;
}

function create(
  sync: SyncContext,
  wanted: NewObject<ReplicaSet> & { readonly metadata: { readonly name: string } },
): ReplicaSet {
  const { rollout, actions } = sync;
  const { name } = wanted.metadata;
  try {
    return actions.createReplicaSet(wanted);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (error.reason === "AlreadyExists") {
      const namespace = rollout.metadata.namespace ?? "";
      const existing = actions.context.api.find("replicasets", namespace, name);
      if (existing !== undefined && controllerOf(existing)?.uid === rollout.metadata.uid) {
        return existing;
      }
      const collisionCount = (rollout.status.collisionCount ?? 0) + 1;
      actions.writeStatus(rollout, { ...rollout.status, collisionCount });
      throw error;
    }
    const message = `Failed to create new replica set "${name}": ${error.message}`;
    sync.event("ReplicaSetCreateError", message, "Warning");
    const failed = "ReplicaSetCreateError";
    patchConditions(sync, [rolloutCondition("Progressing", "False", failed, message, sync.now)]);
    throw error;
  }
}

function replicaSetFor(rollout: Rollout, revision: number) {
  const { name, namespace } = rollout.metadata;
  const { selector = {}, minReadySeconds } = rollout.spec;
  const template = templateOf(rollout);
  const hash = templateHash(rollout);
  const labels = { ...template.metadata?.labels, [ROLLOUTS_POD_TEMPLATE_HASH]: hash };
  const matchLabels = { ...selector.matchLabels, [ROLLOUTS_POD_TEMPLATE_HASH]: hash };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: withDesired(rollout, newAnnotations(rollout, {}, revision)),
      ownerReferences: [controllerRef(rollout)],
    },
    spec: {
      replicas: 0,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  };
}

/** utils/annotations SetRolloutRevision */
function setRevision(sync: SyncContext, revision: string): void {
  const { rollout, actions } = sync;
  const { annotations } = rollout.metadata;
  if (annotations?.[REVISION] === revision) return;
  const metadata = { ...rollout.metadata, annotations: { ...annotations, [REVISION]: revision } };
  sync.rollout = actions.updateRollout({ ...rollout, metadata });
  sync.event("RolloutUpdated", `Rollout updated to revision ${revision}`);
}

function setProgressing(sync: SyncContext, reason: string, message: string): void {
  const { rollout, actions, now } = sync;
  const condition = rolloutCondition("Progressing", "True", reason, message, now);
  sync.rollout = actions.writeStatus(rollout, withCondition(rollout.status, condition).status);
}
