import type { TrafficSource } from "../../../simulator/scenario.ts";
import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, ready } from "../knobs.ts";

const UPDATE = 25;

const CONNECTIONS = {
  fresh: { keepAlive: false },
  kept: { keepAlive: true, connections: 10 },
  http2: { keepAlive: true, connections: 1, protocol: "http2" },
  websocket: { keepAlive: true, protocol: "websocket", lastsMs: 40_000, rps: 1 },
} as const satisfies Record<string, Partial<TrafficSource>>;

export const figures = {
  /** Clients inside the cluster that keep their connections, and pods that end. */
  "keep-alive": figure({
    knobs: {
      connections: choice(
        { en: "Connections", ko: "연결" },
        {
          fresh: { en: "one a request", ko: "요청마다 하나" },
          kept: { en: "ten, kept alive", ko: "열 개를 유지" },
          http2: { en: "one of HTTP/2", ko: "HTTP/2 하나" },
          websocket: { en: "WebSockets of 40 s", ko: "40초짜리 WebSocket" },
        },
        "kept",
      ),
      preStop: ready.preStop(10),
      grace: ready.grace(30),
    },
    scenario: ({ connections, preStop, grace }) =>
      cluster({
        name: "keep-alive",
        seed: 9,
        seconds: UPDATE + 110,
        images: { "shop-api:1.0": {}, "shop-api:1.1": {} },
        traffic: [
          requests(200, UPDATE - 15, UPDATE + 60, { road: "direct", ...CONNECTIONS[connections] }),
        ],
        steps: [
          apply(0, [
            service(),
            deployment({ image: "shop-api:1.0", preStopSeconds: preStop, graceSeconds: grace }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=shop-api:1.1"),
        ],
      }),
  }),
};
