/* Which pods a rolling update of a StatefulSet replaces next: pkg/controller/statefulset/stateful_set_control.go of 1.32. */
import type { Pod, StatefulSet } from "../../api/types.ts";
import { scaledValue } from "../deployment/fenceposts.ts";
import { revisionOf } from "./identity.ts";
import type { Place } from "./places.ts";
import { isHealthy } from "./status.ts";

/** Pods to be deleted now, and the place that holds the update up. */
export interface UpdateStep {
  readonly targets: readonly Pod[];
  readonly waitsFor?: Place;
}

/** From the highest ordinal down to the partition: one pod at a time, or with the gate as many as maxUnavailable leaves. */
export function podsToUpdate(
  set: StatefulSet,
  places: readonly Place[],
  update: string,
  maxUnavailableGate = false,
): UpdateStep {
  return maxUnavailableGate
    ? targetsWithinMaxUnavailable(set, places, update)
    : nextTarget(set, places, update);
}

/** The end of updateStatefulSet. */
function nextTarget(set: StatefulSet, places: readonly Place[], update: string): UpdateStep {
  for (let i = places.length - 1; i >= partitionOf(set); i -= 1) {
    const place = places[i]!;
    if (isOutdated(place, update)) return { targets: [place.pod!] };
    if (!isHealthy(place.pod)) return { targets: [], waitsFor: place };
  }
  return { targets: [] };
}

/** updateStatefulSetAfterInvariantEstablished: pods below the partition count as unavailable, too. */
function targetsWithinMaxUnavailable(
  set: StatefulSet,
  places: readonly Place[],
  update: string,
): UpdateStep {
  const unhealthy = places.filter(({ pod }) => !isHealthy(pod));
  const room = maxUnavailableOf(set) - unhealthy.length;
  const outdated = places.slice(partitionOf(set)).filter((place) => isOutdated(place, update));
  const targets = outdated
    .toReversed()
    .slice(0, Math.max(0, room))
    .map(({ pod }) => pod!);
  const waitsFor = outdated.length > 0 && targets.length === 0 ? unhealthy.at(-1) : undefined;
  return { targets, ...(waitsFor === undefined ? {} : { waitsFor }) };
}

/** At least 1; a percentage is rounded down (getStatefulSetMaxUnavailable). */
function maxUnavailableOf({ spec }: StatefulSet): number {
  const { maxUnavailable = 1 } = spec.updateStrategy?.rollingUpdate ?? {};
  return Math.max(1, scaledValue(maxUnavailable, spec.replicas ?? 1, false) ?? 1);
}

function partitionOf({ spec }: StatefulSet): number {
  return spec.updateStrategy?.rollingUpdate?.partition ?? 0;
}

function isOutdated({ pod }: Place, update: string): boolean {
  return (
    pod !== undefined && revisionOf(pod) !== update && pod.metadata.deletionTimestamp === undefined
  );
}
