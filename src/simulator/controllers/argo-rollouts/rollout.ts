/* What a Rollout says where its manifest says nothing, and the names that Argo Rollouts writes (argo-rollouts utils/defaults, pkg/apis). */
import type { PodTemplateSpec, ReplicaSet, Rollout } from "../../api/types.ts";
import { resolveFenceposts, scaledValue } from "../deployment/fenceposts.ts";

export type {
  CanaryStep,
  CanaryStrategy,
  Rollout,
  RolloutStatus,
  SetCanaryScale,
  TrafficWeights,
} from "../../api/types.ts";

/** Label that tells a Rollout's ReplicaSets apart (v1alpha1 DefaultRolloutUniqueLabelKey). */
export const ROLLOUTS_POD_TEMPLATE_HASH = "rollouts-pod-template-hash";
/** Annotation of a Service with the name of the Rollout that switches its selector (v1alpha1 ManagedByRolloutsKey). */
export const MANAGED_BY_ROLLOUTS = "argo-rollouts.argoproj.io/managed-by-rollouts";
/** Annotation of a ReplicaSet with the time from which it may lose its pods (v1alpha1 DefaultReplicaSetScaleDownDeadlineAnnotationKey). */
export const SCALE_DOWN_DEADLINE = "scale-down-deadline";

const MAX_INT32 = 2147483647;

/** Hash of a ReplicaSet's template (utils/replicaset GetPodTemplateHash). */
export function podTemplateHash(replicaSet: ReplicaSet): string {
  return replicaSet.metadata.labels?.[ROLLOUTS_POD_TEMPLATE_HASH] ?? "";
}

/** Its template; an empty one where the manifest has none. */
export function templateOf({ spec }: Rollout): PodTemplateSpec {
  return spec.template ?? { spec: { containers: [] } };
}

/** spec.replicas of a Rollout (utils/defaults GetReplicasOrDefault). */
export function desiredReplicas({ spec }: Rollout): number {
  return spec.replicas ?? 1;
}

/** The weight that stands for all traffic (utils/weightutil MaxTrafficWeight). */
export function maxTrafficWeight({ spec }: Rollout): number {
  return spec.strategy.canary?.trafficRouting?.maxTrafficWeight ?? 100;
}

/** Is the template's ReplicaSet the one that was promoted last (utils/rollout IsFullyPromoted)? */
export function isFullyPromoted({ status }: Rollout): boolean {
  return (status.stableRS ?? "") === (status.currentPodHash ?? "");
}

/** GetProgressDeadlineSecondsOrDefault */
export function progressDeadlineSeconds({ spec }: Rollout): number {
  return spec.progressDeadlineSeconds ?? 600;
}

/** GetRevisionHistoryLimitOrDefault */
export function revisionHistoryLimit({ spec }: Rollout): number {
  return spec.revisionHistoryLimit ?? 10;
}

/** How long a ReplicaSet keeps its pods after the traffic has left it (GetScaleDownDelaySecondsOrDefault). */
export function scaleDownDelaySeconds({ spec }: Rollout): number {
  const { blueGreen, canary } = spec.strategy;
  if (blueGreen !== undefined) return blueGreen.scaleDownDelaySeconds ?? 30;
  return canary?.trafficRouting === undefined ? 0 : (canary.scaleDownDelaySeconds ?? 30);
}

/** How many ReplicaSets may wait for their deadline at a time (bluegreen.go GetScaleDownRevisionLimit). */
export function scaleDownRevisionLimit({ spec }: Rollout): number {
  const { blueGreen, canary } = spec.strategy;
  return blueGreen?.scaleDownDelayRevisionLimit ?? canary?.scaleDownDelayRevisionLimit ?? MAX_INT32;
}

/**
 * How long the canary or preview keeps its pods after an abort; undefined: for ever, which 0 stands for (GetAbortScaleDownDelaySecondsOrDefault).
 * `wasSet`: the manifest says so.
 */
export function abortScaleDownDelay({ spec }: Rollout): { seconds?: number; wasSet: boolean } {
  const { blueGreen, canary } = spec.strategy;
  const given = (blueGreen ?? canary)?.abortScaleDownDelaySeconds;
  if (given === 0) return { wasSet: true };
  return { seconds: given ?? 30, wasSet: given !== undefined };
}

/** maxSurge and maxUnavailable where the manifest has none (utils/defaults). */
const DEFAULT_FENCEPOST = "25%";

/** How many pods a canary may have above spec.replicas; none for blue-green (utils/replicaset MaxSurge). */
export function maxSurge(rollout: Rollout): number {
  return canaryFenceposts(rollout)?.surge ?? 0;
}

/** How many pods may be missing, never more than there are (utils/replicaset MaxUnavailable). */
export function maxUnavailable(rollout: Rollout): number {
  const replicas = desiredReplicas(rollout);
  const { canary, blueGreen } = rollout.spec.strategy;
  const wanted =
    canary === undefined
      ? scaledValue(blueGreen?.maxUnavailable ?? DEFAULT_FENCEPOST, replicas, false)
      : canaryFenceposts(rollout)?.unavailable;
  return Math.min(wanted ?? 0, replicas);
}

function canaryFenceposts(rollout: Rollout) {
  const { canary } = rollout.spec.strategy;
  if (canary === undefined) return undefined;
  return resolveFenceposts(
    canary.maxSurge ?? DEFAULT_FENCEPOST,
    canary.maxUnavailable ?? DEFAULT_FENCEPOST,
    desiredReplicas(rollout),
  );
}
