import { type Delay, type NetworkModel } from "../simulator/scenario.ts";
import {
  DEFAULT_ROADS,
  type EnvoySettings,
  type RoadSettings,
} from "../simulator/network-model.ts";
import type { NetworkSpec } from "./schema/network-shape.ts";

/**
 * From a pod's change to the EndpointSlice's, as one watcher of both saw them on a real node: median 23 ms and ninth decile 70 ms where it was calm (63
 * pods ready, 63 deleted), 29 and up to 201 ms with all that was recorded (99 and 108). In between, the incident loses what it lost there.
 */
const ENDPOINT_SLICE: Delay = { kind: "measured", spread: { min: 1, median: 26, max: 150 } };

/** The network that a scenario describes; what it leaves out is as measured, or as shipped. */
export function networkModel(given: NetworkSpec | undefined): NetworkModel {
  const roads = given === undefined ? {} : roadsOf(given);
  return {
    endpointSlice:
      given?.endpointSlice === undefined ? ENDPOINT_SLICE : delayOf(given.endpointSlice),
    kubeProxy:
      given === undefined || given.kubeProxy === "sync" ? "sync" : delayOf(given.kubeProxy),
    proxyConnectTimeoutMs: given?.proxyConnectTimeout ?? 60_000,
    proxyReadTimeoutMs: given?.proxyReadTimeout ?? 60_000,
    ...(Object.keys(roads).length === 0 ? {} : { roads }),
  };
}

function roadsOf(given: NetworkSpec): Partial<RoadSettings> {
  const { proxyKeepAlive, ingressNginx, gateway, mesh, loadBalancer } = given;
  const { deadAddress, closeUnseen } = given;
  return {
    ...(proxyKeepAlive === undefined ? {} : { proxyKeepAlive }),
    ...(ingressNginx === undefined ? {} : { ingressNginx: ingressNginxOf(ingressNginx) }),
    ...(gateway === undefined ? {} : { gateway: envoyOf(gateway, DEFAULT_ROADS.gateway) }),
    ...(mesh === undefined ? {} : { mesh: envoyOf(mesh, DEFAULT_ROADS.mesh) }),
    ...(loadBalancer === undefined ? {} : { loadBalancer: loadBalancerOf(loadBalancer) }),
    ...(deadAddress === undefined ? {} : { deadAddress }),
    ...(closeUnseen === undefined ? {} : { closeUnseenMs: closeUnseen }),
  };
}

function ingressNginxOf(given: NonNullable<NetworkSpec["ingressNginx"]>) {
  const usual = DEFAULT_ROADS.ingressNginx;
  return {
    replicas: given.replicas ?? usual.replicas,
    workers: given.workers ?? usual.workers,
    syncIntervalMs: given.syncInterval ?? usual.syncIntervalMs,
    pollMs: given.poll ?? usual.pollMs,
    connectTimeoutMs: given.connectTimeout ?? usual.connectTimeoutMs,
    readTimeoutMs: given.readTimeout ?? usual.readTimeoutMs,
    tries: given.tries ?? usual.tries,
  };
}

function envoyOf(
  given: NonNullable<NetworkSpec["gateway"] | NetworkSpec["mesh"]>,
  usual: EnvoySettings,
): EnvoySettings {
  const { requestTimeout } = given;
  return {
    replicas: given.replicas ?? usual.replicas,
    debounceMs: given.debounce ?? usual.debounceMs,
    debounceMaxMs: given.debounceMax ?? usual.debounceMaxMs,
    push: given.push === undefined ? usual.push : delayOf(given.push),
    connectTimeoutMs: given.connectTimeout ?? usual.connectTimeoutMs,
    requestTimeoutMs:
      requestTimeout === "none" ? Infinity : (requestTimeout ?? usual.requestTimeoutMs),
    retries: given.retries ?? usual.retries,
  };
}

function loadBalancerOf(given: NonNullable<NetworkSpec["loadBalancer"]>) {
  const usual = DEFAULT_ROADS.loadBalancer;
  const { deregistration, registration } = given;
  return {
    replicas: given.replicas ?? usual.replicas,
    deregistration: deregistration === undefined ? usual.deregistration : delayOf(deregistration),
    registration: registration === undefined ? usual.registration : delayOf(registration),
    connectTimeoutMs: given.connectTimeout ?? usual.connectTimeoutMs,
    idleTimeoutMs: given.idleTimeout ?? usual.idleTimeoutMs,
    healthCheckIntervalMs: given.healthCheckInterval ?? usual.healthCheckIntervalMs,
    unhealthyThreshold: given.unhealthyThreshold ?? usual.unhealthyThreshold,
    healthyThreshold: given.healthyThreshold ?? usual.healthyThreshold,
  };
}

function delayOf(given: number | { readonly min: number; readonly max: number }): Delay {
  return typeof given === "number"
    ? { kind: "exact", ms: given }
    : { kind: "range", minMs: given.min, maxMs: given.max };
}
