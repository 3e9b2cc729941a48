import type { KubernetesObject, ReplicaSet, Rollout } from "../../api/types.ts";
import { desiredReplicas, SCALE_DOWN_DEADLINE } from "./rollout.ts";

/** Number of the update that a Rollout or ReplicaSet stands at (argo-rollouts utils/annotations). */
export const REVISION = "rollout.argoproj.io/revision";
const REVISION_HISTORY = "rollout.argoproj.io/revision-history";
const DESIRED_REPLICAS = "rollout.argoproj.io/desired-replicas";
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

const NOT_COPIED: readonly string[] = [
  LAST_APPLIED,
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  SCALE_DOWN_DEADLINE,
];

type Annotations = Readonly<Record<string, string>>;

/** The revision of an object, 0 without one (utils/replicaset Revision). */
export function revisionOf({ metadata }: KubernetesObject): number {
  const value = Number(metadata.annotations?.[REVISION] ?? 0);
  return Number.isInteger(value) ? value : 0;
}

/** The highest revision (MaxRevision). */
export function maxRevision(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce((max, rs) => Math.max(max, revisionOf(rs)), 0);
}

/** spec.replicas of the Rollout when it last scaled the ReplicaSet; undefined without the annotation (GetDesiredReplicasAnnotation). */
export function desiredAnnotation({ metadata }: ReplicaSet): number | undefined {
  const text = metadata.annotations?.[DESIRED_REPLICAS];
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

/** The annotations with the Rollout's size; the same object when they have it (SetReplicasAnnotations). */
export function withDesired(rollout: Rollout, annotations: Annotations): Annotations {
  const wanted = String(desiredReplicas(rollout));
  if (annotations[DESIRED_REPLICAS] === wanted) return annotations;
  return { ...annotations, [DESIRED_REPLICAS]: wanted };
}

/**
 * Annotations of the ReplicaSet of the template at a revision: the Rollout's own, the revision, and the earlier ones that it had. The same
 * object when nothing changes (SetNewReplicaSetAnnotations).
 */
export function newAnnotations(
  rollout: Rollout,
  current: Annotations,
  revision: number,
): Annotations {
  let next = current;
  for (const [key, value] of Object.entries(rollout.metadata.annotations ?? {})) {
    if (!NOT_COPIED.includes(key) && next[key] !== value) next = { ...next, [key]: value };
  }
  const old = Number(current[REVISION] ?? 0);
  if (old >= revision) return next;
  next = { ...next, [REVISION]: String(revision) };
  if (current[REVISION] === undefined) return next;
  const history = current[REVISION_HISTORY];
  const revisions = history ? `${history},${current[REVISION]}` : current[REVISION];
  return { ...next, [REVISION_HISTORY]: revisions };
}

/** Has it all pods of the Rollout's size, and are they available (utils/annotations IsSaturated)? */
export function isSaturated(rollout: Rollout, replicaSet: ReplicaSet | undefined): boolean {
  if (replicaSet === undefined) return false;
  const wanted = desiredReplicas(rollout);
  return (
    desiredAnnotation(replicaSet) === wanted &&
    (replicaSet.spec.replicas ?? 1) === wanted &&
    (replicaSet.status.availableReplicas ?? 0) === wanted
  );
}
