import type { Pod, ReplicaSet } from "../../api/types.ts";
import { isPodFinished } from "../pod-status.ts";
import { actualReplicaCount, replicasOf } from "./replica-counts.ts";
import type { Scale } from "./scale-decision.ts";

const FILE = "pkg/controller/deployment/recreate.go";

/** All old ReplicaSets go to 0 at once (recreate.go scaleDownOldReplicaSetsForRecreate). */
export function scaleDownForRecreate(oldReplicaSets: readonly ReplicaSet[]): Scale[] {
  const upstream = `${FILE} scaleDownOldReplicaSetsForRecreate`;
  return oldReplicaSets
    .filter((replicaSet) => replicasOf(replicaSet) > 0)
    .map((replicaSet) => {
      const from = replicasOf(replicaSet);
      const values = { replicaSet: replicaSet.metadata.name, from, to: 0 };
      const reason = { code: "deployment.recreate-scale-down", values, upstream };
      return { replicaSet, to: 0, reason };
    });
}

/**
 * How many old pods keep Recreate waiting: all that have not ended, those being deleted too (recreate.go oldPodsRunning).
 * `podsByReplicaSet`: pods by the uid of their ReplicaSet.
 */
export function oldPodsRunning(
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
  podsByReplicaSet: ReadonlyMap<string, readonly Pod[]>,
): number {
  let running = 0;
  for (const [uid, pods] of podsByReplicaSet) {
    if (uid === newReplicaSet?.metadata.uid) continue;
    for (const pod of pods) if (!isPodFinished(pod)) running += 1;
  }
  return Math.max(running, actualReplicaCount(oldReplicaSets));
}

/** The new ReplicaSet goes to its full size at once (recreate.go scaleUpNewReplicaSetForRecreate). */
export function scaleUpForRecreate(newReplicaSet: ReplicaSet, desired: number): Scale[] {
  if (replicasOf(newReplicaSet) === desired) return [];
  const values = { replicaSet: newReplicaSet.metadata.name, to: desired };
  const upstream = `${FILE} scaleUpNewReplicaSetForRecreate`;
  const reason = { code: "deployment.recreate-create", values, upstream };
  return [{ replicaSet: newReplicaSet, to: desired, reason }];
}
