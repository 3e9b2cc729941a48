import type { HttpAnswer } from "../runtime/contract.ts";
import type { KubeletNode } from "./node.ts";
import type { PodState } from "./state.ts";

/** Where a handler's connection goes, and what becomes of it: `failure` is Go's text when none comes about. */
export interface HandlerTarget {
  /** Host and port as messages print them. */
  readonly address: string;
  /** The pod that has the address; undefined: nobody does. */
  readonly uid?: string;
  /** Why the connection fails at once, without asking the pod. */
  readonly failure?: string;
}

/** The kubelet's resolver, as messages name it; the cluster's own names are not known there. */
const RESOLVER = "192.168.0.2:53";

/**
 * Who a handler with `host` reaches: the kubelet connects from the node's own network, so that localhost is the node and not the container,
 * and Services have no names (probe/http/request.go, lifecycle/handlers.go). Simplified: nothing listens on the nodes, or beyond them.
 */
export function handlerTarget(
  node: KubeletNode,
  pod: PodState,
  host: string | undefined,
  port: number,
): HandlerTarget {
  const own = pod.sandbox?.ip ?? "";
  if (host === undefined || host === "" || host === own) {
    return { address: `${own}:${port}`, uid: pod.uid };
  }
  const isLocal = host === "localhost" || /^127\./.test(host) || host === node.node.ip;
  const ip = host === "localhost" ? "127.0.0.1" : host;
  const address = `${ip}:${port}`;
  if (isLocal) return { address, failure: `dial tcp ${address}: connect: connection refused` };
  if (!/^\d+(\.\d+){3}$/.test(host)) {
    return { address, failure: `dial tcp: lookup ${host} on ${RESOLVER}: no such host` };
  }
  const uid = node.api.list("pods").find(({ status }) => status.podIP === host)?.metadata.uid;
  return uid === undefined ? { address } : { address, uid };
}

/** What a GET to a target gets. */
export function getFrom(
  node: KubeletNode,
  { uid, address, failure }: HandlerTarget,
  port: number,
  path: string,
): { readonly answer: HttpAnswer; readonly failure: string } {
  if (failure !== undefined) return { answer: { kind: "refused" }, failure };
  const answer: HttpAnswer =
    uid === undefined ? { kind: "no-answer" } : node.processes.httpGet(uid, port, path);
  return { answer, failure: `dial tcp ${address}: connect: connection refused` };
}
