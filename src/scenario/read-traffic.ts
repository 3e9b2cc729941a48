import type { TrafficSource } from "../simulator/scenario.ts";
import { latencyOf } from "./read-images.ts";
import type { TrafficSpec } from "./schema/traffic-shape.ts";

/** How long a WebSocket lasts that a scenario says nothing of. */
const WEBSOCKET_MS = 600_000;

/** A source of requests as a scenario of that length describes it. */
export function trafficSource(spec: TrafficSpec, durationMs: number): TrafficSource {
  const { to, keepAlive, protocol, latency } = spec;
  const connections = typeof keepAlive === "object" ? keepAlive.connections : undefined;
  return {
    name: spec.name,
    ...(to.kind === "service" ? { service: to.service } : { route: to.route }),
    road: spec.road,
    rps: spec.rps,
    arrivals: spec.arrivals,
    keepAlive: keepAlive !== false || protocol === "http2",
    ...(connections === undefined ? {} : { connections }),
    ...(protocol === "http1" ? {} : { protocol }),
    ...(protocol === "websocket" ? { lastsMs: spec.lasts ?? WEBSOCKET_MS } : {}),
    timeoutMs: spec.timeout,
    ...(spec.retries === undefined ? {} : { retries: spec.retries }),
    ...(spec.methods === undefined ? {} : { postShare: spec.methods }),
    ...(latency === undefined ? {} : { latency: latencyOf(latency, { p50Ms: 2, p99Ms: 60 }) }),
    ...(spec.upload === undefined ? {} : { uploadMs: spec.upload }),
    ...(spec.download === undefined ? {} : { downloadMs: spec.download }),
    ...(spec.clients === undefined ? {} : { clients: spec.clients }),
    ...(spec.head === undefined ? {} : { head: spec.head }),
    startMs: spec.start,
    stopMs: Math.min(spec.stop ?? durationMs, durationMs),
  };
}
