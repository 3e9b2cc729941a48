/* One pod on each node: pkg/controller/daemon/daemon_controller.go manage and podsShouldBeOnNode. Decides, and does nothing. */
import { isFinalPhase } from "../../api/pod-phase.ts";
import { millisecondsOf } from "../../api/time.ts";
import type { DaemonSet, Node, Pod } from "../../api/types.ts";
import { REVISION_HASH } from "../history/revisions.ts";
import { isPodAvailable, isPodReady } from "../pod-status.ts";
import { allowsSurge } from "./fenceposts.ts";
import { shouldRun, type PodsByNode } from "./placement.ts";

/** What a node lacks or has too much. */
export interface Placement {
  /** Names of nodes that need a pod. */
  readonly create: string[];
  /** Pods on nodes that should not have them, or have too many. */
  readonly extra: Pod[];
  /** Old pods that an updated one on their node makes needless. */
  readonly surged: Pod[];
  /** Pods that have ended, with their nodes. */
  readonly ended: { readonly pod: Pod; readonly node: string }[];
}

/** All that a decision rests on. */
export interface Situation {
  readonly daemonSet: DaemonSet;
  readonly nodes: readonly Node[];
  readonly pods: PodsByNode;
  /** The label of pods of the present template. */
  readonly hash: string;
  readonly nowMs: number;
}

/** manage */
export function placementOf(situation: Situation): Placement {
  const placement: Placement = { create: [], extra: [], surged: [], ended: [] };
  const names = new Set<string>();
  for (const node of situation.nodes) {
    names.add(node.metadata.name);
    placeOn(node, situation, placement);
  }
  // Pods that wait for a node that is gone would wait for ever (getUnscheduledPodsWithoutNode).
  for (const [node, pods] of situation.pods) {
    if (!names.has(node)) placement.extra.push(...pods.filter((pod) => !pod.spec.nodeName));
  }
  return placement;
}

/** podsShouldBeOnNode */
function placeOn(node: Node, situation: Situation, placement: Placement): void {
  const { daemonSet, pods } = situation;
  const { name } = node.metadata;
  const { run, stay } = shouldRun(daemonSet, node);
  const onNode = pods.get(name);
  if (run && onNode === undefined) {
    placement.create.push(name);
    return;
  }
  const staying = (onNode ?? []).filter((pod) => pod.metadata.deletionTimestamp === undefined);
  if (!stay) {
    placement.extra.push(...staying);
    return;
  }
  const running: Pod[] = [];
  for (const pod of staying) {
    if (isFinalPhase(pod.status.phase)) placement.ended.push({ pod, node: name });
    else running.push(pod);
  }
  if (!allowsSurge(daemonSet)) {
    placement.extra.push(...running.toSorted(byCreation).slice(1));
  } else if (running.length === 0) {
    if (run) placement.create.push(name);
  } else if (running.length > 1) keepTwo(running, situation, placement);
}

/** Two pods may be on a node while it is updated: an old one that is Ready, and a new one that is not available yet. */
function keepTwo(running: readonly Pod[], situation: Situation, placement: Placement): void {
  const { daemonSet, hash, nowMs } = situation;
  const sorted = running.toSorted(byCreation);
  const isNew = (pod: Pod) => pod.metadata.labels?.[REVISION_HASH] === hash;
  const updated = sorted.find(isNew);
  const old = sorted.find((pod) => !isNew(pod));
  placement.extra.push(...sorted.filter((pod) => pod !== updated && pod !== old));
  if (updated === undefined || old === undefined) return;
  const available = isPodAvailable(updated, daemonSet.spec.minReadySeconds ?? 0, nowMs);
  if (!isPodReady(old) || available) placement.surged.push(old);
}

/** Pods on a node before those without, then the older, then by name (podByCreationTimestampAndPhase). */
export function byCreation(a: Pod, b: Pod): number {
  const scheduled = Number(Boolean(b.spec.nodeName)) - Number(Boolean(a.spec.nodeName));
  if (scheduled !== 0) return scheduled;
  const age =
    millisecondsOf(a.metadata.creationTimestamp) - millisecondsOf(b.metadata.creationTimestamp);
  return age || (a.metadata.name < b.metadata.name ? -1 : 1);
}
