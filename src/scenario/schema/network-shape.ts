import { delay, delayMs, timeoutMs } from "./delays.ts";
import { defaulted, integer, optional, record, refined, wordOr, type ValueOf } from "./shape.ts";

const replicas = (what: string) => optional(integer(1, 1000), what);

const ingressNginx = record({
  replicas: replicas("pods of the controller; 1 when left out"),
  workers: optional(integer(1, 64), "nginx workers in each; 2 when left out"),
  syncInterval: optional(delayMs, "least time between two syncs (--sync-rate-limit); 3333ms"),
  poll: optional(timeoutMs, "how often each worker looks for new endpoints; 1s when left out"),
  connectTimeout: optional(timeoutMs, "proxy-connect-timeout; 5s when left out"),
  readTimeout: optional(timeoutMs, "proxy-read-timeout; 60s when left out"),
  tries: optional(integer(1, 100), "proxy-next-upstream-tries; 3 when left out"),
});

const envoy = {
  replicas: replicas("proxies that requests are spread over; 2 when left out"),
  debounce: optional(delayMs, "changes are collected until none has come for so long; 100ms"),
  debounceMax: optional(delayMs, "and no longer than this; 10s when left out"),
  push: optional(delay, "from the control plane to each proxy; 10ms to 300ms when left out"),
};

const gateway = record({
  ...envoy,
  connectTimeout: optional(timeoutMs, "connect timeout; 5s when left out"),
  requestTimeout: optional(timeoutMs, "route timeout; 15s when left out"),
  retries: optional(integer(0, 100), "tries after the first; 0 when left out"),
});

const mesh = record({
  ...envoy,
  connectTimeout: optional(timeoutMs, "connect timeout; 10s when left out"),
  requestTimeout: optional(wordOr("none", timeoutMs), "route timeout; none when left out"),
  retries: optional(integer(0, 100), "tries after the first; 2 when left out"),
});

const loadBalancer = record({
  replicas: replicas("machines of the load balancer; 2 when left out"),
  deregistration: optional(
    delay,
    "from a target's deregistration until no request is sent to it; 15s when left out",
  ),
  registration: optional(
    delay,
    "from a target's registration to its first passed health check; 1s to 5s when left out",
  ),
  connectTimeout: optional(timeoutMs, "10s when left out"),
  idleTimeout: optional(timeoutMs, "an answer takes no longer; 60s when left out"),
  healthCheckInterval: optional(timeoutMs, "of nodes (node-port); 10s when left out"),
  unhealthyThreshold: optional(integer(1, 100), "failed checks in a row; 2 when left out"),
  healthyThreshold: optional(integer(1, 100), "passed checks in a row; 2 when left out"),
});

const deadAddress = refined(
  wordOr(
    "silent",
    record({ unreachableAfter: defaulted(delayMs, 3000, "no route to host after so long; 3s") }),
  ),
  (value) => (value === "silent" ? value : { unreachableAfterMs: value.unreachableAfter }),
);

/** Delays and limits of the data path. */
export const network = record({
  endpointSlice: optional(
    delay,
    "from a pod's change to the EndpointSlice's; as measured on a real node when left out",
  ),
  kubeProxy: defaulted(
    wordOr("sync", delay),
    "sync",
    "from the EndpointSlice's change to the node's rules, drawn for each node and update; sync: kube-proxy's own rhythm, syncs at least a second apart; sync when left out",
  ),
  proxyConnectTimeout: defaulted(
    timeoutMs,
    60_000,
    "proxy_connect_timeout of the reverse proxy; 60s when left out",
  ),
  proxyReadTimeout: defaulted(
    timeoutMs,
    60_000,
    "proxy_read_timeout of the reverse proxy; 60s when left out",
  ),
  proxyKeepAlive: optional(
    integer(0, 10_000),
    "connections that the reverse proxy keeps to the Service; 0 when left out, 32 since nginx 1.29.7",
  ),
  ingressNginx: optional(ingressNginx, "ingress-nginx (retired in March 2026)"),
  gateway: optional(gateway, "a Gateway API implementation with Envoy"),
  mesh: optional(mesh, "the clients' sidecars (Istio)"),
  loadBalancer: optional(loadBalancer, "the cloud load balancer of alb-ip and node-port"),
  deadAddress: optional(
    deadAddress,
    "what the address of a pod that is gone does; silent when left out",
  ),
  closeUnseen: optional(
    delayMs,
    "for so long after a pod has closed an idle connection requests may be sent on it; 15ms",
  ),
});

export type NetworkSpec = ValueOf<typeof network>;
