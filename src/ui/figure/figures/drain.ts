import type { MetricSource } from "../../../simulator/scenario.ts";
import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, ready, slider } from "../knobs.ts";

const GOOD = { startupMs: 400, readyMs: 1500 };
const DRAIN = 45;
const UPDATE = 105;

/** A budget for the pods of the shop. */
function budget(minAvailable: number): object {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web" },
    spec: { minAvailable, selector: { matchLabels: { app: "web" } } },
  };
}

/** An autoscaler that wants half of what a pod asks for. */
const autoscaler = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "web" },
  spec: {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } },
      },
    ],
  },
};

/** So much of the processor all pods use together. */
const LOAD: MetricSource = {
  target: { kind: "Deployment", namespace: "default", name: "web" },
  metric: "cpu",
  per: "total",
  points: [{ atMs: 0, milli: 300 }],
};

const ASKS = { resources: { requests: { cpu: "100m" } } };

export const figures = {
  /** A node is drained under requests, with and without a budget. */
  drain: figure({
    knobs: {
      replicas: slider("replicas", [1, 2, 4], 2),
      budget: slider(
        { en: "PDB minAvailable", ko: "PDB minAvailable" },
        [0, 1, 2],
        0,
        (value, lang) => (value > 0 ? String(value) : { en: "no budget", ko: "없음" }[lang]),
      ),
      action: choice(
        { en: "What happens", ko: "하는 일" },
        {
          drain: { en: "a node is drained", ko: "노드 드레인" },
          update: { en: "an update, maxUnavailable 100%", ko: "업데이트, maxUnavailable 100%" },
        },
        "drain",
      ),
      preStop: ready.preStop(5),
    },
    scenario: ({ replicas, budget: minAvailable, action, preStop }) =>
      cluster({
        name: "drain",
        seed: 3,
        seconds: 150,
        nodes: 2,
        images: { "shop-web:1.0": GOOD, "shop-web:1.1": { ...GOOD, readyMs: 4000 } },
        traffic: [requests(30, 35, 150)],
        steps: [
          // The other node joins the work only when this one is drained.
          kubectl(0, "cordon node-2"),
          apply(0.5, [
            service(),
            deployment({
              replicas,
              preStopSeconds: preStop,
              graceSeconds: 60,
              ...(action === "update" ? { maxSurge: 0, maxUnavailable: "100%" } : {}),
            }),
            ...(minAvailable > 0 ? [budget(minAvailable)] : []),
          ]),
          kubectl(20, "uncordon node-2"),
          action === "drain"
            ? kubectl(DRAIN, "drain node-1 --timeout=60s")
            : kubectl(DRAIN, "set image deployment/web web=shop-web:1.1"),
        ],
      }),
    view: { window: { from: DRAIN - 5, to: DRAIN + 40 } },
    tells: ["requests"],
  }),

  /** A manifest with replicas is applied over what an autoscaler has set. */
  "drain/autoscaler": figure({
    knobs: {
      replicas: choice(
        { en: "In the applied file", ko: "적용하는 파일" },
        {
          kept: { en: "replicas: 2", ko: "replicas: 2" },
          left: { en: "no replicas", ko: "replicas 없음" },
        },
        "kept",
      ),
    },
    scenario: ({ replicas }) => ({
      ...cluster({
        name: "autoscaler",
        seed: 4,
        seconds: 190,
        nodes: 3,
        images: { "shop-web:1.0": GOOD, "shop-web:1.1": GOOD },
        steps: [
          apply(0, [service(), web(replicas === "kept", "shop-web:1.0"), autoscaler]),
          apply(UPDATE, [service(), web(replicas === "kept", "shop-web:1.1")]),
        ],
      }),
      metrics: [LOAD],
    }),
    view: { window: { from: UPDATE - 10, to: UPDATE + 55 }, routers: false },
    tells: ["rollout"],
  }),
};

/** The Deployment, with the field that an autoscaler wants for itself or without. */
function web(withReplicas: boolean, image: string): object {
  const made = deployment({ replicas: 2, image, container: ASKS }) as { spec: object };
  if (withReplicas) return made;
  const { replicas: _, ...spec } = made.spec as { replicas: number };
  return { ...made, spec };
}
