import { selectorMatches } from "../../api/selectors.ts";
import type { Pod, ReplicaSet } from "../../api/types.ts";
import { isPodActive } from "../pod-status.ts";
import { podFacts, type PodFacts } from "./pod-facts.ts";
import type { PodCounts } from "./status.ts";

/**
 * The active pods of one ReplicaSet, counted as they change, so that a sync costs the same for ten pods and for ten thousand. Plain data,
 * kept in the state of the controller.
 */
export interface Tally {
  pods: Map<string, PodFacts>;
  /** Keys of active pods that it owns and that its selector does not match (any more). */
  foreign: Set<string>;
  fullyLabeled: number;
  ready: number;
  /** Ready, but not yet for minReadySeconds: since when. */
  notYetAvailable: Map<string, number>;
  byNode: Map<string, number>;
}

/** A tally of no pods. */
export function emptyTally(): Tally {
  return {
    pods: new Map(),
    foreign: new Set(),
    fullyLabeled: 0,
    ready: 0,
    notYetAvailable: new Map(),
    byNode: new Map(),
  };
}

/** Takes in a pod that the ReplicaSet owns, as it is now. */
export function countPod(tally: Tally, replicaSet: ReplicaSet, pod: Pod, key: string): void {
  discountPod(tally, key);
  if (!isPodActive(pod)) return;
  if (!hasLabelsOf(replicaSet, pod)) {
    tally.foreign.add(key);
    return;
  }
  const facts = podFacts(pod, key, replicaSet.spec.template);
  tally.pods.set(key, facts);
  tally.byNode.set(facts.node, (tally.byNode.get(facts.node) ?? 0) + 1);
  if (facts.fullyLabeled) tally.fullyLabeled += 1;
  if (!facts.ready) return;
  tally.ready += 1;
  if ((replicaSet.spec.minReadySeconds ?? 0) > 0) {
    tally.notYetAvailable.set(key, facts.readySinceMs ?? Infinity);
  }
}

/** The labels that the template gives match, or the API server would not have taken the ReplicaSet; pods made of it share them. */
function hasLabelsOf({ spec: { selector, template } }: ReplicaSet, { metadata }: Pod): boolean {
  return (
    metadata.labels === template.metadata?.labels || selectorMatches(selector, metadata.labels)
  );
}

/** Forgets a pod. */
export function discountPod(tally: Tally, key: string): void {
  tally.foreign.delete(key);
  const facts = tally.pods.get(key);
  if (facts === undefined) return;
  tally.pods.delete(key);
  const onNode = tally.byNode.get(facts.node)! - 1;
  if (onNode === 0) tally.byNode.delete(facts.node);
  else tally.byNode.set(facts.node, onNode);
  if (facts.fullyLabeled) tally.fullyLabeled -= 1;
  if (facts.ready) tally.ready -= 1;
  tally.notYetAvailable.delete(key);
}

/** The counts at this moment. Pods that have been ready for longer than minReadySeconds become available by it. */
export function countsOf(tally: Tally, minReadySeconds: number, nowMs: number): PodCounts {
  for (const [key, since] of tally.notYetAvailable) {
    if (since + minReadySeconds * 1000 < nowMs) tally.notYetAvailable.delete(key);
  }
  return {
    replicas: tally.pods.size,
    fullyLabeledReplicas: tally.fullyLabeled,
    readyReplicas: tally.ready,
    availableReplicas: tally.ready - tally.notYetAvailable.size,
  };
}
