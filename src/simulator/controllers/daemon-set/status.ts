/* Status of a DaemonSet: pkg/controller/daemon/daemon_controller.go updateDaemonSetStatus. */
import type { DaemonSet, DaemonSetStatus } from "../../api/types.ts";
import { isPodAvailable, isPodReady } from "../pod-status.ts";
import { byCreation, type Situation } from "./manage.ts";
import { isUpdated, shouldRun } from "./placement.ts";

/** Of each node the oldest pod counts. `observed`: the controller has acted on the present generation. */
export function calculateStatus(situation: Situation, observed: boolean): DaemonSetStatus {
  const { daemonSet, nodes, pods, hash, nowMs } = situation;
  let [desired, current, misscheduled, ready, updated, available] = [0, 0, 0, 0, 0, 0];
  for (const node of nodes) {
    const [pod] = (pods.get(node.metadata.name) ?? []).toSorted(byCreation);
    if (!shouldRun(daemonSet, node).run) {
      if (pod !== undefined) misscheduled += 1;
      continue;
    }
    desired += 1;
    if (pod === undefined) continue;
    current += 1;
    if (isPodReady(pod)) ready += 1;
    if (isPodAvailable(pod, daemonSet.spec.minReadySeconds ?? 0, nowMs)) available += 1;
    if (isUpdated(daemonSet, pod, hash)) updated += 1;
  }
  const { metadata, status: before } = daemonSet;
  const observedGeneration = observed ? metadata.generation : before.observedGeneration;
  return {
    currentNumberScheduled: current,
    numberMisscheduled: misscheduled,
    desiredNumberScheduled: desired,
    numberReady: ready,
    ...positive("observedGeneration", observedGeneration ?? 0),
    ...positive("updatedNumberScheduled", updated),
    ...positive("numberAvailable", available),
    ...positive("numberUnavailable", desired - available),
    ...(before.collisionCount === undefined ? {} : { collisionCount: before.collisionCount }),
    ...(before.conditions === undefined ? {} : { conditions: before.conditions }),
  };
}

/** Does a status have to be written (storeDaemonSetStatus)? */
export function isStatusStale(
  { metadata, status: old }: DaemonSet,
  next: DaemonSetStatus,
): boolean {
  return (
    old.desiredNumberScheduled !== next.desiredNumberScheduled ||
    old.currentNumberScheduled !== next.currentNumberScheduled ||
    old.numberMisscheduled !== next.numberMisscheduled ||
    old.numberReady !== next.numberReady ||
    (old.updatedNumberScheduled ?? 0) !== (next.updatedNumberScheduled ?? 0) ||
    (old.numberAvailable ?? 0) !== (next.numberAvailable ?? 0) ||
    (old.numberUnavailable ?? 0) !== (next.numberUnavailable ?? 0) ||
    (old.observedGeneration ?? 0) < (metadata.generation ?? 0)
  );
}

/** Is every node's pod of the present template and available? */
export function isComplete(status: DaemonSetStatus): boolean {
  const { desiredNumberScheduled: desired } = status;
  return (
    (status.updatedNumberScheduled ?? 0) === desired && (status.numberAvailable ?? 0) === desired
  );
}

/** A count of 0 is left out, as the API does (omitempty). */
function positive<K extends string>(name: K, count: number): Partial<Record<K, number>> {
  return count > 0 ? ({ [name]: count } as Record<K, number>) : {};
}
