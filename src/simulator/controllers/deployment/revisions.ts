import type { Deployment, ReplicaSet } from "../../api/types.ts";
import { desiredReplicas, maxSurge } from "./fenceposts.ts";
import { byCreation, replicasOf } from "./replica-counts.ts";

/** Number of the rollout that a Deployment or ReplicaSet stands at. */
export const REVISION = "deployment.kubernetes.io/revision";
/** Earlier revisions of a ReplicaSet that was rolled back to, separated by commas. */
export const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
/** spec.replicas of the Deployment when it last scaled the ReplicaSet. */
export const DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
/** The same plus maxSurge. */
export const MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";
/** Old way to ask for a rollback; the value is a revision, 0 for the last one. */
export const ROLLBACK_TO = "deprecated.deployment.rollback.to";
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Annotations of a Deployment that its ReplicaSets do not get (deployment/util annotationsToSkip). */
export const NOT_COPIED: readonly string[] = [
  LAST_APPLIED,
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  ROLLBACK_TO,
];

/** Longest revision history in characters (deployment/sync.go maxRevHistoryLengthInChars). */
const MAX_HISTORY_LENGTH = 2000;

/** No limit to the history (math.MaxInt32). */
export const UNLIMITED = 2147483647;

export type Annotations = Readonly<Record<string, string>>;

/** The revision of an object, 0 without one; undefined when it is not a number (deployment/util Revision). */
export function revisionOf(annotations: Annotations | undefined): number | undefined {
  const text = annotations?.[REVISION];
  if (text === undefined) return 0;
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The highest revision (deployment/util MaxRevision). */
export function maxRevision(replicaSets: readonly ReplicaSet[]): number {
  return replicaSets.reduce(
    (max, rs) => Math.max(max, revisionOf(rs.metadata.annotations) ?? 0),
    0,
  );
}

/** The second highest revision, 0 when there is none (deployment/util LastRevision). */
export function lastRevision(replicaSets: readonly ReplicaSet[]): number {
  let [max, second] = [0, 0];
  for (const { metadata } of replicaSets) {
    const revision = revisionOf(metadata.annotations) ?? 0;
    if (revision >= max) [max, second] = [revision, max];
    else if (revision > second) second = revision;
  }
  return second;
}

/** A value from an annotation, or what is wrong with it (deployment/util getNonNegativeInt32FromAnnotationVerbose). */
export function nonNegativeInt32(text: string | undefined): { value: number; error?: string } {
  if (text === undefined) return { value: 0, error: "not set" };
  if (!/^\+?\d+$/.test(text)) return { value: 0, error: `parsing "${text}": invalid syntax` };
  const value = Number(text);
  if (value > UNLIMITED) return { value: 0, error: `parsing "${text}": value out of range` };
  return { value };
}

/** The annotations with desired-replicas and max-replicas; the same object when they hold them already (SetReplicasAnnotations). */
export function withReplicas(annotations: Annotations, desired: number, max: number): Annotations {
  const [wantedDesired, wantedMax] = [String(desired), String(max)];
  if (annotations[DESIRED_REPLICAS] === wantedDesired && annotations[MAX_REPLICAS] === wantedMax) {
    return annotations;
  }
  return { ...annotations, [DESIRED_REPLICAS]: wantedDesired, [MAX_REPLICAS]: wantedMax };
}

/** The same for the present size of a Deployment. */
export function withReplicasOf(deployment: Deployment, annotations: Annotations): Annotations {
  const desired = desiredReplicas(deployment);
  return withReplicas(annotations, desired, desired + maxSurge(deployment));
}

/**
 * Annotations of the new ReplicaSet at a revision: the Deployment's, the revision, and the earlier revisions if it is rolled back to. The
 * same object when nothing changes (deployment/util SetNewReplicaSetAnnotations, for a ReplicaSet that exists).
 */
export function newReplicaSetAnnotations(
  deployment: Deployment,
  current: Annotations,
  revision: number,
  maxHistoryLength = MAX_HISTORY_LENGTH,
): Annotations {
  const copied = copyAnnotations(deployment.metadata.annotations ?? {}, current);
  const old = revisionOf(current[REVISION] === "" ? {} : current);
  if (old === undefined) return current;
  if (old >= revision) return copied;
  const next = { ...copied, [REVISION]: String(revision) };
  if (current[REVISION] === undefined) return next;
  const history = appendRevision(current[REVISION_HISTORY], current[REVISION], maxHistoryLength);
  return history === undefined ? next : { ...next, [REVISION_HISTORY]: history };
}

function copyAnnotations(from: Annotations, to: Annotations): Annotations {
  let next = to;
  for (const [key, value] of Object.entries(from)) {
    if (!NOT_COPIED.includes(key) && to[key] !== value) next = { ...next, [key]: value };
  }
  return next;
}

/** The history with one more revision; the oldest ones go where it becomes too long. Undefined: not even that one fits. */
function appendRevision(
  history: string | undefined,
  revision: string,
  maxLength: number,
): string | undefined {
  if (!history) return revision;
  const revisions = history.split(",");
  let length = history.length + revision.length + 1;
  let start = 0;
  while (length > maxLength && start < revisions.length) {
    length -= revisions[start]!.length + 1;
    start += 1;
  }
  if (length > maxLength) return undefined;
  return [...revisions.slice(start), revision].join(",");
}

/**
 * Old ReplicaSets beyond revisionHistoryLimit, lowest revision first; of these only the ones without pods, and the others are not made up
 * for (deployment/sync.go cleanupDeployment).
 */
export function replicaSetsToCleanUp(
  oldReplicaSets: readonly ReplicaSet[],
  limit: number | undefined,
): ReplicaSet[] {
  if (limit === undefined || limit === UNLIMITED) return [];
  const alive = oldReplicaSets.filter((rs) => rs.metadata.deletionTimestamp === undefined);
  const surplus = Math.max(0, alive.length - limit);
  return alive
    .toSorted(byRevision)
    .slice(0, surplus)
    .filter(
      (rs) =>
        replicasOf(rs) === 0 &&
        rs.status.replicas === 0 &&
        (rs.metadata.generation ?? 0) <= (rs.status.observedGeneration ?? 0),
    );
}

/** ReplicaSetsByRevision */
function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  const [left, right] = [a, b].map((rs) => revisionOf(rs.metadata.annotations) ?? 0);
  return left! - right! || byCreation(a, b);
}
