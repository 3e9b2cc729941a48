import { LIMITS } from "../../simulator/scenario.ts";
import { ROADS, type RequestHead, type Road, type RouteTarget } from "../../simulator/traffic.ts";
import { delayMs, timeoutMs } from "./delays.ts";
import { latency } from "./latency-shape.ts";
import {
  boolean,
  defaulted,
  duration,
  either,
  integer,
  list,
  number,
  oneOf,
  optional,
  record,
  refined,
  required,
  text,
  type PlaceOf,
  type ValueOf,
} from "./shape.ts";

const timeMs = duration(0, LIMITS.durationMs);

type Target =
  | { readonly kind: "service"; readonly service: ServiceTarget }
  | { readonly kind: "route"; readonly route: RouteTarget };

interface ServiceTarget {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

const SERVICE = /^service\/(?:([a-z0-9.-]+)\/)?([a-z0-9-]+):([0-9]{1,5})$/;
const ROUTE = /^(ingress|httproute)\/(?:([a-z0-9.-]+)\/)?([a-z0-9.-]+)$/;

const target = refined(
  text("service/NAME:PORT, ingress/NAME or httproute/NAME", { max: 200 }),
  (value, at, report): Target | undefined => {
    const service = SERVICE.exec(value);
    const port = Number(service?.[3]);
    if (service !== null && port >= 1 && port <= 65_535) {
      const namespace = service[1] ?? "default";
      return { kind: "service", service: { namespace, name: service[2]!, port } };
    }
    const route = ROUTE.exec(value);
    if (route !== null) {
      const kind = route[1] === "ingress" ? "Ingress" : "HTTPRoute";
      const namespace = route[2] ?? "default";
      return { kind: "route", route: { kind, namespace, name: route[3]! } };
    }
    report(
      at(),
      `wanted service/NAME:PORT, ingress/NAME or httproute/NAME (service/NAMESPACE/NAME:PORT and so on for another namespace), got ${JSON.stringify(value)}`,
    );
    return undefined;
  },
);

/** What each road can lead to. */
const TARGETS: Readonly<Record<Road, readonly ("service" | "Ingress" | "HTTPRoute")[]>> = {
  direct: ["service"],
  proxy: ["service"],
  "ingress-nginx": ["service", "Ingress"],
  gateway: ["service", "HTTPRoute"],
  mesh: ["service"],
  "alb-ip": ["service", "Ingress"],
  "node-port": ["service"],
};

/** Roads on which a client's connection reaches a pod. */
const THROUGH: readonly Road[] = ["direct", "node-port"];

const methods = refined(
  record({
    GET: defaulted(number(0, 1_000_000), 0, "their weight"),
    POST: defaulted(number(0, 1_000_000), 0, "their weight"),
  }),
  ({ GET, POST }, at, report) => {
    if (GET + POST > 0) return POST / (GET + POST);
    report(at(), "no method has a weight above 0");
    return undefined;
  },
  "a mapping such as { GET: 90, POST: 10 }",
);

const pair = record({
  name: required(text("a name", { max: 200 }), "its name"),
  value: required(text("a value", { max: 2000 }), "its value"),
});
const pairs = list(pair, { max: 50 });

const fields = record({
  name: defaulted(
    text("a name", { max: 63 }),
    "users",
    "what to call the clients; users when left out",
  ),
  to: required(target, "service/NAME:PORT, ingress/NAME or httproute/NAME"),
  road: optional(
    oneOf(ROADS),
    "direct: straight to the Service; proxy: through a reverse proxy before it; ingress-nginx (retired in March 2026), gateway, mesh, alb-ip and node-port: through those. When left out: ingress-nginx to an Ingress, gateway to an HTTPRoute, else proxy",
  ),
  rps: defaulted(number(0, 100_000, true), 50, "requests a second; 50 when left out"),
  arrivals: defaulted(
    oneOf(["poisson", "uniform"]),
    "poisson",
    "poisson: at random; uniform: evenly spaced; poisson when left out",
  ),
  keepAlive: defaulted(
    either(record({ connections: required(integer(1, 10_000), "how many are kept") }), boolean()),
    false,
    "whether clients reuse connections, ten unless a number is named; false when left out",
  ),
  protocol: defaulted(
    oneOf(["http1", "http2", "websocket"]),
    "http1",
    "http2: many requests at a time on a kept connection; websocket: each request is a connection that lasts; http1 when left out",
  ),
  lasts: optional(timeMs, "websocket only: how long each connection lasts; 10m when left out"),
  timeout: defaulted(timeoutMs, 60_000, "the client's own timeout; 60s when left out"),
  retries: optional(integer(0, 100), "how often a client tries again; 0 when left out"),
  methods: optional(methods, "their shares; all GET when left out"),
  latency: optional(latency, "time to answer these requests, in place of the image's"),
  upload: optional(delayMs, "time that sending a request's body takes; 0 when left out"),
  download: optional(delayMs, "time that receiving an answer's body takes; 0 when left out"),
  clients: optional(
    integer(1, 100_000),
    "addresses that requests come from, which session affinity goes by; 1 when left out",
  ),
  host: optional(text("a host name", { max: 253 }), "when left out, one that the route takes"),
  path: optional(
    text("a path such as /", { pattern: "^/.*$", max: 2000 }),
    "path of the requests; / when left out",
  ),
  headers: optional(pairs, "headers of the requests"),
  cookies: optional(pairs, "cookies of the requests"),
  start: optional(timeMs, "virtual time of the first request"),
  stop: optional(timeMs, "virtual time of the last request; the scenario's end when left out"),
});

type Fields = ValueOf<typeof fields>;

/** A mistake in one source of traffic: the field, and what is wrong. */
type Mistake = readonly [field: keyof Fields, message: string];

function mistakeIn(value: Fields, road: Road): Mistake | undefined {
  const { to, start, stop, protocol, keepAlive, lasts } = value;
  if (start !== undefined && stop !== undefined && start >= stop) {
    return ["stop", "the traffic stops before it starts"];
  }
  const kind = to.kind === "service" ? "service" : to.route.kind;
  if (!TARGETS[road].includes(kind)) {
    const roads = ROADS.filter((name) => TARGETS[name].includes(kind));
    return [
      value.road === undefined ? "to" : "road",
      `the road ${road} does not lead to ${kind === "service" ? "a Service" : `an ${kind}`}; wanted ${roads.join(" or ")}`,
    ];
  }
  if (!THROUGH.includes(road)) {
    const end = `on the road ${road} a client's connection ends at the proxy`;
    if (typeof keepAlive === "object") return ["keepAlive", `${end}; their number means nothing`];
    if (protocol === "http2") return ["protocol", `${end}; http2 is for ${THROUGH.join(" and ")}`];
  }
  if (lasts !== undefined && protocol !== "websocket") {
    return ["lasts", `only connections of protocol websocket last, and this is ${protocol}`];
  }
  if (protocol === "websocket") {
    for (const field of ["methods", "upload", "download", "retries"] as const) {
      if (value[field] !== undefined) return [field, "a websocket has none"];
    }
  }
  if (kind === "service") {
    for (const field of ["host", "headers", "cookies", "path"] as const) {
      if (value[field] === undefined) continue;
      return [field, "only an Ingress or HTTPRoute looks at it, and this goes to a Service"];
    }
  }
  return undefined;
}

function headOf({ host, path = "/", headers = [], cookies = [] }: Fields): RequestHead {
  return {
    ...(host === undefined ? {} : { host }),
    path,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])),
    cookies: Object.fromEntries(cookies.map(({ name, value }) => [name, value])),
  };
}

/** One source of requests. */
export const traffic = refined(fields, (value, at: PlaceOf, report) => {
  const { to } = value;
  const usual =
    to.kind === "service" ? "proxy" : to.route.kind === "Ingress" ? "ingress-nginx" : "gateway";
  const road = value.road ?? usual;
  const mistake = mistakeIn(value, road);
  if (mistake === undefined) {
    return { ...value, road, ...(to.kind === "route" ? { head: headOf(value) } : {}) };
  }
  const [field, message] = mistake;
  report(at(field), message);
  return undefined;
});

export type TrafficSpec = ValueOf<typeof traffic>;
