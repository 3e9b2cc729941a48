import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, ready } from "../knobs.ts";

const UPDATE = 20;
const NEW = "shop-web:1.1";

export const figures = {
  /** Three pods that all go before the first new one comes, under 20 requests a second. */
  recreate: figure({
    knobs: {
      strategy: ready.strategy("Recreate"),
      preStop: ready.preStop(0),
      startup: ready.startup(3),
      image: choice(
        { en: "The new image", ko: "새 이미지" },
        {
          good: { en: "starts", ko: "정상" },
          bad: { en: "does not exist", ko: "존재하지 않음" },
        },
        "good",
      ),
    },
    scenario: ({ strategy, preStop, startup, image }) =>
      cluster({
        name: "recreate",
        seed: 4,
        seconds: 110,
        nodes: 2,
        images: {
          "shop-web:1.0": {},
          [NEW]: {
            startupMs: startup * 1000,
            readyMs: startup * 1000,
            exists: image === "good",
          },
        },
        traffic: [requests(20, UPDATE - 8, 110)],
        steps: [
          apply(0, [
            service(),
            deployment({ strategy, preStopSeconds: preStop, graceSeconds: 60 }),
          ]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      }),
    tells: ["requests", "rollout"],
  }),
};
