import type { Pod, PodTemplateSpec, StatefulSet } from "../../api/types.ts";
import { ordinalOf, startOrdinal } from "./identity.ts";

/** A revision with what it keeps. */
export interface Revision {
  readonly name: string;
  readonly template: PodTemplateSpec;
}

/** A place of the set: the pod that holds it, or the revision that one is to be made from. */
export interface Place {
  readonly ordinal: number;
  readonly pod?: Pod;
  readonly revision: Revision;
}

/** A set with its pods and its two revisions. */
interface Held {
  readonly set: StatefulSet;
  readonly pods: readonly Pod[];
  readonly current: Revision;
  readonly update: Revision;
}

/** The place of each ordinal, with the revision of a pod that would be made there (newVersionedStatefulSetPod). */
export function placesOf({ set, pods, current, update }: Held): Place[] {
  const start = startOrdinal(set);
  const { updateStrategy, replicas = 1 } = set.spec;
  const { partition } = updateStrategy?.rollingUpdate ?? {};
  const rolling = updateStrategy?.type !== "OnDelete";
  const old =
    updateStrategy?.rollingUpdate === undefined
      ? rolling
        ? (set.status.currentReplicas ?? 0)
        : 0
      : (partition ?? 0);
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod), pod]));
  return Array.from({ length: replicas }, (_, i) => {
    const ordinal = start + i;
    const revision = i < old ? current : update;
    return { ordinal, pod: byOrdinal.get(ordinal), revision };
  });
}
