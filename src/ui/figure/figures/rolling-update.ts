import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, ready } from "../knobs.ts";

const UPDATE = 20;
const NEW = "shop-web:1.1";

export const figures = {
  /** Four pods with the defaults of a Deployment, under traffic, replaced by a version that may be good or broken. */
  "rolling-update": figure({
    knobs: {
      replicas: ready.replicas(4),
      startup: ready.startup(3),
      image: choice(
        { en: "The new version", ko: "새 버전" },
        {
          good: { en: "works", ko: "정상" },
          unready: { en: "never becomes ready", ko: "준비되지 않음" },
          errors: { en: "ready, but 3 in 10 answers are 500", ko: "준비되지만 10건 중 3건이 500" },
        },
        "good",
      ),
    },
    scenario: ({ replicas, startup, image }) =>
      cluster({
        name: "rolling-update",
        seed: 3,
        seconds: 120,
        nodes: 3,
        images: {
          "shop-web:1.0": {},
          [NEW]: {
            startupMs: startup * 1000,
            readyMs: image === "unready" ? 600_000 : startup * 1000,
            errorRate: image === "errors" ? 0.3 : 0,
          },
        },
        traffic: [requests(40, UPDATE - 8, 120)],
        steps: [
          apply(0, [service(), deployment({ replicas, preStopSeconds: 5 })]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      }),
    view: { window: { from: UPDATE - 4, to: UPDATE + 40 } },
    tells: ["requests", "rollout"],
  }),
};
