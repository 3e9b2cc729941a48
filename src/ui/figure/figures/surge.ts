import { apply, cluster, deployment, kubectl, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { ready, slider } from "../knobs.ts";

const UPDATE = 20;
const NEW = "shop-web:1.1";

const STOPS = ["0", "1", "2", "3", "5", "10%", "25%", "34%", "50%", "100%"];

/** A number of pods or a share of them, as the manifest has it. */
const intOrPercent = (text: string) => (text.endsWith("%") ? text : Number(text));
const isZero = (text: string) => Number.parseInt(text, 10) === 0;

export const figures = {
  /** Two bounds, as numbers or percentages, and what a rollout makes of them. */
  surge: figure({
    knobs: {
      replicas: ready.replicas(10),
      maxSurge: slider("maxSurge", STOPS, "25%"),
      maxUnavailable: slider("maxUnavailable", STOPS, "25%"),
      preStop: ready.preStop(0),
    },
    scenario: ({ replicas, maxSurge, maxUnavailable, preStop }) =>
      cluster({
        name: "surge",
        seed: 2,
        seconds: 180,
        nodes: 3,
        images: { "shop-web:1.0": {}, [NEW]: { startupMs: 3000, readyMs: 3000 } },
        steps: [
          apply(0, [
            service(),
            deployment({
              replicas,
              maxSurge: intOrPercent(maxSurge),
              // Both at 0 is refused: nothing could ever move.
              maxUnavailable:
                isZero(maxSurge) && isZero(maxUnavailable) ? 1 : intOrPercent(maxUnavailable),
              preStopSeconds: preStop,
              graceSeconds: 60,
            }),
          ]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      }),
    view: { routers: false },
    tells: ["rollout"],
  }),
};
