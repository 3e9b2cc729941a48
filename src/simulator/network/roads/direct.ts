import { PLAIN, type RoadRules } from "./road.ts";

/** Straight to the ClusterIP: the node's rules choose, and the client sees what happens on the wire (simulator-model D2.i). */
export function direct(): RoadRules {
  return {
    ...PLAIN,
    seen: {
      "connection-refused": { outcome: "connection-refused" },
      "not-ready-yet": { outcome: "connection-refused" },
      "connect-timeout": { outcome: "timeout" },
      "host-unreachable": { outcome: "host-unreachable" },
      "connection-reset": { outcome: "connection-reset" },
      "idle-connection-closed": { outcome: "connection-reset" },
      "answer-cut-off": { outcome: "truncated" },
      slow: { outcome: "timeout" },
      overloaded: { outcome: "503" },
      // iptables/proxier.go: REJECT.
      "no-endpoint": { outcome: "connection-refused" },
      "no-route": { outcome: "connection-refused" },
      "invalid-backend": { outcome: "connection-refused" },
    },
  };
}
