import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, ready, slider } from "../knobs.ts";

const UPDATE = 20;

const HOOKS = {
  none: () => undefined,
  exec: (seconds: number) => ({ exec: { command: ["sleep", String(seconds)] } }),
  missing: (seconds: number) => ({ exec: { command: ["sleep", String(seconds)] } }),
  sleep: (seconds: number) => ({ sleep: { seconds } }),
  quit: () => ({ exec: { command: ["nginx", "-s", "quit"] } }),
};

export const figures = {
  /** What the hook runs, for how long, and how slow the routers are. */
  "pre-stop": figure({
    knobs: {
      hook: choice(
        "preStop",
        {
          none: { en: "none", ko: "없음" },
          exec: "exec: sleep",
          missing: { en: "exec: sleep, not in the image", ko: "exec: sleep, 이미지에 없음" },
          sleep: { en: "sleep (no program needed)", ko: "sleep (프로그램 불필요)" },
          quit: "exec: nginx -s quit",
        },
        "exec",
      ),
      seconds: slider({ en: "Seconds", ko: "초" }, [1, 2, 3, 5, 8, 10, 15, 20], 5, inSeconds),
      routing: ready.routing(3),
    },
    scenario: ({ hook, seconds, routing }) => {
      const preStop = HOOKS[hook](seconds);
      const behaviour = { shell: hook !== "missing" };
      return cluster({
        name: "pre-stop",
        seed: 8,
        seconds: UPDATE + 60,
        images: { "shop-web:1.0": behaviour, "shop-web:1.1": behaviour },
        routingSeconds: routing,
        traffic: [requests(50, UPDATE - 8, UPDATE + 50)],
        steps: [
          apply(0, [
            service(),
            deployment({
              graceSeconds: 30,
              container: preStop === undefined ? {} : { lifecycle: { preStop } },
            }),
          ]),
          kubectl(UPDATE, "set image deployment/web web=shop-web:1.1"),
        ],
      });
    },
  }),
};
