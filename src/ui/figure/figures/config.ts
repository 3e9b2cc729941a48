import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import type { DeploymentPlan } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, ready } from "../knobs.ts";

const CHANGE = 15;
const IMAGES = {
  "shop-web:1.0": { startupMs: 400, readyMs: 1500 },
  "shop-web:1.1": { startupMs: 400, readyMs: 1500 },
};

/** The settings of the shop; a Deployment reads them as its environment. */
function settings(mode: string, name = "web-config"): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { MODE: mode } };
}

interface WebPlan extends DeploymentPlan {
  readonly config?: string;
  readonly checksum?: string;
}

/** A Deployment that reads a ConfigMap, perhaps with the checksum of its content on the template. */
function web({ config = "web-config", checksum, ...plan }: WebPlan = {}): object {
  const made = deployment({
    ...plan,
    container: { envFrom: [{ configMapRef: { name: config } }] },
  }) as { spec: { template: { metadata: object } } };
  if (checksum === undefined) return made;
  const { spec } = made;
  const metadata = { ...spec.template.metadata, annotations: { "checksum/config": checksum } };
  return { ...made, spec: { ...spec, template: { ...spec.template, metadata } } };
}

const WITH_SUM = { checksum: "8f14e45f" };

/** What is applied at first, and then. */
const FILES = {
  configmap: [
    [settings("slow"), web()],
    [settings("fast"), web()],
  ],
  checksum: [
    [settings("slow"), web(WITH_SUM)],
    [settings("fast"), web({ checksum: "c9f0f895" })],
  ],
  name: [
    [settings("slow", "web-config-1"), web({ config: "web-config-1" })],
    [settings("fast", "web-config-2"), web({ config: "web-config-2" })],
  ],
  tag: [
    [settings("slow"), web()],
    [settings("slow"), web()],
  ],
  image: [
    [settings("slow"), web()],
    [settings("slow"), web({ image: "shop-web:1.1" })],
  ],
} as const;

/** Ways to get new pods of the same template. */
const WAYS = {
  restart: ["rollout restart deployment/web"],
  delete: ["delete pods -l app=web"],
  scale: ["scale deployment/web --replicas=0", "scale deployment/web --replicas=3"],
} as const;

export const figures = {
  /** Which changes of a configuration or of an image make new pods. */
  config: figure({
    knobs: {
      change: choice(
        { en: "What is applied", ko: "적용하는 것" },
        {
          configmap: { en: "another ConfigMap content", ko: "ConfigMap 내용만 변경" },
          checksum: { en: "content and checksum", ko: "내용과 체크섬" },
          name: { en: "a ConfigMap of a new name", ko: "새 이름의 ConfigMap" },
          tag: { en: "the same tag, pushed anew", ko: "다시 푸시한 같은 태그" },
          image: { en: "a new tag", ko: "새 태그" },
        },
        "configmap",
      ),
    },
    scenario: ({ change }) =>
      cluster({
        name: "config",
        seed: 3,
        seconds: 50,
        nodes: 2,
        images: IMAGES,
        steps: [
          apply(0, [service(), ...FILES[change][0]]),
          apply(CHANGE, [service(), ...FILES[change][1]]),
        ],
      }),
    view: { window: { from: CHANGE - 3, to: CHANGE + 22 }, routers: false },
    tells: ["rollout"],
  }),

  /** Three ways to restart all pods, under requests. */
  "config/restart": figure({
    knobs: {
      way: choice(
        { en: "How the pods are made anew", ko: "파드를 새로 만드는 법" },
        {
          restart: "rollout restart",
          delete: "delete pods -l app=web",
          scale: { en: "scale to 0, then to 3", ko: "0으로 줄였다 3으로" },
        },
        "restart",
      ),
      preStop: ready.preStop(5),
      startup: ready.startup(3),
    },
    scenario: ({ way, preStop, startup }) =>
      cluster({
        name: "restart",
        seed: 4,
        seconds: 120,
        nodes: 2,
        images: { "shop-web:1.0": { startupMs: startup * 1000, readyMs: startup * 1000 } },
        traffic: [requests(30, 35, 120)],
        steps: [
          apply(0, [service(), deployment({ preStopSeconds: preStop, graceSeconds: 60 })]),
          ...WAYS[way].map((command, at) => kubectl(45 + at, command)),
        ],
      }),
    view: { window: { from: 42, to: 90 } },
    tells: ["requests"],
  }),
};
