import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, slider } from "../knobs.ts";

const UPDATE = 20;
const END = UPDATE + 130;
const NEW = "shop-web:1.1";

const track = (name: string, image: string, replicas: number) =>
  deployment({ name, image, replicas, labels: { app: "web", track: name }, preStopSeconds: 5 });

export const figures = {
  /** The same broken version, brought out in two ways, and taken back at the same time. */
  "rolling-versus-canary": figure({
    knobs: {
      way: choice(
        { en: "The way out", ko: "내보내는 방법" },
        {
          rolling: { en: "rolling update of 10", ko: "파드 10개 롤링 업데이트" },
          canary: { en: "canary: 1 beside 9", ko: "카나리: 9개 옆에 1개" },
        },
        "rolling",
      ),
      noticed: slider(
        { en: "Taken back after", ko: "되돌리는 때" },
        [10, 20, 30, 60],
        60,
        inSeconds,
      ),
      version: choice(
        { en: "The new version", ko: "새 버전" },
        {
          errors: { en: "3 in 10 answers are 500", ko: "10건 중 3건이 500" },
          unready: { en: "never becomes ready", ko: "준비되지 않음" },
        },
        "errors",
      ),
    },
    scenario: ({ way, noticed, version }) =>
      cluster({
        name: "rolling-versus-canary",
        seed: 5,
        seconds: END,
        nodes: 3,
        images: {
          "shop-web:1.0": {},
          [NEW]: {
            startupMs: 3000,
            readyMs: version === "unready" ? 600_000 : 3000,
            errorRate: version === "errors" ? 0.3 : 0,
          },
        },
        traffic: [requests(50, UPDATE - 5, END)],
        steps: [
          apply(0, [
            service("web", { app: "web" }),
            track("web", "shop-web:1.0", way === "rolling" ? 10 : 9),
          ]),
          ...(way === "rolling"
            ? [
                kubectl(UPDATE, `set image deployment/web web=${NEW}`),
                kubectl(UPDATE + noticed, "rollout undo deployment/web"),
              ]
            : [
                apply(UPDATE, [track("canary", NEW, 1)], "canary.yaml"),
                kubectl(UPDATE + noticed, "scale deployment/canary --replicas=0"),
              ]),
        ],
      }),
    view: { window: { from: UPDATE - 5, to: UPDATE + 100 }, routers: false },
  }),
};
