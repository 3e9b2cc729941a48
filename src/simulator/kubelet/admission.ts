/*
 * Whether a node can take a pod that is bound to it, by the kubelet's own reckoning: pods that named their node have passed no scheduler,
 * and one that has may find the node changed (lifecycle/predicate.go Admit).
 */
import { matchesNodeAffinity } from "../api/node-affinity.ts";
import { untoleratedTaint } from "../api/tolerations.ts";
import type { Node, Pod } from "../api/types.ts";
import { countPorts, fitsPorts, takesPorts, type HostPorts } from "../scheduler/host-ports.ts";
import { amounts, podRequests } from "../scheduler/requests.ts";

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
  active: readonly { readonly pod: Pod }[],
): { readonly shortages: readonly Shortage[]; readonly refusals: readonly Refusal[] } {
  const allocatable = amounts(node.status.allocatable ?? node.status.capacity);
  const needed = { pods: 1, ...ORDER, ...podRequests(pod.spec).requests };
  const used = usedBy(active);
  const shortages: Shortage[] = [];
  for (const [resource, requested] of Object.entries(needed)) {
    const capacity = allocatable[resource] ?? 0;
    const taken = used[resource] ?? 0;
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
  if (takesPorts(pod.spec) && !fitsPorts(pod.spec, portsOf(active))) {
    refuse("NodePorts", "node(s) didn't have free ports for the requested pod ports");
  }
  if (untoleratedTaint(node, pod.spec.tolerations, ["NoExecute"]) !== undefined) {
    refuse("TaintToleration", "node(s) had taints that the pod didn't tolerate");
  }
  return { shortages, refusals };
}

/** What pods ask for, and how many they are. */
function usedBy(active: readonly { readonly pod: Pod }[]): Record<string, number> {
  const used: Record<string, number> = { pods: active.length };
  for (const { pod } of active) {
    const { requests } = podRequests(pod.spec);
    for (const resource in requests) {
      used[resource] = (used[resource] ?? 0) + requests[resource]!;
    }
  }
  return used;
}

function portsOf(active: readonly { readonly pod: Pod }[]): HostPorts {
  const taken: HostPorts = new Map();
  for (const { pod } of active) countPorts(taken, pod.spec, 1);
  return taken;
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
