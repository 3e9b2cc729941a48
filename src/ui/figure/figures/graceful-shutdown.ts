import type { ImageBehaviour } from "../../../simulator/scenario.ts";
import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, toggle } from "../knobs.ts";

const UPDATE = 30;

const GRACEFUL = { onSigterm: { mode: "graceful", drainMs: 0 } } as const;
const FAST = { onSigterm: { mode: "fast" } } as const;

/** An export takes longer than the hook. */
const EXPORT = { name: "exports", latency: { p50Ms: 8000, p99Ms: 8000 } };

/** How each of them takes its stop signal (simulator-model E). */
const APPLICATIONS = {
  nginx: GRACEFUL,
  nginxTerm: FAST,
  node: { onSigterm: { mode: "ignore" } },
  spring: FAST,
  go: GRACEFUL,
} as const satisfies Record<string, Partial<ImageBehaviour>>;

export const figures = {
  /** The same update of five applications, with a hook and without. */
  "graceful-shutdown": figure({
    knobs: {
      application: choice(
        { en: "Application", ko: "애플리케이션" },
        {
          nginx: "nginx, SIGQUIT",
          nginxTerm: "nginx, SIGTERM",
          node: { en: "Node.js as PID 1, no handler", ko: "Node.js가 PID 1, 핸들러 없음" },
          spring: "Spring Boot 3.3",
          go: "Go, Shutdown()",
        },
        "nginxTerm",
      ),
      preStop: toggle("preStop: sleep 5", true),
    },
    scenario: ({ application, preStop }) => {
      const behaviour = APPLICATIONS[application];
      return cluster({
        name: "graceful-shutdown",
        seed: 7,
        seconds: UPDATE + 90,
        network: { proxyReadTimeoutMs: 60_000 },
        images: { "orders:1.0": behaviour, "orders:1.1": behaviour },
        traffic: [
          requests(50, UPDATE - 10, UPDATE + 70),
          requests(4, UPDATE - 15, UPDATE + 70, EXPORT),
        ],
        steps: [
          apply(0, [
            service(),
            deployment({ image: "orders:1.0", preStopSeconds: preStop ? 5 : 0, graceSeconds: 20 }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=orders:1.1"),
        ],
      });
    },
  }),
};
