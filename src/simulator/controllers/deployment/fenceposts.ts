import type { Deployment, IntOrString, ReplicaSet } from "../../api/types.ts";
import { replicaCount, replicasOf } from "./replica-counts.ts";

/** maxSurge and maxUnavailable in pods. */
export interface Fenceposts {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * A number of pods from a number or a percentage of `total` (apimachinery util/intstr GetScaledValueFromIntOrPercent). Undefined when it is
 * neither.
 */
export function scaledValue(
  value: IntOrString,
  total: number,
  roundUp: boolean,
): number | undefined {
  if (typeof value === "number") return value;
  if (!/^[+-]?\d+%$/.test(value)) return undefined;
  const pods = (Number(value.slice(0, -1)) * total) / 100;
  return roundUp ? Math.ceil(pods) : Math.floor(pods);
}

/**
 * maxSurge rounds up, maxUnavailable rounds down; where both come to 0 nothing could move, so one pod may be unavailable
 * (deployment/util ResolveFenceposts). Undefined when one of them is neither a number nor a percentage.
 */
export function resolveFenceposts(
  maxSurge: IntOrString | undefined,
  maxUnavailable: IntOrString | undefined,
  desired: number,
): Fenceposts | undefined {
  const surge = scaledValue(maxSurge ?? 0, desired, true);
  const unavailable = scaledValue(maxUnavailable ?? 0, desired, false);
  if (surge === undefined || unavailable === undefined) return undefined;
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** spec.replicas of a Deployment. */
export function desiredReplicas(deployment: Deployment): number {
  return deployment.spec.replicas ?? 1;
}

/** IsRollingUpdate */
export function isRollingUpdate({ spec }: Deployment): boolean {
  return (spec.strategy?.type ?? "RollingUpdate") === "RollingUpdate";
}

/** How many pods may be unavailable; 0 for Recreate and for no replicas, never more than there are (MaxUnavailable). */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

/** How many pods must stay available during a rolling update (MinAvailable). */
export function minAvailable(deployment: Deployment): number {
  if (!isRollingUpdate(deployment)) return 0;
  return desiredReplicas(deployment) - maxUnavailable(deployment);
}

/** How many pods there may be beyond spec.replicas (MaxSurge). */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** spec.replicas that the new ReplicaSet should have next (NewRSNewReplicas). */
export function newReplicaSetReplicas(
  deployment: Deployment,
  allReplicaSets: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet,
): number {
  const desired = desiredReplicas(deployment);
  if (!isRollingUpdate(deployment)) return desired;
  const room = desired + maxSurge(deployment) - replicaCount(allReplicaSets);
  const current = replicasOf(newReplicaSet);
  if (room <= 0) return current;
  return current + Math.min(room, desired - current);
}

const known = new WeakMap<Deployment["spec"], Fenceposts>();

/** Those of a Deployment, worked out once for a spec: a sync asks again and again. */
function fenceposts({ spec }: Deployment): Fenceposts {
  let posts = known.get(spec);
  if (posts === undefined) {
    const { maxSurge: surge, maxUnavailable: unavailable } = spec.strategy?.rollingUpdate ?? {};
    posts = resolveFenceposts(surge, unavailable, spec.replicas ?? 1);
    known.set(spec, (posts ??= { surge: 0, unavailable: 0 }));
  }
  return posts;
}
