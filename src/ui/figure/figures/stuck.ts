import { apply, cluster, deployment, kubectl, requests, service } from "../cluster.ts";
import { figure } from "../figure.ts";
import { choice, inSeconds, ready, slider } from "../knobs.ts";

/** The release that gets stuck, and when somebody does something about it. */
const RELEASE = 40;
const ANSWER = 100;

const GOOD = { startupMs: 400, readyMs: 1500 };

/** What people do about a stuck rollout. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  wait: [],
  undo: ["rollout undo deployment/web"],
  fix: ["set image deployment/web web=shop-web:1.2"],
  restart: ["rollout restart deployment/web"],
};

/** The Deployment that two changes make and a pause may hold back. */
const PAUSED = { replicas: 4, maxSurge: 1, maxUnavailable: 0 };
const SETTING = { env: [{ name: "MODE", value: "fast" }] };

export const figures = {
  /** The third release cannot start; what becomes of it by what is done. */
  stuck: figure({
    knobs: {
      trouble: choice(
        { en: "Version 1.2-rc", ko: "1.2-rc 버전" },
        {
          missing: { en: "its image does not exist", ko: "이미지가 없음" },
          unready: { en: "never becomes ready", ko: "준비되지 않음" },
          good: { en: "is fine", ko: "정상" },
        },
        "missing",
      ),
      answer: choice(
        { en: "A minute later", ko: "1분 뒤에" },
        {
          wait: { en: "wait", ko: "기다린다" },
          undo: "rollout undo",
          fix: { en: "set image to 1.2", ko: "이미지를 1.2로" },
          restart: "rollout restart",
        },
        "wait",
      ),
      maxUnavailable: slider("maxUnavailable", [0, 1, 2, 4], 1),
      deadline: slider("progressDeadlineSeconds", [15, 30, 60, 120], 30, inSeconds),
    },
    scenario: ({ trouble, answer, maxUnavailable, deadline }) =>
      cluster({
        name: "stuck",
        seed: 1,
        seconds: 180,
        nodes: 3,
        images: {
          "shop-web:1.0": GOOD,
          "shop-web:1.1": GOOD,
          "shop-web:1.2-rc": {
            ...GOOD,
            exists: trouble !== "missing",
            ...(trouble === "unready" ? { readyMs: 3_600_000 } : {}),
          },
          "shop-web:1.2": GOOD,
        },
        traffic: [requests(30, 35, 180)],
        steps: [
          apply(0, [
            service(),
            deployment({
              replicas: 4,
              maxSurge: 1,
              maxUnavailable,
              preStopSeconds: 5,
              progressDeadlineSeconds: deadline,
            }),
          ]),
          kubectl(15, "set image deployment/web web=shop-web:1.1"),
          kubectl(RELEASE, "set image deployment/web web=shop-web:1.2-rc"),
          ...ANSWERS[answer]!.map((command) => kubectl(ANSWER, command)),
        ],
      }),
    view: { window: { from: RELEASE - 5, to: 150 }, routers: false },
    tells: ["rollout", "requests"],
  }),

  /** Two changes, at once or while the Deployment is paused. */
  "stuck/pause": figure({
    knobs: {
      pause: choice(
        { en: "The two changes", ko: "두 변경을" },
        {
          none: { en: "one after the other", ko: "차례로" },
          around: { en: "between pause and resume", ko: "pause와 resume 사이에" },
        },
        "none",
      ),
      startup: ready.startup(3),
    },
    scenario: ({ pause, startup }) =>
      cluster({
        name: "pause",
        seed: 2,
        seconds: 120,
        nodes: 3,
        images: {
          "shop-web:1.0": GOOD,
          "shop-web:1.1": { startupMs: startup * 1000, readyMs: startup * 1000 },
        },
        steps: [
          apply(0, [service(), deployment(PAUSED)]),
          ...(pause === "around" ? [kubectl(15, "rollout pause deployment/web")] : []),
          kubectl(16, "set image deployment/web web=shop-web:1.1"),
          apply(24, [deployment({ ...PAUSED, image: "shop-web:1.1", container: SETTING })]),
          ...(pause === "around" ? [kubectl(25, "rollout resume deployment/web")] : []),
        ],
      }),
    view: { window: { from: 12, to: 90 }, routers: false },
    tells: ["rollout"],
  }),
};
