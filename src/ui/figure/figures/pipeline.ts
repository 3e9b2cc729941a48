import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import type { DeploymentPlan } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, ready, secondsOr, slider } from "../knobs.ts";

const UPDATE = 15;
const NEW = "shop-web:1.1";

const IMAGES = {
  "shop-web:1.0": { startupMs: 400, readyMs: 1500 },
  "shop-web:1.1": { startupMs: 400, readyMs: 1500 },
};

/** The second file that a reader applies, by what is different in it. */
const CHANGES: Readonly<Record<string, DeploymentPlan>> = {
  image: { image: NEW },
  nothing: {},
  replicas: { replicas: 4 },
  deadline: { progressDeadlineSeconds: 300 },
};

/** A Deployment with some of its metadata or spec as no plan has it. */
function altered(change: object, spec: object = {}): object {
  const plain = deployment() as { metadata: object; spec: object };
  return {
    ...plain,
    metadata: { ...plain.metadata, ...change },
    spec: { ...plain.spec, ...spec },
  };
}

/** What is applied at the update: a good file, and three that kube-apiserver refuses. */
const FILES: Readonly<Record<string, object>> = {
  good: deployment({ image: NEW }),
  typo: altered({}, { replicaz: 4 }),
  standstill: deployment({ image: NEW, maxSurge: 0, maxUnavailable: 0 }),
  selector: altered({}, { selector: { matchLabels: { app: "shop" } } }),
};

export const figures = {
  /** One update of three pods on two nodes, with users, from the command to the end of the last old pod. */
  pipeline: figure({
    knobs: { preStop: ready.preStop(5), startup: ready.startup(2) },
    scenario: ({ preStop, startup }) =>
      cluster({
        name: "pipeline",
        // Here kube-proxy hears of the new pod and of the old one's end in two turns, which is the commoner case.
        seed: 8,
        seconds: 200,
        nodes: 2,
        images: {
          "shop-web:1.0": { readyMs: 1000 },
          [NEW]: { startupMs: startup * 1000, readyMs: startup * 1000 },
        },
        traffic: [requests(40, UPDATE - 8, 200)],
        steps: [
          apply(0, [service(), deployment({ preStopSeconds: preStop, graceSeconds: 60 })]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      }),
    tells: ["rollout", "requests"],
  }),

  /** Which changes of a Deployment roll pods, and which do not. */
  "pipeline/change": figure({
    knobs: {
      change: choice(
        { en: "What is different in the file", ko: "파일에서 달라진 것" },
        {
          image: { en: "the image", ko: "이미지" },
          nothing: { en: "nothing", ko: "없음" },
          replicas: "replicas",
          deadline: "progressDeadlineSeconds",
          restart: { en: "rollout restart", ko: "rollout restart" },
        },
        "image",
      ),
    },
    scenario: ({ change }) =>
      cluster({
        name: "change",
        seconds: 45,
        images: IMAGES,
        steps: [
          apply(0, [service(), deployment()]),
          change === "restart"
            ? kubectl(UPDATE, "rollout restart deployment/web")
            : apply(UPDATE, [service(), deployment(CHANGES[change])]),
        ],
      }),
    view: { window: { from: UPDATE - 3, to: UPDATE + 17 }, routers: false },
    tells: ["rollout"],
  }),

  /** Files that kube-apiserver stores, and files that it refuses. */
  "pipeline/request": figure({
    knobs: {
      file: choice(
        { en: "The file that is applied", ko: "적용하는 파일" },
        {
          good: { en: "a good one", ko: "문제없는 파일" },
          typo: { en: "replicaz: 4", ko: "replicaz: 4" },
          standstill: {
            en: "maxSurge and maxUnavailable 0",
            ko: "maxSurge와 maxUnavailable 모두 0",
          },
          selector: { en: "another selector", ko: "selector 변경" },
        },
        "good",
      ),
    },
    scenario: ({ file }) =>
      cluster({
        name: "request",
        seconds: 45,
        images: IMAGES,
        steps: [apply(0, [service(), deployment()]), apply(UPDATE, [service(), FILES[file]!])],
      }),
    view: { window: { from: UPDATE - 3, to: UPDATE + 17 }, routers: false },
    tells: ["rollout"],
  }),

  /** The two controllers at work on six pods. */
  "pipeline/controllers": figure({
    knobs: {
      strategy: ready.strategy(),
      maxSurge: ready.maxSurge(2),
      maxUnavailable: ready.maxUnavailable(1),
    },
    scenario: ({ strategy, maxSurge, maxUnavailable }) =>
      cluster({
        name: "controllers",
        seed: 2,
        seconds: 90,
        nodes: 3,
        images: IMAGES,
        steps: [
          apply(0, [
            service(),
            deployment({
              replicas: 6,
              strategy,
              maxSurge,
              // Both at 0 is refused: nothing could ever move.
              maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable,
            }),
          ]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      }),
    view: { routers: false },
    tells: ["rollout"],
  }),

  /** The start of one pod, from its creation to its first request. */
  "pipeline/node": figure({
    knobs: {
      pull: slider(
        { en: "Pulling the image", ko: "이미지 받기" },
        [0, 1, 2, 5, 10, 20, 40],
        5,
        secondsOr({ en: "already on the node", ko: "노드에 이미 있음" }),
      ),
      startup: ready.startup(3),
      period: slider("readinessProbe.periodSeconds", [1, 2, 5, 10, 20, 30], 5, inSeconds),
    },
    scenario: ({ pull, startup, period }) =>
      cluster({
        name: "node",
        seed: 3,
        seconds: 180,
        nodes: 2,
        images: {
          "shop-web:1.0": {},
          [NEW]: { pullMs: pull * 1000, startupMs: startup * 1000, readyMs: startup * 1000 },
        },
        traffic: [requests(20, UPDATE - 5, 180)],
        steps: [
          apply(0, [
            service(),
            deployment({
              replicas: 2,
              preStopSeconds: 5,
              readiness: { periodSeconds: period },
            }),
          ]),
          kubectl(UPDATE, `set image deployment/web web=${NEW}`),
        ],
      }),
    tells: ["rollout"],
  }),

  /** When the rollout is complete, and when the last old pod is gone. */
  "pipeline/completion": figure({
    knobs: {
      minReadySeconds: ready.minReadySeconds(0),
      preStop: ready.preStop(15),
      image: choice(
        { en: "The new image", ko: "새 이미지" },
        {
          good: { en: "starts", ko: "정상" },
          bad: { en: "does not exist", ko: "존재하지 않음" },
        },
        "good",
      ),
    },
    scenario: ({ minReadySeconds, preStop, image }) =>
      cluster({
        name: "completion",
        seed: 5,
        seconds: 150,
        nodes: 2,
        images: {
          "shop-web:1.0": IMAGES["shop-web:1.0"],
          [NEW]: { ...IMAGES[NEW], exists: image === "good" },
        },
        steps: [
          apply(0, [
            service(),
            deployment({
              minReadySeconds,
              preStopSeconds: preStop,
              graceSeconds: 60,
              progressDeadlineSeconds: 60,
            }),
          ]),
          kubectl(45, `set image deployment/web web=${NEW}`),
        ],
      }),
    view: { routers: false },
    tells: ["rollout"],
  }),
};
