import { byCreation } from "../deployment/replica-counts.ts";
import { podTemplateHash, revisionHistoryLimit, ROLLOUTS_POD_TEMPLATE_HASH } from "./rollout.ts";
import type { SyncContext } from "./sync-context.ts";

/**
 * Deletes the oldest ReplicaSets beyond revisionHistoryLimit, of these those without pods, with their AnalysisRuns
 * (argo-rollouts rollout/sync.go reconcileRevisionHistoryLimit).
 */
export function cleanUpHistory(sync: SyncContext): void {
  const alive = sync.parts.other.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const surplus = alive.length - revisionHistoryLimit(sync.rollout);
  if (surplus <= 0) return;
  for (const replicaSet of alive.toSorted(byCreation).slice(0, surplus)) {
    const { metadata, spec, status } = replicaSet;
    const isSeen = (metadata.generation ?? 0) <= (status.observedGeneration ?? 0);
    if (status.replicas !== 0 || spec.replicas !== 0 || !isSeen) continue;
    sync.actions.deleteReplicaSet(replicaSet);
    const hash = podTemplateHash(replicaSet);
    for (const run of sync.otherRuns) {
      if (run.metadata.labels?.[ROLLOUTS_POD_TEMPLATE_HASH] === hash) {
        sync.actions.deleteAnalysisRun(run);
      }
    }
  }
}
