/* Status of a StatefulSet: pkg/controller/statefulset/stateful_set_control.go and stateful_set_utils.go. */
import type { Pod, StatefulSet, StatefulSetStatus } from "../../api/types.ts";
import { isPodAvailable, isPodReady } from "../pod-status.ts";
import { revisionOf } from "./identity.ts";

/** isRunningAndReady */
export function isRunningAndReady(pod: Pod | undefined): boolean {
  return pod?.status.phase === "Running" && isPodReady(pod);
}

/** Running, Ready and not being deleted (isHealthy; from 1.35 on minReadySeconds counts, too). */
export function isHealthy(pod: Pod | undefined): boolean {
  return isRunningAndReady(pod) && pod!.metadata.deletionTimestamp === undefined;
}

/** What a status says of revisions. */
export interface StatusRevisions {
  readonly current: string;
  readonly update: string;
  readonly collisionCount: number;
}

/** The pods counted (updateStatus, computeReplicaStatus). */
export function calculateStatus(
  { metadata, spec, status: before }: StatefulSet,
  pods: readonly Pod[],
  { current, update, collisionCount }: StatusRevisions,
  nowMs: number,
): StatefulSetStatus {
  let [replicas, ready, available, ofCurrent, ofUpdate] = [0, 0, 0, 0, 0];
  for (const pod of pods) {
    if (!pod.status.phase) continue;
    replicas += 1;
    if (isRunningAndReady(pod)) {
      ready += 1;
      if (isPodAvailable(pod, spec.minReadySeconds ?? 0, nowMs)) available += 1;
    }
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    if (revisionOf(pod) === current) ofCurrent += 1;
    if (revisionOf(pod) === update) ofUpdate += 1;
  }
  return {
    observedGeneration: metadata.generation ?? 0,
    replicas,
    ...positive("readyReplicas", ready),
    ...positive("currentReplicas", ofCurrent),
    ...positive("updatedReplicas", ofUpdate),
    currentRevision: current,
    updateRevision: update,
    collisionCount,
    availableReplicas: available,
    ...(before.conditions === undefined ? {} : { conditions: before.conditions }),
  };
}

/**
 * The status with one pod of the current revision less: the controller has deleted it for the update. Upstream lets the count fall below 0,
 * which the API server refuses, and tries again.
 */
export function oneCurrentLess(status: StatefulSetStatus): StatefulSetStatus {
  const { currentReplicas = 0, ...others } = status;
  return { ...others, ...positive("currentReplicas", currentReplicas - 1) };
}

/** When all pods are updated and ready the update revision becomes the current one (completeRollingUpdate). */
export function completeRollingUpdate(
  { spec }: StatefulSet,
  status: StatefulSetStatus,
): StatefulSetStatus {
  const replicas = spec.replicas ?? 1;
  const complete =
    spec.updateStrategy?.type !== "OnDelete" &&
    (status.updatedReplicas ?? 0) === replicas &&
    (status.readyReplicas ?? 0) === replicas &&
    status.replicas === replicas;
  if (!complete) return status;
  const { currentReplicas: _replaced, ...others } = status;
  return {
    ...others,
    ...positive("currentReplicas", replicas),
    currentRevision: status.updateRevision,
  };
}

/** Does a status have to be written (inconsistentStatus)? */
export function isStatusStale({ status: old }: StatefulSet, next: StatefulSetStatus): boolean {
  return (
    (next.observedGeneration ?? 0) > (old.observedGeneration ?? 0) ||
    next.replicas !== old.replicas ||
    (next.currentReplicas ?? 0) !== (old.currentReplicas ?? 0) ||
    (next.readyReplicas ?? 0) !== (old.readyReplicas ?? 0) ||
    (next.updatedReplicas ?? 0) !== (old.updatedReplicas ?? 0) ||
    (next.availableReplicas ?? 0) !== (old.availableReplicas ?? 0) ||
    next.currentRevision !== old.currentRevision ||
    next.updateRevision !== old.updateRevision
  );
}

/** A count of 0 is left out, as the API does (omitempty). */
function positive<K extends string>(name: K, count: number): Partial<Record<K, number>> {
  return count > 0 ? ({ [name]: count } as Record<K, number>) : {};
}
