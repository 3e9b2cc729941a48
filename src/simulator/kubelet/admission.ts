/*
 * Whether a node can take a pod that is bound to it, by the kubelet's own reckoning: pods that named their node have passed no scheduler,
 * and one that has may find the node changed (lifecycle/predicate.go Admit).
 */
import { matchesNodeAffinity } from "../api/node-affinity.ts";
import { untoleratedTaint } from "../api/tolerations.ts";
import type { Node, Pod } from "../api/types.ts";
import { fitsPorts } from "../scheduler/host-ports.ts";
import { countPod, nodeInfo } from "../scheduler/node-info.ts";
import { podRequests } from "../scheduler/requests.ts";

/** Why a pod is turned away; its status and an event say so. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
}

/** A resource of which the node has too little left; cpu in thousandths of a core (InsufficientResourceError). */
export interface Shortage {
  readonly resource: string;
  readonly requested: number;
  readonly used: number;
  readonly capacity: number;
}

/** All that stands against the pod, beside the active pods of the node (generalFilter, pkg/scheduler AdmissionCheck). */
export function admissionFailures(
  pod: Pod,
  node: Node,
  active: readonly Pod[],
): { readonly shortages: readonly Shortage[]; readonly refusals: readonly Refusal[] } {
  const info = nodeInfo(node);
  for (const other of active) countPod(info, other, 1);
  const { requests } = podRequests(pod.spec);
  const needed = { pods: 1, ...ORDER, ...requests };
  const used = { ...info.requested, pods: info.pods };
  const shortages: Shortage[] = [];
  for (const [resource, requested] of Object.entries(needed)) {
    const capacity = info.allocatable[resource] ?? 0;
    const taken = used[resource as keyof typeof used] ?? 0;
    if (requested > 0 && requested > capacity - taken) {
      shortages.push({ resource, requested, used: taken, capacity });
    }
  }
  const refusals: Refusal[] = [];
  const refuse = (plugin: string, why: string): void => {
    refusals.push({ reason: plugin, message: `Predicate ${plugin} failed: ${why}` });
  };
  if (!matchesNodeAffinity(pod.spec, node)) {
    refuse("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
  }
  if (!fitsPorts(pod.spec, info.hostPorts)) {
    refuse("NodePorts", "node(s) didn't have free ports for the requested pod ports");
  }
  if (untoleratedTaint(node, pod.spec.tolerations, ["NoExecute"]) !== undefined) {
    refuse("TaintToleration", "node(s) had taints that the pod didn't tolerate");
  }
  return { shortages, refusals };
}

/** These are looked at first (noderesources/fit.go fitsRequest). */
const ORDER = { cpu: 0, memory: 0, "ephemeral-storage": 0 };

/** The refusal of a pod for which the node has too little. */
export function outOf({ resource, requested, used, capacity }: Shortage): Refusal {
  return {
    reason: `OutOf${resource}`,
    message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  };
}
