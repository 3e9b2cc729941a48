import type { LoadBalancerSettings } from "../../scenario.ts";
import { PLAIN, type RoadRules, type SeenTable } from "./road.ts";

/** AWS, "Troubleshoot your Application Load Balancers". It never tries again (kubernetes-sigs/aws-load-balancer-controller #2366). */
const SEEN: SeenTable = {
  "connection-refused": { outcome: "502" },
  "not-ready-yet": { outcome: "502" },
  "connect-timeout": { outcome: "504" },
  "host-unreachable": { outcome: "502" },
  "connection-reset": { outcome: "502" },
  "idle-connection-closed": { outcome: "502" },
  "answer-cut-off": { outcome: "truncated" },
  slow: { outcome: "504" },
  overloaded: { outcome: "503" },
  "no-endpoint": { outcome: "503" },
  "no-route": { outcome: "404" },
  "invalid-backend": { outcome: "503" },
};

/** A cloud load balancer whose targets are the pods. */
export function albIp(settings: LoadBalancerSettings): RoadRules {
  return {
    ...PLAIN,
    seen: SEEN,
    connectTimeoutMs: settings.connectTimeoutMs,
    readTimeoutMs: settings.idleTimeoutMs,
    keepsToPods: true,
    keptIdleMs: settings.idleTimeoutMs,
  };
}

/**
 * A cloud load balancer whose targets are the nodes' ports; there kube-proxy chooses the pod. Where a node has none for it the node refuses
 * (502) or drops (504); a Service without node ports has no targets at all (503).
 */
export function nodePort(settings: LoadBalancerSettings): RoadRules {
  return {
    ...PLAIN,
    seen: { ...SEEN, "no-endpoint": { outcome: "502" } },
    seenWithoutPort: { outcome: "503" },
    connectTimeoutMs: settings.connectTimeoutMs,
    readTimeoutMs: settings.idleTimeoutMs,
  };
}
