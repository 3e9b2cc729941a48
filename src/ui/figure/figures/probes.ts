import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, slider, toggle } from "../knobs.ts";

const UPDATE = 20;

/** The first asks only whether the port is open, the second the application itself. */
const HANDLERS = {
  tcp: { tcpSocket: { port: 80 } },
  http: { httpGet: { path: "/ready", port: 80 } },
};

export const figures = {
  /** A port that opens after a second, an application that can answer later, and what asks it. */
  probes: figure({
    knobs: {
      handler: choice(
        "readinessProbe",
        { none: { en: "none", ko: "없음" }, tcp: "tcpSocket", http: "httpGet /ready" },
        "tcp",
      ),
      start: slider(
        { en: "Until it can answer", ko: "응답할 수 있을 때까지" },
        [1, 3, 6, 12, 20],
        6,
        inSeconds,
      ),
      period: slider("periodSeconds", [1, 2, 5, 10], 2, inSeconds),
    },
    scenario: ({ handler, start, period }) => {
      const readinessProbe =
        handler === "none" ? undefined : { ...HANDLERS[handler], periodSeconds: period };
      const starting = { startupMs: 1000, readyMs: start * 1000 };
      return cluster({
        name: "probes",
        seed: 3,
        seconds: UPDATE + 120,
        images: {
          // What runs already has long been warm, so that only the update's start shows.
          "catalog:1.0": {},
          "catalog:1.1": starting,
        },
        traffic: [requests(30, UPDATE - 6, UPDATE + 90)],
        steps: [
          apply(0, [
            service(),
            deployment({
              image: "catalog:1.0",
              readiness: null,
              container: readinessProbe === undefined ? {} : { readinessProbe },
              preStopSeconds: 5,
            }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=catalog:1.1"),
        ],
      });
    },
    tells: ["requests", "rollout"],
  }),
  /** A liveness probe and a start that takes longer than it allows. */
  "probes/slow-start": figure({
    knobs: {
      start: slider(
        { en: "Start of the application", ko: "애플리케이션 시작 시간" },
        [10, 20, 25, 40, 60, 90],
        40,
        inSeconds,
      ),
      startupProbe: toggle("startupProbe"),
    },
    scenario: ({ start, startupProbe }) => {
      const probe = { httpGet: { path: "/", port: 80 }, periodSeconds: 10, failureThreshold: 3 };
      const behaviour = { startupMs: start * 1000, readyMs: start * 1000 };
      return cluster({
        name: "slow-start",
        seed: 2,
        seconds: 200,
        images: { "report:1.0": behaviour },
        steps: [
          apply(0, [
            service(),
            deployment({
              image: "report:1.0",
              replicas: 1,
              container: {
                livenessProbe: probe,
                ...(startupProbe
                  ? { startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 60 } }
                  : {}),
              },
            }),
          ]),
        ],
      });
    },
    view: { requests: false, window: { from: 0, to: 200 } },
    tells: ["restarts"],
  }),
};
