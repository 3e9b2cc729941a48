/* What a StatefulSet's controller does next: pkg/controller/statefulset/stateful_set_control.go of 1.32. Decides, and does nothing. */
import { isFinalPhase } from "../../api/pod-phase.ts";
import type { NewObject, Pod, StatefulSet, StatefulSetStatus } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import { slowStartGroups, type Calls } from "../history/calls.ts";
import { isPodAvailable } from "../pod-status.ts";
import { hasIdentity, newStatefulPod, ordinalOf, revisionOf, startOrdinal } from "./identity.ts";
import { placesOf, type Place, type Revision } from "./places.ts";
import { podsToUpdate } from "./rolling-update.ts";
import { calculateStatus, isHealthy, isRunningAndReady, oneCurrentLess } from "./status.ts";

/** Why something is done about a pod, or about the StatefulSet itself. */
export interface PodReason extends Reason {
  readonly pod?: string;
}

/** One call to the API server about a pod. */
export type PodCall =
  | { readonly kind: "create"; readonly pod: NewObject<Pod>; readonly reason: PodReason }
  | { readonly kind: "delete"; readonly pod: Pod; readonly reason: PodReason }
  /** Give an adopted pod the labels of its place. */
  | { readonly kind: "identify"; readonly pod: Pod };

/** All that a decision rests on. */
export interface Situation {
  readonly set: StatefulSet;
  readonly pods: readonly Pod[];
  readonly current: Revision;
  readonly update: Revision;
  readonly collisionCount: number;
  readonly nowMs: number;
  /** The feature gate MaxUnavailableStatefulSet: off in 1.32. */
  readonly maxUnavailableGate?: boolean;
}

export interface Plan {
  readonly calls: Calls<PodCall>;
  readonly status: StatefulSetStatus;
  /** Why it does not go on, if it has something left to do. */
  readonly wait?: Reason;
}

const FILE = "pkg/controller/statefulset/stateful_set_control.go";

/** Pods that one batch of a Parallel set holds at most. */
const MAX_BATCH = 500;

/** updateStatefulSet: missing pods first, then those that are too many, then those of another revision. */
export function planStatefulSet(situation: Situation): Plan {
  const { set, pods, current, update, collisionCount, nowMs } = situation;
  const revisions = { current: current.name, update: update.name, collisionCount };
  const status = calculateStatus(set, pods, revisions, nowMs);
  const places = placesOf(situation);
  const condemned = condemnedOf(set, pods);
  if (set.metadata.deletionTimestamp !== undefined) return { calls: [], status };
  const parallel = set.spec.podManagementPolicy === "Parallel";

  const filling = parallel ? fillAll(set, places) : fillInOrder(set, places, nowMs);
  if (filling.stop) return { calls: filling.calls, status, wait: filling.wait };
  const shrinking = parallel
    ? shrinkAll(set, condemned)
    : shrinkInOrder(set, places, condemned, nowMs);
  const calls = [...filling.calls, ...shrinking.calls];
  if (shrinking.stop) return { calls, status, wait: shrinking.wait };
  if (set.spec.updateStrategy?.type === "OnDelete") return { calls, status };

  const { targets, waitsFor } = podsToUpdate(
    set,
    places,
    update.name,
    situation.maxUnavailableGate,
  );
  return {
    calls: [...calls, ...targets.map((pod) => [deletion(pod, updateReason(set, pod, update))])],
    status: targets.reduce(oneCurrentLess, status),
    ...(waitsFor?.pod === undefined ? {} : { wait: waitReason(set, waitsFor) }),
  };
}

/** Pods beyond the set's ordinals, the highest first. */
function condemnedOf(set: StatefulSet, pods: readonly Pod[]): Pod[] {
  const start = startOrdinal(set);
  const end = start + (set.spec.replicas ?? 1);
  return pods
    .filter((pod) => {
      const ordinal = ordinalOf(pod);
      return ordinal >= 0 && (ordinal < start || ordinal >= end);
    })
    .toSorted((a, b) => ordinalOf(b) - ordinalOf(a));
}

interface Part {
  readonly calls: Calls<PodCall>;
  /** Nothing more happens in this sync. */
  readonly stop: boolean;
  readonly wait?: Reason;
}

const GOES_ON: Part = { calls: [], stop: false };

/** runForAll with processReplica, OrderedReady: one step, and only when all pods before it are as they should be. */
function fillInOrder(set: StatefulSet, places: readonly Place[], nowMs: number): Part {
  const identities: PodCall[][] = [];
  for (const place of places) {
    const { pod } = place;
    if (pod === undefined) {
      return { calls: [...identities, [creation(set, place)]], stop: true };
    }
    if (isFinalPhase(pod.status.phase)) {
      if (pod.metadata.deletionTimestamp === undefined) {
        return { calls: [...identities, [deletion(pod, overReason(pod))]], stop: true };
      }
      return { calls: identities, stop: true, wait: waitReason(set, place) };
    }
    const available = isPodAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);
    if (!isHealthy(pod) || !available) {
      return { calls: identities, stop: true, wait: waitReason(set, place) };
    }
    if (!hasIdentity(set, pod)) identities.push([{ kind: "identify", pod }]);
  }
  return { calls: identities, stop: false };
}

/** runForAll with processReplica, Parallel: every pod that is missing or has ended, in batches that double. */
function fillAll(set: StatefulSet, places: readonly Place[]): Part {
  const calls: PodCall[] = [];
  for (const place of places) {
    const { pod } = place;
    if (pod === undefined) calls.push(creation(set, place));
    else if (!isFinalPhase(pod.status.phase)) {
      if (!hasIdentity(set, pod)) calls.push({ kind: "identify", pod });
    } else if (pod.metadata.deletionTimestamp === undefined) {
      calls.push(deletion(pod, overReason(pod)));
    }
  }
  return { calls: slowStartGroups(calls, MAX_BATCH), stop: false };
}

/** processCondemned, OrderedReady: the highest ordinal goes when it is healthy, or when no pod before it is unhealthy. */
function shrinkInOrder(
  set: StatefulSet,
  places: readonly Place[],
  condemned: readonly Pod[],
  nowMs: number,
): Part {
  const pod = condemned[0];
  if (pod === undefined) return GOES_ON;
  const firstUnhealthy =
    places.find((place) => !isHealthy(place.pod))?.pod ??
    condemned.findLast((other) => !isHealthy(other));
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const available =
    isRunningAndReady(pod) && isPodAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);
  if (!terminating && (available || pod === firstUnhealthy)) {
    return { calls: [[deletion(pod, scaleReason(set, pod))]], stop: true };
  }
  const blocking = terminating ? pod : (firstUnhealthy ?? pod);
  return { calls: [], stop: true, wait: podWait(set, blocking) };
}

/** processCondemned, Parallel. */
function shrinkAll(set: StatefulSet, condemned: readonly Pod[]): Part {
  const calls = condemned
    .filter((pod) => pod.metadata.deletionTimestamp === undefined)
    .map((pod) => deletion(pod, scaleReason(set, pod)));
  return { calls: slowStartGroups(calls, MAX_BATCH), stop: false };
}

function creation(set: StatefulSet, { ordinal, revision }: Place): PodCall {
  const pod = newStatefulPod(set, ordinal, revision);
  const reason = {
    pod: pod.metadata.name!,
    code: "statefulset.create-pod",
    values: { ordinal, revision: revision.name },
    upstream: `${FILE} processReplica`,
  };
  return { kind: "create", pod, reason };
}

function deletion(pod: Pod, reason: PodReason): PodCall {
  return { kind: "delete", pod, reason };
}

function overReason({ metadata, status }: Pod): PodReason {
  const values = { phase: status.phase! };
  const upstream = `${FILE} processReplica`;
  return { pod: metadata.name, code: "statefulset.delete-ended", values, upstream };
}

function scaleReason({ spec }: StatefulSet, { metadata }: Pod): PodReason {
  const values = { replicas: spec.replicas ?? 1 };
  const upstream = `${FILE} processCondemned`;
  return { pod: metadata.name, code: "statefulset.delete-for-scale", values, upstream };
}

function updateReason({ spec }: StatefulSet, pod: Pod, update: Revision): PodReason {
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  return {
    pod: pod.metadata.name,
    code: "statefulset.delete-for-update",
    values: { revision: revisionOf(pod), update: update.name, partition },
    upstream: `${FILE} updateStatefulSet`,
  };
}

function waitReason(set: StatefulSet, { pod, revision }: Place): Reason {
  return podWait(set, pod!, revision.name);
}

/** What a pod is waited for; `revision`: which one it should have. */
function podWait(set: StatefulSet, pod: Pod, revision = revisionOf(pod)): Reason {
  const { name, deletionTimestamp } = pod.metadata;
  const upstream = `${FILE} processReplica`;
  if (deletionTimestamp !== undefined) {
    return { code: "statefulset.wait-terminating", values: { pod: name }, upstream };
  }
  if (isRunningAndReady(pod)) {
    const seconds = set.spec.minReadySeconds ?? 0;
    return { code: "statefulset.wait-available", values: { pod: name, seconds }, upstream };
  }
  if (revisionOf(pod) === revision) {
    return { code: "statefulset.wait-ready", values: { pod: name }, upstream };
  }
  const values = { pod: name, revision: revisionOf(pod), update: revision };
  return { code: "statefulset.wait-outdated", values, upstream };
}
