import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, slider } from "../knobs.ts";

const CANARY = 15;
/** Traffic begins when stable and canary are both ready, so that shares can be read off the whole run. */
const FROM = 30;
const TO = FROM + 120;

const track = (name: string, image: string, replicas: number) =>
  deployment({
    name,
    image,
    replicas,
    labels: { app: "web", track: name },
    preStopSeconds: 5,
  });

export const figures = {
  /** Two Deployments behind one Service: the share of the canary is its share of the pods. */
  canary: figure({
    knobs: {
      stable: slider({ en: "Stable pods", ko: "안정 버전 파드" }, [1, 2, 3, 4, 6, 9], 4),
      canary: slider({ en: "Canary pods", ko: "카나리 파드" }, [1, 2, 3, 4], 1),
      version: choice(
        { en: "The new version", ko: "새 버전" },
        {
          good: { en: "works", ko: "정상" },
          bad: { en: "3 in 10 answers are 500", ko: "10건 중 3건이 500" },
        },
        "good",
      ),
      removed: slider(
        { en: "The canary is removed after", ko: "카나리를 거두는 때" },
        [10, 20, 30, 60, 120],
        120,
        inSeconds,
      ),
    },
    scenario: ({ stable, canary, version, removed }) =>
      cluster({
        name: "canary",
        seed: 7,
        seconds: TO,
        nodes: 3,
        images: {
          "shop-web:1.0": {},
          "shop-web:1.1": {
            startupMs: 2000,
            readyMs: 2000,
            errorRate: version === "bad" ? 0.3 : 0,
          },
        },
        traffic: [requests(50, FROM, TO)],
        steps: [
          apply(
            0,
            [service("web", { app: "web" }), track("stable", "shop-web:1.0", stable)],
            "web.yaml",
          ),
          apply(CANARY, [track("canary", "shop-web:1.1", canary)], "canary.yaml"),
          ...(removed < TO - FROM
            ? [kubectl(FROM + removed, "scale deployment/canary --replicas=0")]
            : []),
        ],
      }),
    view: { window: { from: CANARY - 3, to: TO }, routers: false },
  }),
};
