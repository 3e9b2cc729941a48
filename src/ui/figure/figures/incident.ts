import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { ready, ROUTING_AS_KUBE_PROXY, toggle } from "../knobs.ts";

const UPDATE = 20;
/** As long for all values, so that the counts of two runs can be compared; the longest hook fits in. */
const END = UPDATE + 60;

/**
 * Three nginx pods behind a reverse proxy and a Service get a new image under 50 requests a second. nginx closes its port as soon as it is
 * told to stop.
 */
export function incidentScenario(
  preStopSeconds: number,
  graceSeconds: number,
  routingSeconds: number,
) {
  return cluster({
    name: "incident",
    // A run in which each of the three old pods loses requests, and neither more nor fewer than most runs lose.
    seed: 10,
    seconds: END,
    images: { "shop-web:1.0": {}, "shop-web:1.1": {} },
    routingSeconds,
    traffic: [requests(50, UPDATE - 8, END)],
    steps: [
      apply(0, [service(), deployment({ preStopSeconds, graceSeconds })]),
      kubectl(UPDATE, "set image deployment/web web=shop-web:1.1"),
    ],
  });
}

export const figures = {
  /** The incident with the three numbers that decide it. */
  incident: figure({
    knobs: { preStop: ready.preStop(), grace: ready.grace(), routing: ready.routing() },
    scenario: ({ preStop, grace, routing }) => incidentScenario(preStop, grace, routing),
  }),
  /** The incident with one switch. */
  "incident/switch": figure({
    knobs: { preStop: toggle("preStop: sleep 5") },
    scenario: ({ preStop }) => incidentScenario(preStop ? 5 : 0, 30, ROUTING_AS_KUBE_PROXY),
  }),
};
