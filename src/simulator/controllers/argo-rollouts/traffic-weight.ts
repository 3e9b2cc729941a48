/* What share of the traffic the canary is to have now, where a router splits it (argo-rollouts rollout/trafficrouting.go). */
import type { ReplicaSet, Rollout, TrafficWeights } from "../../api/types.ts";
import { atDesiredReplicaCounts } from "./canary.ts";
import { currentSetWeight } from "./canary-steps.ts";
import { availableOf, type Parts } from "./parts.ts";
import { desiredReplicas, isFullyPromoted, maxTrafficWeight, podTemplateHash } from "./rollout.ts";
import { currentStep } from "./steps.ts";

/**
 * The hash that the canary's weight goes to while a rollout with dynamicStableScale is on its way back to its stable template, whose pods are
 * not all there yet; undefined when it is not (rollout/canary.go isDynamicallyRollingBackToStable).
 */
export function isDynamicallyRollingBack(
  rollout: Rollout,
  newRS: ReplicaSet | undefined,
): string | undefined {
  const { canary } = rollout.spec.strategy;
  const weights = rollout.status.canary?.weights;
  if (!isFullyPromoted(rollout) || weights === undefined || newRS === undefined) return undefined;
  if (canary?.trafficRouting === undefined || canary.dynamicStableScale !== true) return undefined;
  const weighted = weights.canary.podTemplateHash ?? "";
  if (weighted === podTemplateHash(newRS)) return undefined;
  return availableOf(newRS) < desiredReplicas(rollout) ? weighted : undefined;
}

/** The canary's share now, and the hash of the pods that get it. */
export interface DesiredWeight {
  readonly weight: number;
  readonly canaryHash: string;
}

/** Which share the router is to be told (reconcileTrafficRouting). */
export function desiredWeight(rollout: Rollout, parts: Parts, aborted: boolean): DesiredWeight {
  const { newRS } = parts;
  const canaryHash = newRS === undefined ? "" : podTemplateHash(newRS);
  const rollingBack = isDynamicallyRollingBack(rollout, newRS);
  if (rollingBack !== undefined) {
    return { weight: weightOnTheWayBack(rollout, parts), canaryHash: rollingBack };
  }
  if (isFullyPromoted(rollout)) return { weight: 0, canaryHash };
  if (aborted) return { weight: weightOnTheWayBack(rollout, parts), canaryHash };
  return { weight: weightOnTheWayForward(rollout, parts), canaryHash };
}

/** Forward the traffic follows the steps, once the pods that a step needs are there. */
function weightOnTheWayForward(rollout: Rollout, parts: Parts): number {
  const { newRS, stableRS, other } = parts;
  const most = maxTrafficWeight(rollout);
  const { canary } = rollout.spec.strategy;
  const told = rollout.status.canary?.weights?.canary.weight;
  if (newRS === undefined || availableOf(newRS) === 0) return 0;
  if (rollout.status.promoteFull === true) {
    if (canary?.dynamicStableScale !== true) return told ?? 0;
    return Math.floor((most * availableOf(newRS)) / desiredReplicas(rollout));
  }
  const { index } = currentStep(rollout);
  if (index === undefined) return 0;
  const steps = canary?.steps ?? [];
  const sets = { newRS, olderRSs: other, ...(stableRS === undefined ? {} : { stableRS }) };
  if (!atDesiredReplicaCounts(rollout, sets)) {
    return steps.slice(0, index).findLast((s) => s.setWeight !== undefined)?.setWeight ?? 0;
  }
  return index < steps.length ? currentSetWeight(rollout) : most;
}

/** Back to stable: at once when it is whole; else as far as it can take it, and never up again (calculateDesiredWeightOnAbortOrStableRollback). */
function weightOnTheWayBack(rollout: Rollout, { stableRS }: Parts): number {
  if (rollout.spec.strategy.canary?.dynamicStableScale !== true) return 0;
  const most = maxTrafficWeight(rollout);
  const carried = Math.floor((most * availableOf(stableRS)) / desiredReplicas(rollout));
  const told = rollout.status.canary?.weights?.canary.weight;
  return Math.min(most - carried, told ?? most);
}

/** What the status is to say of the weights (calculateWeightStatus). */
export function weightStatus(
  rollout: Rollout,
  { stableRS }: Parts,
  { weight, canaryHash }: DesiredWeight,
): TrafficWeights {
  const { canaryService, stableService } = rollout.spec.strategy.canary ?? {};
  const destination = (share: number, hash: string, serviceName: string | undefined) => ({
    weight: share,
    ...(serviceName ? { serviceName } : {}),
    ...(hash === "" ? {} : { podTemplateHash: hash }),
  });
  const stableHash = stableRS === undefined ? "" : podTemplateHash(stableRS);
  return {
    canary: destination(weight, canaryHash, canaryService),
    stable: destination(maxTrafficWeight(rollout) - weight, stableHash, stableService),
  };
}
