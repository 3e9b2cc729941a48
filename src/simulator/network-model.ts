import type { Spread } from "./kernel/random.ts";

/** A delay: exact, drawn evenly from a range, or as measured on a real node. */
export type Delay =
  | { readonly kind: "exact"; readonly ms: number }
  | { readonly kind: "range"; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: "measured"; readonly spread: Spread };

/** ingress-nginx, retired in March 2026 (kubernetes/ingress-nginx internal/ingress/controller). */
export interface IngressNginxSettings {
  /** Pods of the controller, and nginx workers in each. */
  readonly replicas: number;
  readonly workers: number;
  /** Least time between two syncs: the inverse of --sync-rate-limit 0.3. */
  readonly syncIntervalMs: number;
  /** Each worker looks for new back ends so often (lua/balancer.lua BACKENDS_SYNC_INTERVAL). */
  readonly pollMs: number;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** proxy_next_upstream_tries. */
  readonly tries: number;
}

/** Envoy, told of endpoints by a control plane. */
export interface EnvoySettings {
  /** Proxies that requests are spread over. */
  readonly replicas: number;
  /** Changes are collected until none has come for so long, or since the first for so long (istio PILOT_DEBOUNCE_AFTER, _MAX). */
  readonly debounceMs: number;
  readonly debounceMaxMs: number;
  /** From the control plane to each proxy. */
  readonly push: Delay;
  readonly connectTimeoutMs: number;
  /** Route timeout; Infinity: none. */
  readonly requestTimeoutMs: number;
  /** Tries after the first. */
  readonly retries: number;
}

/** A cloud load balancer. */
export interface LoadBalancerSettings {
  /** Its own machines: each has its own view of the targets. */
  readonly replicas: number;
  /** From the deregistration of a target until no new request is sent to it. */
  readonly deregistration: Delay;
  /** From the registration of a target until its first passed health check. */
  readonly registration: Delay;
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Of nodes, where the Service's externalTrafficPolicy is Local. */
  readonly healthCheckIntervalMs: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

/** Numbers of the roads; simulator-model M. */
export interface RoadSettings {
  /** Upstream connections that the plain reverse proxy keeps; 0: none (nginx before 1.29.7). */
  readonly proxyKeepAlive: number;
  readonly ingressNginx: IngressNginxSettings;
  readonly gateway: EnvoySettings;
  readonly mesh: EnvoySettings;
  readonly loadBalancer: LoadBalancerSettings;
  /** What an address without a pod does: nothing, or an ICMP answer "no route to host" after a while. */
  readonly deadAddress: "silent" | { readonly unreachableAfterMs: number };
  /** For so long after the other side has closed an idle connection something may still be sent on it, and is reset. */
  readonly closeUnseenMs: number;
}

/** Delays of the data path. */
export interface NetworkModel {
  /** From a pod's change to the EndpointSlice's. */
  readonly endpointSlice: Delay;
  /**
   * From the EndpointSlice's change to the node's rules. "sync" is kube-proxy as it is: syncs at least a second apart, two at once let
   * through (simulator-model N, C); a Delay is drawn for each node and update instead.
   */
  readonly kubeProxy: Delay | "sync";
  /** `proxy_connect_timeout` and `proxy_read_timeout` of the reverse proxy. */
  readonly proxyConnectTimeoutMs: number;
  readonly proxyReadTimeoutMs: number;
  /** What differs from `DEFAULT_ROADS`. */
  readonly roads?: Partial<RoadSettings>;
}

/** From a control plane's push to a proxy's new endpoints. An estimate: nobody measured it here. */
const PUSH: Delay = { kind: "measured", spread: { min: 10, median: 50, max: 300 } };

/** The roads as their makers ship them (simulator-model C, D2, M). */
export const DEFAULT_ROADS: RoadSettings = {
  proxyKeepAlive: 0,
  ingressNginx: {
    replicas: 1,
    workers: 2,
    // One token every 1 / 0.3 s.
    syncIntervalMs: 3333,
    pollMs: 1000,
    connectTimeoutMs: 5000,
    readTimeoutMs: 60_000,
    tries: 3,
  },
  gateway: {
    replicas: 2,
    debounceMs: 100,
    debounceMaxMs: 10_000,
    push: PUSH,
    connectTimeoutMs: 5000,
    requestTimeoutMs: 15_000,
    retries: 0,
  },
  mesh: {
    replicas: 2,
    debounceMs: 100,
    debounceMaxMs: 10_000,
    push: PUSH,
    connectTimeoutMs: 10_000,
    requestTimeoutMs: Infinity,
    retries: 2,
  },
  loadBalancer: {
    replicas: 2,
    deregistration: { kind: "exact", ms: 15_000 },
    registration: { kind: "range", minMs: 1000, maxMs: 5000 },
    connectTimeoutMs: 10_000,
    idleTimeoutMs: 60_000,
    healthCheckIntervalMs: 10_000,
    unhealthyThreshold: 2,
    healthyThreshold: 2,
  },
  deadAddress: "silent",
  // Fitted: 3 resets at 6 pods that took 33 requests a second each, in the two recordings with ten kept connections, are 15 ms.
  closeUnseenMs: 15,
};

/** The settings of all roads in a network. */
export function roadSettings({ roads }: NetworkModel): RoadSettings {
  return roads === undefined ? DEFAULT_ROADS : { ...DEFAULT_ROADS, ...roads };
}
