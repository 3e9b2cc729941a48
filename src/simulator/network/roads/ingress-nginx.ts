import type { IngressNginxSettings } from "../../scenario.ts";
import { PLAIN, type RoadRules } from "./road.ts";

/**
 * ingress-nginx, which connects to the pods itself and tries the next one on `error timeout` (controller config.go ProxyNextUpstream). Retired
 * in March 2026: new clusters use the Gateway API.
 */
export function ingressNginx(settings: IngressNginxSettings): RoadRules {
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
      // lua/balancer.lua rewrite: no balancer for the back end.
      "no-endpoint": { outcome: "503" },
      "no-route": { outcome: "404" },
      "invalid-backend": { outcome: "503" },
    },
    retry: {
      tries: settings.tries,
      // Nothing has been sent on a connection that could not be made, so the method does not matter (ngx_http_upstream_next request_sent).
      on: {
        "connection-refused": "any",
        "not-ready-yet": "any",
        "connect-timeout": "any",
        "host-unreachable": "any",
        "connection-reset": "idempotent",
        "idle-connection-closed": "idempotent",
        slow: "idempotent",
      },
      // Simplified: a later try takes no pod twice while others are left, as if nobody else had had a turn in between.
      redraws: settings.tries + 1,
    },
    connectTimeoutMs: settings.connectTimeoutMs,
    readTimeoutMs: settings.readTimeoutMs,
    keepsToPods: true,
    // upstream-keepalive-timeout.
    keptIdleMs: 60_000,
    buffersUploads: true,
    inTurns: true,
  };
}
