/* The ReplicaSets of a Rollout by their part in it (argo-rollouts utils/replicaset). */
import { setPodTemplateDefaults } from "../../api/defaults/pod.ts";
import { deepEqual } from "../../api/server.ts";
import type { PodTemplateSpec, ReplicaSet, Rollout } from "../../api/types.ts";
import { podTemplateHash as hashOf } from "../deployment/pod-template-hash.ts";
import { byCreation } from "../deployment/replica-counts.ts";
import {
  podTemplateHash,
  ROLLOUTS_POD_TEMPLATE_HASH,
  SCALE_DOWN_DEADLINE,
  templateOf,
} from "./rollout.ts";
import { revisionOf } from "./revisions.ts";

export interface Parts {
  readonly all: readonly ReplicaSet[];
  /** The one of the template; undefined before it is created. */
  readonly newRS: ReplicaSet | undefined;
  /** The one that was promoted last. */
  readonly stableRS: ReplicaSet | undefined;
  /** All but the new one. */
  readonly older: readonly ReplicaSet[];
  /** Neither new nor stable. */
  readonly other: readonly ReplicaSet[];
}

/** Tells the ReplicaSets apart (FindNewReplicaSet, GetStableRS, FindOldReplicaSets, GetOtherRSs). */
export function partsOf(rollout: Rollout, replicaSets: readonly ReplicaSet[]): Parts {
  const all = replicaSets.toSorted(byCreation);
  const newRS = byHash(all, templateHash(rollout)) ?? byTemplate(all, rollout);
  const stableRS = byHash(all, rollout.status.stableRS ?? "");
  const older = all.filter((rs) => rs !== newRS);
  return { all, newRS, stableRS, older, other: older.filter((rs) => rs !== stableRS) };
}

/**
 * A Rollout, as a custom resource, does not get the defaults that its ReplicaSets' templates have. So after an undo, which writes such a template
 * into it, the hash is another one, and the templates have to be compared with their defaults (FindNewReplicaSet, PodTemplateEqualIgnoreHash).
 */
function byTemplate(replicaSets: readonly ReplicaSet[], rollout: Rollout): ReplicaSet | undefined {
  if (replicaSets.length === 0) return undefined;
  const wanted = comparable(templateOf(rollout));
  return replicaSets.find((rs) => deepEqual(comparable(rs.spec.template), wanted));
}

function comparable(template: PodTemplateSpec) {
  const { metadata, spec } = setPodTemplateDefaults(template);
  const { [ROLLOUTS_POD_TEMPLATE_HASH]: _hash, ...labels } = metadata?.labels ?? {};
  return { labels, annotations: metadata?.annotations ?? {}, spec };
}

/** The hash that the Rollout's template has (utils/hash ComputePodTemplateHash). */
export function templateHash(rollout: Rollout): string {
  return hashOf(templateOf(rollout), rollout.status.collisionCount);
}

/** GetReplicaSetByTemplateHash */
export function byHash(
  replicaSets: readonly ReplicaSet[],
  hash: string | undefined,
): ReplicaSet | undefined {
  return hash ? replicaSets.find((rs) => podTemplateHash(rs) === hash) : undefined;
}

/** Highest revision first (ReplicaSetsByRevisionNumber, reversed). */
export function byRevisionDescending(a: ReplicaSet, b: ReplicaSet): number {
  return revisionOf(b) - revisionOf(a) || byCreation(b, a);
}

/** spec.replicas. */
export function replicasOf(replicaSet: ReplicaSet | undefined): number {
  return replicaSet === undefined ? 0 : (replicaSet.spec.replicas ?? 1);
}

/** status.availableReplicas. */
export function availableOf(replicaSet: ReplicaSet | undefined): number {
  return replicaSet?.status.availableReplicas ?? 0;
}

/** Does the ReplicaSet wait to lose its pods (HasScaleDownDeadline)? */
export function scaleDownDeadline(replicaSet: ReplicaSet | undefined): string | undefined {
  return replicaSet?.metadata.annotations?.[SCALE_DOWN_DEADLINE] || undefined;
}
