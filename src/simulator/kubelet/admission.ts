/*
 * Whether a node can take a pod that is bound to it, by the kubelet's own reckoning: pods that named their node have passed no scheduler,
 * and one that has may find the node changed (lifecycle/predicate.go Admit).
 */
import { matchesNodeAffinity } from "../api/node-affinity.ts";
import { untoleratedTaint } from "../api/tolerations.ts";
import type { Node, Pod } from "../api/types.ts";
import { countPorts, fitsPorts, type HostPorts } from "../scheduler/host-ports.ts";
import { amounts } from "../api/pod-amounts.ts";
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

/** What the active pods of a node take of it: plain data, kept in the kubelet's state. */
export interface NodeUse {
  /** Amounts by resource; `pods`: how many they are. */
  readonly amounts: Record<string, number>;
  readonly hostPorts: HostPorts;
}

/** Of a node without pods. */
export function noUse(): NodeUse {
  return { amounts: { pods: 0 }, hostPorts: new Map() };
}

/** Adds what a pod takes, or with `sign` -1 what it gives back. */
export function countActive(
  { amounts: used, hostPorts }: NodeUse,
  { spec }: Pod,
  sign: 1 | -1,
): void {
  used["pods"]! += sign;
  const { requests } = podRequests(spec);
  for (const resource in requests) {
    used[resource] = (used[resource] ?? 0) + sign * requests[resource]!;
  }
  countPorts(hostPorts, spec, sign);
}

/** All that stands against a further pod, beside the active ones of the node (generalFilter, pkg/scheduler AdmissionCheck). */
export function admissionFailures(
  pod: Pod,
  node: Node,
  use: NodeUse,
): { readonly shortages: readonly Shortage[]; readonly refusals: readonly Refusal[] } {
  const allocatable = amounts(node.status.allocatable ?? node.status.capacity);
  const needed = { pods: 1, ...ORDER, ...podRequests(pod.spec).requests };
  const shortages: Shortage[] = [];
  for (const [resource, requested] of Object.entries(needed)) {
    const capacity = allocatable[resource] ?? 0;
    const used = use.amounts[resource] ?? 0;
    if (requested > 0 && requested > capacity - used) {
      shortages.push({ resource, requested, used, capacity });
    }
  }
  const refusals: Refusal[] = [];
  const refuse = (plugin: string, why: string): void => {
    refusals.push({ reason: plugin, message: `Predicate ${plugin} failed: ${why}` });
  };
  if (!matchesNodeAffinity(pod.spec, node)) {
    refuse("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
  }
  if (!fitsPorts(pod.spec, use.hostPorts)) {
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
