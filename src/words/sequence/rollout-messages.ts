import type { Messages } from "./message-shape.ts";

const CHANGED = { en: "the Rollout has changed", ko: "Rollout이 바뀌었다" };

const own = { from: "rollout", to: "api" } as const;
const note = { from: "rollout", to: "rollout" } as const;

const scaled = (name: string, from: number, to: number) => `${name}: ${from} → ${to}`;

/** Argo Rollouts: the controllers of Rollouts and of AnalysisRuns. */
export const rolloutMessages: Messages = {
  "rollout.invalid": {
    ...own,
    text: { en: () => "status: InvalidSpec", ko: () => "status: InvalidSpec" },
    heard: CHANGED,
  },
  "rollout.new-replica-set": {
    ...own,
    text: {
      en: ({ revision }) => `create the ReplicaSet of revision ${revision}`,
      ko: ({ revision }) => `리비전 ${revision}의 ReplicaSet 생성`,
    },
    heard: CHANGED,
  },
  "rollout.scale-canary": {
    ...own,
    text: {
      en: ({ from, to, weight }) => `${scaled("the canary", from, to)} (weight ${weight})`,
      ko: ({ from, to, weight }) => `${scaled("카나리", from, to)} (가중치 ${weight})`,
    },
  },
  "rollout.scale-stable": {
    ...own,
    text: {
      en: ({ from, to }) => scaled("the stable ReplicaSet", from, to),
      ko: ({ from, to }) => scaled("안정 버전 ReplicaSet", from, to),
    },
  },
  "rollout.scale-preview": {
    ...own,
    text: {
      en: ({ from, to }) => scaled("the preview", from, to),
      ko: ({ from, to }) => scaled("미리보기", from, to),
    },
  },
  "rollout.scale-full": {
    ...own,
    text: {
      en: ({ replicaSet, from, to }, names) => scaled(names.replicaSet(replicaSet), from, to),
      ko: ({ replicaSet, from, to }, names) => scaled(names.replicaSet(replicaSet), from, to),
    },
  },
  "rollout.scale-active": {
    ...own,
    text: {
      en: ({ from, to }) => scaled("the active ReplicaSet", from, to),
      ko: ({ from, to }) => scaled("활성 ReplicaSet", from, to),
    },
  },
  "rollout.scale-down-old": {
    ...own,
    text: {
      en: ({ replicaSet, from, to, available, min }, names) =>
        `${scaled(names.replicaSet(replicaSet), from, to)} (${available} available, ${min} needed)`,
      ko: ({ replicaSet, from, to, available, min }, names) =>
        `${scaled(names.replicaSet(replicaSet), from, to)} (사용 가능 ${available}, 필요 ${min})`,
    },
  },
  "rollout.cleanup-unhealthy": {
    ...own,
    text: {
      en: ({ replicaSet, from, to }, names) => scaled(names.replicaSet(replicaSet), from, to),
      ko: ({ replicaSet, from, to }, names) => scaled(names.replicaSet(replicaSet), from, to),
    },
  },
  "rollout.delay-old": {
    ...note,
    text: {
      en: ({ seconds }) => `the pods without traffic stay for ${seconds} s`,
      ko: ({ seconds }) => `트래픽이 빠진 파드를 ${seconds}초 동안 유지`,
    },
  },
  "rollout.delay-aborted": {
    ...note,
    text: {
      en: ({ seconds }) => `the aborted pods stay for ${seconds} s`,
      ko: ({ seconds }) => `중단된 파드를 ${seconds}초 동안 유지`,
    },
  },
  "rollout.scale-down-delayed": {
    ...own,
    text: {
      en: ({ replicaSet, from, to }, names) => scaled(names.replicaSet(replicaSet), from, to),
      ko: ({ replicaSet, from, to }, names) => scaled(names.replicaSet(replicaSet), from, to),
    },
  },
  "rollout.switch-service": {
    ...own,
    text: {
      en: ({ service, to }) => `Service ${service}: selector → ${to}`,
      ko: ({ service, to }) => `Service ${service}: selector → ${to}`,
    },
  },
  "rollout.traffic-weight": {
    ...own,
    text: {
      en: ({ from, to }) => `traffic to the canary: ${from} → ${to}`,
      ko: ({ from, to }) => `카나리 트래픽: ${from} → ${to}`,
    },
  },
  "rollout.step-completed": {
    ...own,
    text: {
      en: ({ step, steps, text }) => `status: step ${step} of ${steps} done (${text})`,
      ko: ({ step, steps, text }) => `status: ${steps}단계 중 ${step}단계 완료(${text})`,
    },
  },
  "rollout.pause-step": {
    ...own,
    text: {
      en: ({ seconds }) => `status: paused${seconds === 0 ? "" : ` for ${seconds} s`}`,
      ko: ({ seconds }) => `status: 일시 중지${seconds === 0 ? "" : `(${seconds}초)`}`,
    },
  },
  "rollout.pause-promotion": {
    ...own,
    text: {
      en: ({ seconds }) =>
        `status: paused before the switch${seconds === 0 ? "" : ` for ${seconds} s`}`,
      ko: ({ seconds }) => `status: 전환 전 일시 중지${seconds === 0 ? "" : `(${seconds}초)`}`,
    },
  },
  "rollout.wait-available": {
    ...note,
    text: {
      en: ({ available, wanted }) => `waits: ${available} of ${wanted} available`,
      ko: ({ available, wanted }) => `기다림: ${wanted}개 중 사용 가능 ${available}`,
    },
  },
  "rollout.promote": {
    ...own,
    text: {
      en: ({ revision }) => `status: revision ${revision} is stable`,
      ko: ({ revision }) => `status: 안정 버전은 리비전 ${revision}`,
    },
  },
  "rollout.abort": {
    ...own,
    text: { en: () => "status: aborted", ko: () => "status: 중단" },
  },
  "rollout.progress-deadline": {
    ...own,
    text: {
      en: ({ seconds }) => `status: no progress for ${seconds} s, Degraded`,
      ko: ({ seconds }) => `status: ${seconds}초 동안 진척 없음, Degraded`,
    },
  },
  "rollout.analysis-started": {
    ...own,
    text: { en: () => "create an AnalysisRun", ko: () => "AnalysisRun 생성" },
  },
  "rollout.analysis-ended": {
    ...note,
    text: {
      en: ({ phase }) => `the analysis has ended: ${phase}`,
      ko: ({ phase }) => `분석 종료: ${phase}`,
    },
    heard: { en: "the AnalysisRun has changed", ko: "AnalysisRun이 바뀌었다" },
  },
  "analysis.measure": {
    from: "analysis",
    to: "api",
    text: {
      en: ({ metric, value, phase }) => `${metric} is ${value}: ${phase}`,
      ko: ({ metric, value, phase }) => `${metric} = ${value}: ${phase}`,
    },
  },
};
