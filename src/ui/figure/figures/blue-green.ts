import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, ready, slider, toggle } from "../knobs.ts";

const GREEN = 20;
/** Green has been ready for a while by then. */
const SWITCH = GREEN + 20;
const BACK = SWITCH + 15;
const END = SWITCH + 80;

const colour = (name: "blue" | "green", image: string) =>
  deployment({ name, image, replicas: 3, labels: { app: "web", version: name } });
const pointsTo = (version: "blue" | "green") => service("web", { app: "web", version });

export const figures = {
  /** Two Deployments, and a Service whose selector is changed under 100 requests a second. */
  "blue-green": figure({
    knobs: {
      when: choice(
        { en: "The switch", ko: "전환 시점" },
        {
          ready: { en: "when green is ready", ko: "green이 준비된 뒤" },
          early: { en: "2 s after green was created", ko: "green을 만들고 2초 뒤" },
        },
        "ready",
      ),
      keep: slider(
        { en: "Blue is kept after the switch for", ko: "전환 뒤 blue를 남겨 두는 시간" },
        [0, 1, 2, 5, 30, 60],
        30,
        inSeconds,
      ),
      routing: ready.routing(2),
      back: toggle({ en: "Back to blue after 15 s", ko: "15초 뒤 blue로 되돌리기" }),
    },
    scenario: ({ when, keep, routing, back }) => {
      const at = when === "ready" ? SWITCH : GREEN + 2;
      const goes = kubectl(at + keep, "scale deployment/blue --replicas=0");
      const steps = [
        apply(0, [pointsTo("blue"), colour("blue", "shop-web:1.0")], "blue.yaml"),
        apply(GREEN, [colour("green", "shop-web:1.1")], "green.yaml"),
        apply(at, [pointsTo("green")], "service.yaml"),
        ...(back ? [apply(BACK, [pointsTo("blue")], "service.yaml")] : []),
        goes,
      ];
      return cluster({
        name: "blue-green",
        seed: 6,
        seconds: END,
        nodes: 2,
        routingSeconds: routing,
        images: { "shop-web:1.0": {}, "shop-web:1.1": { startupMs: 3000, readyMs: 3000 } },
        traffic: [requests(100, GREEN - 5, END)],
        steps: steps.toSorted((one, other) => one.atMs - other.atMs),
      });
    },
    view: { window: { from: GREEN - 4, to: SWITCH + 45 } },
  }),
};
