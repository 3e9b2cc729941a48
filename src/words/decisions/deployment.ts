import { plural } from "../format.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** Decisions of the Deployment controller. */
export const deploymentWords: WordsFor<CodesOf<"deployment">> = {
  "deployment.new-replica-set": {
    en: {
      text: (v) =>
        `A new pod template: ReplicaSet ${v.replicaSet} is made, revision ${v.revision}.`,
      rule: "Each pod template has a ReplicaSet of its own, named by the template's hash.",
    },
    ko: {
      text: (v) =>
        `파드 템플릿이 바뀌어 ReplicaSet을 새로 만듭니다: ${v.replicaSet}, 리비전 ${v.revision}.`,
      rule: "ReplicaSet은 파드 템플릿마다 하나씩 만들어지고, 이름에 템플릿의 해시가 들어갑니다.",
    },
  },
  "deployment.scale-up-new": {
    en: {
      text: (v) =>
        `Scaled up by ${v.to - v.from}, from ${v.from} to ${v.to}: ${plural(v.total, "pod")} so far, ${v.max} allowed.`,
      rule: "All ReplicaSets together may have replicas + maxSurge pods. Pods being deleted do not count.",
    },
    ko: {
      text: (v) =>
        `새 ReplicaSet을 ${v.from}개에서 ${v.to}개로 늘립니다. 지금 파드 ${v.total}개, 상한 ${v.max}개입니다.`,
      rule: "모든 ReplicaSet을 합쳐 replicas + maxSurge개까지 둘 수 있습니다. 삭제 중인 파드는 세지 않습니다.",
    },
  },
  "deployment.scale-down-old": {
    en: {
      text: (v) =>
        `Scaled down by ${v.from - v.to}, from ${v.from} to ${v.to}: ${v.available} available, ${v.min} needed.`,
      rule: "At least replicas − maxUnavailable pods stay available. The oldest ReplicaSet shrinks first.",
    },
    ko: {
      text: (v) =>
        `이전 ReplicaSet을 ${v.from}개에서 ${v.to}개로 줄입니다. available 파드 ${v.available}개, 하한 ${v.min}개입니다.`,
      rule: "available 파드를 replicas − maxUnavailable개 이상 유지합니다. 가장 오래된 ReplicaSet부터 줄입니다.",
    },
  },
  "deployment.cleanup-unhealthy": {
    en: {
      text: (v) =>
        `${plural(v.from - v.to, "old pod")} that ${v.from - v.to === 1 ? "was" : "were"} not available ${v.from - v.to === 1 ? "goes" : "go"} first: from ${v.from} to ${v.to}, ${v.available} of them available.`,
      rule: "Old pods that serve nobody are removed before any that does.",
    },
    ko: {
      text: (v) =>
        `available이 아닌 이전 파드 ${v.from - v.to}개를 먼저 정리합니다. ${v.from}개에서 ${v.to}개로 줄이며, 이 ReplicaSet에서 available은 ${v.available}개입니다.`,
      rule: "트래픽을 받지 못하는 이전 파드를 먼저 지웁니다.",
    },
  },
  "deployment.wait-surge": {
    en: {
      text: (v) => `No new pod now: ${plural(v.total, "pod")}, ${v.max} allowed.`,
      rule: "With replicas + maxSurge pods the new ReplicaSet waits until an old one goes.",
    },
    ko: {
      text: (v) => `새 파드를 더 만들 수 없습니다. 지금 ${v.total}개, 상한 ${v.max}개입니다.`,
      rule: "replicas + maxSurge개에 이르면 이전 파드가 빠질 때까지 새 ReplicaSet은 기다립니다.",
    },
  },
  "deployment.wait-available": {
    en: {
      text: (v) =>
        `No old pod may go now: ${v.available} available, ${v.min} needed, ${plural(v.unavailableNew, "new pod")} not available yet.`,
      rule: "An old pod goes when more than replicas − maxUnavailable pods are available.",
    },
    ko: {
      text: (v) =>
        `이전 파드를 더 줄일 수 없습니다. available ${v.available}개, 하한 ${v.min}개이며 새 파드 ${v.unavailableNew}개가 아직 available이 아닙니다.`,
      rule: "available 파드가 replicas − maxUnavailable개보다 많아야 이전 파드를 줄입니다.",
    },
  },
  "deployment.recreate-scale-down": {
    en: {
      text: (v) => `All old pods go at once: ${v.replicaSet} from ${v.from} to ${v.to}.`,
      rule: "Recreate removes every old pod before it makes a new one.",
    },
    ko: {
      text: (v) =>
        `이전 파드를 한꺼번에 내립니다. ${v.replicaSet}: ${v.from}개에서 ${v.to}개로 줄입니다.`,
      rule: "Recreate는 이전 파드를 모두 없앤 다음 새 파드를 만듭니다.",
    },
  },
  "deployment.recreate-wait": {
    en: {
      text: (v) => `Waiting for the end of ${plural(v.pods, "old pod")}.`,
      rule: "Recreate waits until no old pod is left, those being deleted too.",
    },
    ko: {
      text: (v) => `이전 파드 ${v.pods}개가 끝나기를 기다립니다.`,
      rule: "Recreate는 삭제 중인 파드까지 포함해 이전 파드가 하나도 남지 않을 때까지 기다립니다.",
    },
  },
  "deployment.recreate-create": {
    en: {
      text: (v) => `No old pod is left: ${v.replicaSet} is scaled up to ${v.to} at once.`,
      rule: "Recreate makes all new pods together; until one is ready nobody serves.",
    },
    ko: {
      text: (v) => `이전 파드가 모두 사라져 ${v.replicaSet} 파드 ${v.to}개를 한 번에 만듭니다.`,
      rule: "Recreate는 새 파드를 한꺼번에 만듭니다. Ready 파드가 생길 때까지는 서비스가 중단됩니다.",
    },
  },
  "deployment.scale-proportionally": {
    en: {
      text: (v) => `The size has changed: ${v.replicaSet} goes from ${v.from} to ${v.to}.`,
      rule: "A new size is shared among the ReplicaSets in proportion to their own; the rollout goes on after that.",
    },
    ko: {
      text: (v) =>
        `replicas가 바뀌어 ${v.replicaSet}의 크기를 ${v.from}개에서 ${v.to}개로 조정합니다.`,
      rule: "바뀐 크기를 각 ReplicaSet의 크기에 비례해 나눈 다음 롤아웃을 이어 갑니다.",
    },
  },
  "deployment.complete": {
    en: {
      text: (v) =>
        `The rollout is complete: ${v.replicaSet} has all ${plural(v.replicas, "pod")}, updated and available.`,
      rule: "Complete means: all replicas updated and available, none old. Pods still terminating do not hold it up.",
    },
    ko: {
      text: (v) =>
        `롤아웃이 끝났습니다. ${v.replicaSet} 파드 ${v.replicas}개가 모두 업데이트되어 available입니다.`,
      rule: "모든 replicas가 업데이트되고 available이며 이전 파드가 없으면 완료입니다. 종료 중인 파드는 따지지 않습니다.",
    },
  },
  "deployment.progress-deadline": {
    en: {
      text: (v) =>
        `No progress for ${v.seconds} s: ${v.replicaSet} is reported as ProgressDeadlineExceeded.`,
      rule: "progressDeadlineSeconds only reports. Nothing is rolled back and the controller goes on trying.",
    },
    ko: {
      text: (v) =>
        `${v.seconds}초 동안 진척이 없어 ${v.replicaSet}에 대해 ProgressDeadlineExceeded를 보고합니다.`,
      rule: "progressDeadlineSeconds는 상태만 알립니다. 자동 롤백은 없고 컨트롤러는 계속 시도합니다.",
    },
  },
};
