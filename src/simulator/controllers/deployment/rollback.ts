import type { Deployment, ReplicaSet } from "../../api/types.ts";
import { equalIgnoringHash, withoutHash } from "./pod-template-hash.ts";
import { lastRevision, NOT_COPIED, revisionOf, ROLLBACK_TO } from "./revisions.ts";

/** What a request for a rollback comes to: the Deployment without the request, and what to tell. */
export interface Rollback {
  readonly deployment: Deployment;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/**
 * Carries out the annotation `deprecated.deployment.rollback.to` (deployment/rollback.go rollback). Undefined: none is asked for. kubectl
 * undoes a rollout by itself with `templateOf`.
 */
export function rollback(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): Rollback | undefined {
  const asked = deployment.metadata.annotations?.[ROLLBACK_TO];
  if (asked === undefined || !/^[+-]?\d+$/.test(asked)) return undefined;
  const { [ROLLBACK_TO]: _asked, ...annotations } = deployment.metadata.annotations!;
  const cleared = { ...deployment, metadata: { ...deployment.metadata, annotations } };
  const revision = Number(asked) === 0 ? lastRevision(replicaSets) : Number(asked);
  const notFound = (message: string): Rollback => ({
    deployment: cleared,
    type: "Warning",
    reason: "DeploymentRollbackRevisionNotFound",
    message,
  });
  if (revision === 0) return notFound("Unable to find last revision.");
  const target = replicaSets.find((rs) => revisionOf(rs.metadata.annotations) === revision);
  if (target === undefined) return notFound("Unable to find the revision to rollback to.");
  const name = deployment.metadata.name;
  if (equalIgnoringHash(deployment.spec.template, target.spec.template)) {
    return {
      deployment: cleared,
      type: "Warning",
      reason: "DeploymentRollbackTemplateUnchanged",
      message: `The rollback revision contains the same template as current deployment "${name}"`,
    };
  }
  return {
    deployment: rolledBack(cleared, target),
    type: "Normal",
    reason: "DeploymentRollback",
    message: `Rolled back deployment "${name}" to revision ${revision}`,
  };
}

/** The pod template of a ReplicaSet as a Deployment has it (deployment/util SetFromReplicaSetTemplate). */
export function templateOf(replicaSet: ReplicaSet): Deployment["spec"]["template"] {
  return withoutHash(replicaSet.spec.template);
}

function rolledBack(deployment: Deployment, target: ReplicaSet): Deployment {
  const annotations = annotationsFrom(deployment, target);
  return {
    ...deployment,
    metadata: { ...deployment.metadata, annotations },
    spec: { ...deployment.spec, template: templateOf(target) },
  };
}

/** The ReplicaSet's annotations, and of the Deployment's own those that ReplicaSets do not get (SetDeploymentAnnotationsTo). */
function annotationsFrom(deployment: Deployment, target: ReplicaSet): Record<string, string> {
  const kept = Object.entries(deployment.metadata.annotations ?? {});
  const taken = Object.entries(target.metadata.annotations ?? {});
  return Object.fromEntries([
    ...kept.filter(([key]) => NOT_COPIED.includes(key)),
    ...taken.filter(([key]) => !NOT_COPIED.includes(key)),
  ]);
}
