import type { Deployment, LabelSelector, NewObject, ReplicaSet } from "../../api/types.ts";
import { controllerRef } from "../controller-ref.ts";
import { newReplicaSetReplicas } from "./fenceposts.ts";
import { POD_TEMPLATE_HASH, podTemplateHash } from "./pod-template-hash.ts";
import { newReplicaSetAnnotations, REVISION, withReplicasOf } from "./revisions.ts";

/** Longest name of an object, as a DNS subdomain, less the dash (deployment/util generateReplicaSetName). */
const MAX_NAME = 253;

/**
 * The ReplicaSet for a Deployment's template, as large as it may be now: `web-5958b5bcc6` with that hash in its labels, its selector and
 * its pods' labels (deployment/sync.go getNewReplicaSet).
 */
export function newReplicaSetFor(
  deployment: Deployment,
  oldReplicaSets: readonly ReplicaSet[],
  revision: number,
): NewObject<ReplicaSet> & { readonly metadata: { readonly name: string } } {
  const { name, namespace } = deployment.metadata;
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = podTemplateHash(template, deployment.status.collisionCount);
  const labels = { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash };
  const empty = {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: replicaSetName(name, hash),
      namespace,
      labels,
      annotations: withReplicasOf(deployment, newReplicaSetAnnotations(deployment, {}, revision)),
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas: 0,
      minReadySeconds,
      selector: withLabel(selector, hash),
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  };
  const replicas = newReplicaSetReplicas(
    deployment,
    oldReplicaSets,
    empty as unknown as ReplicaSet,
  );
  return { ...empty, spec: { ...empty.spec, replicas } };
}

/** The Deployment at a revision; the same object when it stands there already (deployment/util SetDeploymentRevision). */
export function withRevision(deployment: Deployment, revision: string): Deployment {
  const { annotations } = deployment.metadata;
  if (annotations?.[REVISION] === revision) return deployment;
  const metadata = {
    ...deployment.metadata,
    annotations: { ...annotations, [REVISION]: revision },
  };
  return { ...deployment, metadata };
}

function replicaSetName(deployment: string, hash: string): string {
  return `${deployment.slice(0, MAX_NAME - 1 - hash.length)}-${hash}`;
}

function withLabel(selector: LabelSelector, hash: string): LabelSelector {
  return { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } };
}
