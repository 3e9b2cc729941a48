/* When the ReplicaSet of the template becomes the stable one (argo-rollouts rollout/sync.go). */
import type { AnalysisPhase, Rollout, RolloutStatus } from "../../api/types.ts";
import { availableOf, type Parts } from "./parts.ts";
import { desiredReplicas } from "./rollout.ts";
import { currentStep } from "./steps.ts";

/** Does the template go back to a revision that is young enough for its steps to be skipped (isRollbackWithinWindow)? */
export function isRollbackWithinWindow(
  { spec }: Rollout,
  { newRS, stableRS, all }: Parts,
): boolean {
  const revisions = spec.rollbackWindow?.revisions ?? 0;
  if (newRS === undefined || stableRS === undefined || revisions <= 0) return false;
  const created = ({ metadata }: { metadata: { creationTimestamp: string | null } }) =>
    metadata.creationTimestamp ?? "";
  if (created(newRS) >= created(stableRS)) return false;
  const between = all.filter(
    (rs) => created(rs) < created(stableRS) && created(newRS) < created(rs),
  );
  return between.length < revisions;
}

/** What the decision looks at besides the Rollout and its ReplicaSets. */
export interface PromotionFacts {
  readonly aborted: boolean;
  /** Phase of the analysis after the switch; undefined before there is one. */
  readonly postPromotion: AnalysisPhase | undefined;
  /** See SyncContext. */
  readonly isFastRollback: boolean;
}

/** Why the ReplicaSet of the template is to be the stable one; undefined: not yet (shouldFullPromote). */
export function fullPromotionReason(
  rollout: Rollout,
  status: RolloutStatus,
  parts: Parts,
  facts: PromotionFacts,
): string | undefined {
  if (parts.stableRS === undefined) return "Initial deploy";
  return rollout.spec.strategy.canary === undefined
    ? blueGreenReason(rollout, status, parts, facts)
    : canaryReason(rollout, parts, facts);
}

function canaryReason(
  rollout: Rollout,
  parts: Parts,
  { aborted }: PromotionFacts,
): string | undefined {
  if (aborted) return undefined;
  const { newRS } = parts;
  if (newRS === undefined || availableOf(newRS) !== desiredReplicas(rollout)) return undefined;
  if (rollout.status.promoteFull === true) return "Full promotion requested";
  if (isRollbackWithinWindow(rollout, parts)) return "Rollback within window";
  const steps = rollout.spec.strategy.canary?.steps?.length ?? 0;
  if (steps > 0 && currentStep(rollout).index !== steps) return undefined;
  return `Completed all ${steps} canary steps`;
}

function blueGreenReason(
  rollout: Rollout,
  status: RolloutStatus,
  parts: Parts,
  { aborted, postPromotion, isFastRollback }: PromotionFacts,
): string | undefined {
  const active = status.blueGreen?.activeSelector ?? "";
  if (active === "") return "Initial deploy";
  if (active !== status.currentPodHash) return undefined;
  if (rollout.status.promoteFull === true) return "Full promotion requested";
  if (isRollbackWithinWindow(rollout, parts)) return "Rollback within window";
  if (aborted) return undefined;
  if (rollout.spec.strategy.blueGreen?.postPromotionAnalysis !== undefined) {
    if (isFastRollback) {
      return `Rollback to '${parts.newRS!.metadata.name}' within scaleDownDelay`;
    }
    if (postPromotion !== "Successful") return undefined;
  }
  return "Completed blue-green update";
}
