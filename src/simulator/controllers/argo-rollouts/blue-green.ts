import type { ReplicaSet } from "../../api/types.ts";
import { desiredReplicas, podTemplateHash, type Rollout } from "./rollout.ts";

/**
 * How many pods the new ReplicaSet of a blue-green rollout is to have (argo-rollouts utils/replicaset/replicaset.go NewRSNewReplicas). With
 * previewReplicaCount it starts small, for the preview, and gets its full size when the pause before promotion is over.
 *
 * @param all every ReplicaSet of the rollout, among them the one that has the traffic
 */
export function newBlueGreenReplicas(
  rollout: Rollout,
  all: readonly ReplicaSet[],
  newRS: ReplicaSet,
): number {
  const { spec, status } = rollout;
  const full = desiredReplicas(rollout);
  const preview = spec.strategy.blueGreen?.previewReplicaCount;
  if (preview === undefined || status.promoteFull === true) return full;
  const active = all.find((rs) => podTemplateHash(rs) === status.blueGreen?.activeSelector);
  const hasTraffic = active === undefined || active.metadata.name === newRS.metadata.name;
  if (hasTraffic) return full;
  // What status says of pauses and checkpoints is about the template before this one.
  if (podTemplateHash(newRS) !== status.currentPodHash) return preview;
  const paused = spec.paused === true || (status.pauseConditions ?? []).length > 0;
  return !paused && status.blueGreen?.scaleUpPreviewCheckPoint === true ? full : preview;
}
