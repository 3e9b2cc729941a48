import type { Node, Pod } from "../api/types.ts";
import { controllerOf } from "../controllers/informer.ts";
import { countPorts, type HostPorts } from "./host-ports.ts";
import { amounts, type Amounts } from "../api/pod-amounts.ts";
import { podRequests } from "./requests.ts";

/** A node and what its pods ask for (pkg/scheduler/framework NodeInfo): plain data, kept in the scheduler's state. */
export interface NodeInfo {
  node: Node;
  allocatable: Amounts;
  requested: Record<string, number>;
  nonZero: Record<string, number>;
  pods: number;
  hostPorts: HostPorts;
  /** Pods that are not being deleted, by uid of their controller. */
  byOwner: Map<string, number>;
}

/** A node without pods. */
export function nodeInfo(node: Node): NodeInfo {
  return {
    node,
    allocatable: amounts(node.status.allocatable ?? node.status.capacity),
    requested: {},
    nonZero: {},
    pods: 0,
    hostPorts: new Map(),
    byOwner: new Map(),
  };
}

/** A copy whose pods can be counted on their own. */
export function copyOfNode(info: NodeInfo): NodeInfo {
  return {
    ...info,
    requested: { ...info.requested },
    nonZero: { ...info.nonZero },
    hostPorts: new Map(info.hostPorts),
    byOwner: new Map(info.byOwner),
  };
}

/** The same pods on a changed node. */
export function updateNode(info: NodeInfo, node: Node): void {
  info.node = node;
  info.allocatable = amounts(node.status.allocatable ?? node.status.capacity);
}

/** Adds what a pod asks for, or with `sign` -1 takes it away. */
export function countPod(info: NodeInfo, pod: Pod, sign: 1 | -1): void {
  const { requests, nonZero } = podRequests(pod.spec);
  for (const name in requests) {
    info.requested[name] = (info.requested[name] ?? 0) + sign * requests[name]!;
  }
  for (const name in nonZero)
    info.nonZero[name] = (info.nonZero[name] ?? 0) + sign * nonZero[name]!;
  info.pods += sign;
  countPorts(info.hostPorts, pod.spec, sign);
  const owner = controllerOf(pod)?.uid;
  if (owner === undefined || pod.metadata.deletionTimestamp !== undefined) return;
  const siblings = (info.byOwner.get(owner) ?? 0) + sign;
  if (siblings === 0) info.byOwner.delete(owner);
  else info.byOwner.set(owner, siblings);
}
