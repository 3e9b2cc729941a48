import type { EnvoySettings } from "../../scenario.ts";
import type { FailureCause } from "../../record.ts";
import { NO_RETRY, PLAIN, type RetryPolicy, type RoadRules, type SeenTable } from "./road.ts";

/** envoy source/common/router/router.cc onUpstreamReset: nearly everything is 503, with a flag that says what it was. */
const SEEN: SeenTable = {
  "connection-refused": { outcome: "503", flag: "UF" },
  "not-ready-yet": { outcome: "503", flag: "UF" },
  "connect-timeout": { outcome: "503", flag: "UF" },
  "host-unreachable": { outcome: "503", flag: "UF" },
  "connection-reset": { outcome: "503", flag: "UC" },
  "idle-connection-closed": { outcome: "503", flag: "UC" },
  // The header has gone out, so the stream is reset.
  "answer-cut-off": { outcome: "connection-reset", flag: "UC" },
  slow: { outcome: "504", flag: "UT" },
  overloaded: { outcome: "503" },
  "no-endpoint": { outcome: "503", flag: "UH" },
  "no-route": { outcome: "404", flag: "NR" },
  "invalid-backend": { outcome: "500" },
};

function envoy(settings: EnvoySettings, retry: RetryPolicy): RoadRules {
  return {
    ...PLAIN,
    seen: SEEN,
    retry: settings.retries === 0 ? NO_RETRY : { ...retry, tries: settings.retries + 1 },
    connectTimeoutMs: settings.connectTimeoutMs,
    requestTimeoutMs: settings.requestTimeoutMs,
    keepsToPods: true,
    keptIdleMs: 3_600_000,
  };
}

/** Failures after which nothing has reached the application. */
const CONNECT_FAILURE: Readonly<Partial<Record<FailureCause, "any">>> = {
  "connection-refused": "any",
  "not-ready-yet": "any",
  "connect-timeout": "any",
  "host-unreachable": "any",
};

/** A Gateway API implementation with Envoy: no retries unless they are configured (envoy docs, faq configuration timeouts). */
export function gateway(settings: EnvoySettings): RoadRules {
  return envoy(settings, { tries: 1, on: CONNECT_FAILURE, redraws: 0 });
}

/**
 * The client's sidecar in an Istio mesh: two retries where the connection could not be made, on pods not tried before if five draws find one
 * (pilot/pkg/networking/core/route/retry/retry.go DefaultPolicy; a plain 503 is no reason since 1.24).
 * Simplified: the pods' own sidecars take no part.
 */
export function mesh(settings: EnvoySettings): RoadRules {
  return envoy(settings, { tries: 3, on: CONNECT_FAILURE, redraws: 5 });
}
