import type { NetworkModel, RoadSettings } from "../../scenario.ts";
import { NO_RETRY, PLAIN, type RoadRules } from "./road.ts";

/**
 * A plain nginx before a Service: its one peer is the ClusterIP, so there is nothing to try next (src/http/ngx_http_upstream_round_robin.c). Where
 * it keeps connections, a request whose kept connection turns out closed is sent once more on a new one, unless it is a POST
 * (src/http/ngx_http_upstream.c ngx_http_upstream_next).
 */
export function proxy(
  { proxyConnectTimeoutMs, proxyReadTimeoutMs }: NetworkModel,
  { proxyKeepAlive }: RoadSettings,
): RoadRules {
  return {
    ...PLAIN,
    seen: {
      "connection-refused": { outcome: "502" },
      "not-ready-yet": { outcome: "502" },
      "connect-timeout": { outcome: "504" },
      "host-unreachable": { outcome: "502" },
      "connection-reset": { outcome: "502" },
      "idle-connection-closed": { outcome: "502" },
      "answer-cut-off": { outcome: "truncated" },
      slow: { outcome: "504" },
      overloaded: { outcome: "503" },
      "no-endpoint": { outcome: "502" },
      "no-route": { outcome: "502" },
      "invalid-backend": { outcome: "502" },
    },
    retry:
      proxyKeepAlive === 0
        ? NO_RETRY
        : { tries: 2, on: { "idle-connection-closed": "idempotent" }, redraws: 0 },
    connectTimeoutMs: proxyConnectTimeoutMs,
    readTimeoutMs: proxyReadTimeoutMs,
    buffersUploads: true,
  };
}
