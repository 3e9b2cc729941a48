import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { inSeconds, ready, slider } from "../knobs.ts";

const UPDATE = 50;
/** Slow enough that the last new request comes well into the hook. */
const ROUTING = 10;

export const figures = {
  /** Exports that take half a minute, routers that take ten seconds, and one period that hook and shutdown share. */
  "termination-grace-period": figure({
    knobs: {
      grace: ready.grace(30),
      preStop: ready.preStop(15),
      work: slider(
        { en: "An export takes", ko: "내보내기 한 건의 시간" },
        [1, 5, 15, 25, 40],
        25,
        inSeconds,
      ),
    },
    scenario: ({ grace, preStop, work }) =>
      cluster({
        name: "termination-grace-period",
        seed: 5,
        seconds: UPDATE + 140,
        routingSeconds: ROUTING,
        network: { proxyReadTimeoutMs: 60_000 },
        images: { "export:1.0": {}, "export:1.1": {} },
        traffic: [
          requests(6, UPDATE - 35, UPDATE + 60, {
            latency: { p50Ms: work * 1000, p99Ms: work * 1000 },
          }),
        ],
        steps: [
          apply(0, [
            service(),
            deployment({
              image: "export:1.0",
              replicas: 2,
              graceSeconds: grace,
              preStopSeconds: preStop,
            }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=export:1.1"),
        ],
      }),
  }),
};
