import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { inSeconds, ready, slider } from "../knobs.ts";

const UPDATE = 20;

export const figures = {
  /** One pod's way out, with requests that take as long as one likes. */
  "termination-sequence": figure({
    knobs: {
      preStop: ready.preStop(5),
      grace: ready.grace(30),
      work: slider(
        { en: "A request takes", ko: "요청 처리 시간" },
        [0.1, 1, 3, 8, 15],
        8,
        inSeconds,
      ),
    },
    scenario: ({ preStop, grace, work }) =>
      cluster({
        name: "termination-sequence",
        seed: 6,
        seconds: UPDATE + 90,
        network: { proxyReadTimeoutMs: 60_000 },
        images: { "shop-web:1.0": {}, "shop-web:1.1": {} },
        traffic: [
          requests(20, UPDATE - 16, UPDATE + 60, {
            latency: { p50Ms: work * 1000, p99Ms: work * 1000 },
          }),
        ],
        steps: [
          apply(0, [
            service(),
            deployment({ replicas: 2, preStopSeconds: preStop, graceSeconds: grace }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=shop-web:1.1"),
        ],
      }),
  }),
};
