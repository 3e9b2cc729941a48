/** Every road that a client's requests may take to the pods (simulator-model D). */
export const ROADS = [
  "direct",
  "proxy",
  "ingress-nginx",
  "gateway",
  "mesh",
  "alb-ip",
  "node-port",
] as const;

export type Road = (typeof ROADS)[number];

/** Median and 99th percentile of a log-normal distribution. */
export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** An Ingress or HTTPRoute that requests are sent to. */
export interface RouteTarget {
  readonly kind: "Ingress" | "HTTPRoute";
  readonly namespace: string;
  readonly name: string;
}

/** What the rules of an Ingress or HTTPRoute see of a request. */
export interface RequestHead {
  /** Undefined: a host that the route takes. */
  readonly host?: string;
  readonly path: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
}

/** One open-loop source of requests. */
export interface TrafficSource {
  readonly name: string;
  /** Where requests go: a Service's port, or the back ends of `route`. Exactly one of both. */
  readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };
  readonly route?: RouteTarget;
  readonly road: Road;
  /** Requests a second; fractions allowed. */
  readonly rps: number;
  readonly arrivals: "poisson" | "uniform";
  /** Whether connections to the Service are used for more than one request. */
  readonly keepAlive: boolean;
  /** How many connections are kept; ten, one for `http2`, when left out. */
  readonly connections?: number;
  /**
   * `http2`: a connection takes many requests at the same time, and is told when it will be closed. `websocket`: each request opens a connection
   * that lasts for `lastsMs`. `http1` when left out.
   */
  readonly protocol?: "http1" | "http2" | "websocket";
  readonly lastsMs?: number;
  /** The client's own timeout. */
  readonly timeoutMs: number;
  /** How often a client tries again after a failure; 0 when left out. */
  readonly retries?: number;
  /** Share of the requests that are POST, the others being GET; 0 when left out. */
  readonly postShare?: number;
  /** Time to answer in place of the image's. */
  readonly latency?: Latency;
  /** Time that a request's body takes to be sent, and an answer's to be received after its header. */
  readonly uploadMs?: number;
  readonly downloadMs?: number;
  /** Addresses that requests come from, in turn or at random; what session affinity goes by; 1 when left out. */
  readonly clients?: number;
  readonly head?: RequestHead;
  /** Virtual time from which requests are sent. Undefined: from when the router first has an endpoint to send them to. */
  readonly startMs?: number;
  /** Virtual time after which no request is sent. */
  readonly stopMs: number;
}
