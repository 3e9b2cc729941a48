/* `undo`: the template of an earlier revision (argo-rollouts pkg/kubectl-argo-rollouts/cmd/undo). Pure. */
import { controllerOf, deepEqual, type ReplicaSet, type Rollout } from "../../simulator/index.ts";
import type { Change } from "./changes.ts";
import { ArgoError } from "./client.ts";

const REVISION = "rollout.argoproj.io/revision";
const HASH = "rollouts-pod-template-hash";

/** Number of the update that a Rollout or ReplicaSet stands at; 0 without one. */
export function revisionOf({ metadata }: ReplicaSet | Rollout): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

/** The Rollout's ReplicaSets. */
export function ownedBy<T extends ReplicaSet>({ metadata }: Rollout, all: readonly T[]): T[] {
  return all.filter((object) => controllerOf(object)?.uid === metadata.uid);
}

/** The change, or undefined when the template is that one already. `toRevision` 0: the one before the last. */
export function undo(
  rollout: Rollout,
  replicaSets: readonly ReplicaSet[],
  toRevision: number,
): Change | undefined {
  const template = templateOfRevision(rollout, replicaSets, toRevision);
  if (deepEqual(withoutHash(rollout.spec.template), template)) return undefined;
  return { spec: { ...rollout.spec, template: template! } };
}

function templateOfRevision(
  rollout: Rollout,
  replicaSets: readonly ReplicaSet[],
  toRevision: number,
): Rollout["spec"]["template"] {
  const newestFirst = ownedBy(rollout, replicaSets).toSorted(
    (a, b) => revisionOf(b) - revisionOf(a),
  );
  if (toRevision > 0) {
    const found = newestFirst.find((rs) => revisionOf(rs) === toRevision);
    if (found !== undefined) return withoutHash(found.spec.template);
    throw new ArgoError(`unable to find specified revision ${toRevision} in history`);
  }
  const previous = newestFirst[1];
  if (previous === undefined) {
    throw new ArgoError(`no revision found for rollout "${rollout.metadata.name}"`);
  }
  return withoutHash(previous.spec.template);
}

function withoutHash(template: Rollout["spec"]["template"]): Rollout["spec"]["template"] {
  const { [HASH]: _hash, ...labels } = template?.metadata?.labels ?? {};
  return template && { ...template, metadata: { ...template.metadata, labels } };
}
