import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, toggle } from "../knobs.ts";

const UPDATE = 20;
const END = 60;

/** Four seconds from the start of the process to its open port. */
const APPLICATION = { startupMs: 4000, readyMs: 4000 };

/** An export takes longer than the hook. */
const EXPORT = { name: "exports", latency: { p50Ms: 8000, p99Ms: 8000 } };

export const figures = {
  /** The three ways in which a rolling update loses requests, each with the switch that ends it. */
  "why-rolling-update-drops-requests": figure({
    knobs: {
      probe: toggle("readinessProbe"),
      preStop: toggle("preStop: sleep 5"),
      onStop: choice(
        { en: "On the stop signal the application", ko: "종료 신호를 받은 애플리케이션" },
        {
          exits: { en: "exits at once", ko: "곧바로 종료" },
          finishes: { en: "finishes its answers", ko: "처리하던 응답을 마침" },
        },
        "exits",
      ),
    },
    scenario: ({ probe, preStop, onStop }) => {
      const onSigterm =
        onStop === "exits" ? { mode: "fast" as const } : { mode: "graceful" as const, drainMs: 0 };
      const behaviour = { ...APPLICATION, onSigterm };
      return cluster({
        name: "why-rolling-update-drops-requests",
        seed: 6,
        seconds: END,
        network: { proxyReadTimeoutMs: 60_000 },
        images: { "shop-api:1.0": behaviour, "shop-api:1.1": behaviour },
        traffic: [requests(50, UPDATE - 6, END - 8), requests(4, UPDATE - 9, END - 8, EXPORT)],
        steps: [
          apply(0, [
            service(),
            deployment({
              image: "shop-api:1.0",
              readiness: probe ? { periodSeconds: 2 } : null,
              preStopSeconds: preStop ? 5 : 0,
            }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=shop-api:1.1"),
        ],
      });
    },
  }),
};
