import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, ready, slider, toggle } from "../knobs.ts";

const UPDATE = 40;
const NEW = "shop-web:1.1";
const GOOD = { startupMs: 400, readyMs: 1500 };

type Made = Readonly<Record<string, unknown>> & {
  readonly spec: Readonly<Record<string, unknown>>;
};

/** The pod template of a figure's Deployment as a set of another kind. */
function asKind(kind: string, plan: Parameters<typeof deployment>[0], spec: object): Made {
  const made = deployment(plan) as Made;
  const { replicas, selector, template } = made.spec;
  const own = kind === "DaemonSet" ? {} : { replicas, serviceName: "web" };
  return { ...made, kind, spec: { ...own, selector, template, ...spec } };
}

export const figures = {
  /** A StatefulSet goes from the highest ordinal down, one pod at a time. */
  statefulset: figure({
    knobs: {
      partition: slider("partition", [0, 1, 2, 3], 0),
      preStop: ready.preStop(5),
      image: choice(
        { en: "Version 1.1", ko: "1.1 버전" },
        {
          good: { en: "is fine", ko: "정상" },
          bad: { en: "never becomes ready", ko: "준비되지 않음" },
          undone: { en: "the same, and undone 30 s later", ko: "준비되지 않아 30초 뒤에 되돌림" },
        },
        "good",
      ),
    },
    scenario: ({ partition, preStop, image }) =>
      cluster({
        name: "statefulset",
        seed: 2,
        seconds: 260,
        nodes: 3,
        images: {
          "shop-web:1.0": GOOD,
          [NEW]: image === "good" ? GOOD : { ...GOOD, readyMs: 3_600_000 },
        },
        steps: [
          apply(0, [
            service(),
            asKind(
              "StatefulSet",
              { preStopSeconds: preStop, graceSeconds: 60 },
              { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition } } },
            ),
          ]),
          kubectl(UPDATE, `set image statefulset/web web=${NEW}`),
          ...(image === "undone" ? [kubectl(UPDATE + 30, "rollout undo statefulset/web")] : []),
        ],
      }),
    view: { window: { from: UPDATE - 5, to: UPDATE + 70 }, routers: false },
    tells: ["rollout"],
  }),

  /** A DaemonSet replaces the pod of a node, with or without a gap. */
  "statefulset/daemonset": figure({
    knobs: {
      surge: toggle("maxSurge: 1, maxUnavailable: 0"),
      preStop: ready.preStop(5),
      startup: ready.startup(3),
    },
    scenario: ({ surge, preStop, startup }) =>
      cluster({
        name: "daemonset",
        seed: 3,
        seconds: 160,
        nodes: 3,
        images: {
          "shop-web:1.0": GOOD,
          [NEW]: { startupMs: startup * 1000, readyMs: startup * 1000 },
        },
        traffic: [requests(20, 30, 160)],
        steps: [
          apply(0, [
            service(),
            asKind(
              "DaemonSet",
              { preStopSeconds: preStop, graceSeconds: 60 },
              {
                updateStrategy: {
                  type: "RollingUpdate",
                  rollingUpdate: surge ? { maxSurge: 1, maxUnavailable: 0 } : { maxUnavailable: 1 },
                },
              },
            ),
          ]),
          kubectl(UPDATE, `set image daemonset/web web=${NEW}`),
        ],
      }),
    view: { window: { from: UPDATE - 5, to: UPDATE + 60 }, routers: false },
    tells: ["rollout"],
  }),
};
