import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import type { DeploymentPlan } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice } from "../knobs.ts";

const UPDATE = 30;
const END = 150;
const NEW = "shop-web:1.1";

/** The slow answers. They are requests of their own, since an image that is slow throughout would keep its probes waiting too. */
const EXPORT = { name: "exports", latency: { p50Ms: 8000, p99Ms: 8000 } };

/** Everything as the list wants it. */
const RIGHT: DeploymentPlan = {
  replicas: 4,
  maxSurge: 1,
  maxUnavailable: 0,
  preStopSeconds: 10,
  graceSeconds: 45,
  minReadySeconds: 2,
};

/** What a list with one point missing looks like. */
const WITHOUT: Readonly<Record<string, DeploymentPlan>> = {
  nothing: {},
  readiness: { readiness: null },
  hook: { preStopSeconds: 0 },
  capacity: { maxSurge: 0, maxUnavailable: "100%" },
  strategy: { strategy: "Recreate" },
};

export const figures = {
  /** One update with all points of the list, or with one of them missing. */
  checklist: figure({
    knobs: {
      missing: choice(
        { en: "What is missing", ko: "빠뜨린 것" },
        {
          nothing: { en: "nothing", ko: "없음" },
          readiness: { en: "readiness probe", ko: "readiness 프로브" },
          hook: { en: "preStop hook", ko: "preStop 훅" },
          capacity: { en: "spare capacity", ko: "여유 용량" },
          strategy: { en: "RollingUpdate", ko: "RollingUpdate" },
        },
        "nothing",
      ),
    },
    scenario: ({ missing }) => {
      const image = { startupMs: 800, readyMs: 12_000 };
      return cluster({
        name: "checklist",
        seed: 5,
        seconds: END,
        nodes: 2,
        images: { "shop-web:1.0": image, [NEW]: image },
        network: { proxyReadTimeoutMs: 30_000 },
        traffic: [
          requests(57, UPDATE - 10, END - 20, { latency: { p50Ms: 1000, p99Ms: 2000 } }),
          requests(3, UPDATE - 10, END - 20, EXPORT),
        ],
        steps: [
          apply(0, [service(), deployment({ ...RIGHT, ...WITHOUT[missing] })]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      });
    },
    tells: ["requests", "rollout"],
  }),
};
