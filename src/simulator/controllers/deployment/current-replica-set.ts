import { isStatus } from "../../api/status-error.ts";
import type { Deployment, ReplicaSet, WorkloadCondition } from "../../api/types.ts";
import { controllerOf } from "../informer.ts";
import { getCondition } from "../workload-conditions.ts";
import type { DeploymentActions } from "./actions.ts";
import { newReplicaSetFor, withRevision } from "./new-replica-set.ts";
import { equalIgnoringHash } from "./pod-template-hash.ts";
import { scaleUpForRecreate } from "./recreate.ts";
import { replicasOf } from "./replica-counts.ts";
import { maxRevision, newReplicaSetAnnotations, REVISION } from "./revisions.ts";
import { reconcileNewReplicaSet } from "./rolling.ts";
import { deploymentCondition, hasProgressDeadline, withCondition } from "./status.ts";

/** The ReplicaSet of a Deployment's template, and the Deployment as this sync goes on with it. */
export interface Current {
  readonly replicaSet: ReplicaSet;
  /**
   * With the revision and the condition that were written. As upstream, it keeps its old resourceVersion: the status at the end of this sync
   * is refused for that, and the next sync writes it.
   */
  readonly deployment: Deployment;
}

/** Gives the ReplicaSet that exists its revision, annotations and minReadySeconds (sync.go getNewReplicaSet). */
export function keepCurrent(
  actions: DeploymentActions,
  deployment: Deployment,
  replicaSet: ReplicaSet,
  old: readonly ReplicaSet[],
): Current {
  const own = replicaSet.metadata.annotations ?? {};
  const annotations = newReplicaSetAnnotations(deployment, own, maxRevision(old) + 1);
  const { minReadySeconds = 0 } = deployment.spec;
  if (annotations !== own || (replicaSet.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    const updated = actions.updateReplicaSet({
      ...replicaSet,
      metadata: { ...replicaSet.metadata, annotations },
      spec: { ...replicaSet.spec, minReadySeconds },
    });
    return { deployment, replicaSet: updated };
  }
  let draft = withRevision(deployment, own[REVISION] ?? "");
  if (hasProgressDeadline(draft) && !getCondition(draft.status.conditions, "Progressing")) {
    const message = `Found new replica set "${replicaSet.metadata.name}"`;
    draft = withProgressing(draft, progressing(actions, "True", "FoundNewReplicaSet", message));
  }
  if (draft !== deployment) actions.writeStatus(draft, draft.status);
  return { deployment: draft, replicaSet };
}

/** Creates the ReplicaSet of the template (sync.go getNewReplicaSet). */
export function createCurrent(
  actions: DeploymentActions,
  deployment: Deployment,
  old: readonly ReplicaSet[],
): Current {
  const revision = maxRevision(old) + 1;
  const wanted = newReplicaSetFor(deployment, old, revision);
  const { name } = wanted.metadata;
  let draft = withRevision(deployment, String(revision));
  let replicaSet: ReplicaSet;
  try {
    replicaSet = actions.createReplicaSet(wanted);
    tellCreated(actions, deployment, replicaSet, old, revision);
    if (hasProgressDeadline(draft)) {
      const message = `Created new replica set "${name}"`;
      draft = withProgressing(draft, progressing(actions, "True", "NewReplicaSetCreated", message));
    }
  } catch (error) {
    if (!isStatus(error)) throw error;
    replicaSet = resolveRefusal(actions, deployment, name, error);
  }
  if (draft !== deployment) actions.writeStatus(draft, draft.status);
  return { deployment: draft, replicaSet };
}

/** Why it could not be created: one of that name may exist, its own, or another by a collision of hashes. */
function resolveRefusal(
  actions: DeploymentActions,
  deployment: Deployment,
  name: string,
  refusal: Error,
): ReplicaSet {
  if (isStatus(refusal, "AlreadyExists")) {
    const key = `${deployment.metadata.namespace}/${name}`;
    const existing = actions.context.informers.of("replicasets").get(key);
    if (existing === undefined) throw refusal;
    const owned = controllerOf(existing)?.uid === deployment.metadata.uid;
    if (owned && equalIgnoringHash(deployment.spec.template, existing.spec.template)) {
      return existing;
    }
    const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
    actions.writeStatus(deployment, { ...deployment.status, collisionCount });
    throw refusal;
  }
  const message = `Failed to create new replica set "${name}": ${refusal.message}`;
  if (hasProgressDeadline(deployment)) {
    const condition = progressing(actions, "False", "ReplicaSetCreateError", message);
    actions.writeStatus(deployment, withCondition(deployment.status, condition));
  }
  actions.event(deployment, "Warning", "ReplicaSetCreateError", message);
  throw refusal;
}

function tellCreated(
  actions: DeploymentActions,
  deployment: Deployment,
  replicaSet: ReplicaSet,
  old: readonly ReplicaSet[],
  revision: number,
): void {
  const { name } = replicaSet.metadata;
  const replicas = replicasOf(replicaSet);
  actions.tell(deployment, {
    code: "deployment.new-replica-set",
    values: { replicaSet: name, revision },
    upstream: "pkg/controller/deployment/sync.go getNewReplicaSet",
  });
  if (replicas === 0) return;
  const message = `Scaled up replica set ${name} from 0 to ${replicas}`;
  actions.event(deployment, "Normal", "ScalingReplicaSet", message);
  // It has been created at the size to which it would have been scaled up from nothing.
  const empty = { ...replicaSet, spec: { ...replicaSet.spec, replicas: 0 } };
  const scales =
    deployment.spec.strategy?.type === "Recreate"
      ? scaleUpForRecreate(empty, replicas)
      : reconcileNewReplicaSet(deployment, empty, [...old, empty]).scale;
  for (const { reason } of scales) actions.tell(deployment, reason);
}

function progressing(
  { now }: DeploymentActions,
  status: "True" | "False",
  reason: string,
  message: string,
): WorkloadCondition {
  return deploymentCondition("Progressing", status, reason, message, now);
}

function withProgressing(deployment: Deployment, condition: WorkloadCondition): Deployment {
  return { ...deployment, status: withCondition(deployment.status, condition) };
}
