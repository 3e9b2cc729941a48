import { plural } from "../format.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** Decisions of the Rollout controller. */
export const rolloutWords: WordsFor<CodesOf<"rollout">> = {
  "rollout.invalid": {
    en: {
      text: (v) => `The Rollout is invalid, and nothing is done: ${v.message}`,
      rule: "The API server takes nearly any Rollout; its controller looks at the spec and at what it names, says InvalidSpec, and looks again every 20 s.",
    },
    ko: {
      text: (v) => `Rollout이 올바르지 않아 아무 일도 하지 않습니다: ${v.message}`,
      rule: "API 서버는 Rollout을 거의 그대로 받아들입니다. 컨트롤러가 스펙과 스펙이 가리키는 오브젝트를 검사해 InvalidSpec 조건을 남기고 20초마다 다시 확인합니다.",
    },
  },
  "rollout.new-replica-set": {
    en: {
      text: (v) => `Created ReplicaSet ${v.replicaSet} for revision ${v.revision}, without pods.`,
      rule: "Each template has a ReplicaSet of its own, told apart by the label rollouts-pod-template-hash.",
    },
    ko: {
      text: (v) => `리비전 ${v.revision}의 ReplicaSet ${v.replicaSet}을 파드 없이 만들었습니다.`,
      rule: "템플릿마다 ReplicaSet이 하나씩 있고, rollouts-pod-template-hash 레이블로 구분합니다.",
    },
  },
  "rollout.scale-canary": {
    en: {
      text: (v) =>
        `The new ReplicaSet goes from ${v.from} to ${plural(v.to, "pod")}: weight ${v.weight} of ${plural(v.replicas, "replica")}.`,
      rule: "Without a traffic router the weight is a ratio of pods, rounded to whole ones within maxSurge and maxUnavailable; with one it is the pods that this share of the traffic needs, rounded up.",
    },
    ko: {
      text: (v) =>
        `새 ReplicaSet을 ${v.from}개에서 ${v.to}개로 바꿉니다. replicas ${v.replicas}개의 가중치 ${v.weight}에 해당합니다.`,
      rule: "트래픽 라우터가 없으면 가중치는 파드 수의 비율이고, maxSurge와 maxUnavailable 안에서 정수로 맞춥니다. 라우터가 있으면 그만큼의 트래픽에 필요한 파드 수를 올림해서 씁니다.",
    },
  },
  "rollout.scale-stable": {
    en: {
      text: (v) =>
        `The stable ReplicaSet goes from ${v.from} to ${plural(v.to, "pod")}: the canary's weight is ${v.weight} of ${plural(v.replicas, "replica")}.`,
      rule: "Without a traffic router the stable pods make room for the canary. With one they all stay, so that an abort is instant, unless dynamicStableScale is on.",
    },
    ko: {
      text: (v) =>
        `안정 버전 ReplicaSet을 ${v.from}개에서 ${v.to}개로 바꿉니다. 카나리 가중치는 ${v.weight}이고 replicas는 ${v.replicas}개입니다.`,
      rule: "트래픽 라우터가 없으면 안정 버전 파드를 줄여 카나리에 자리를 내줍니다. 라우터가 있으면 바로 되돌릴 수 있도록 모두 남겨 두며, dynamicStableScale을 켜면 줄입니다.",
    },
  },
  "rollout.scale-preview": {
    en: {
      text: (v) =>
        `The preview goes from ${v.from} to ${plural(v.to, "pod")} of ${v.replicas} (previewReplicaCount).`,
      rule: "Until the pause before the switch is over the new ReplicaSet has previewReplicaCount pods; then all of them, and the switch waits for these.",
    },
    ko: {
      text: (v) =>
        `미리보기 ReplicaSet을 ${v.from}개에서 ${v.to}개로 바꿉니다. 전체는 ${v.replicas}개입니다(previewReplicaCount).`,
      rule: "전환 전 일시 중지가 끝날 때까지 새 ReplicaSet은 previewReplicaCount만큼만 둡니다. 그 뒤 전체 크기로 늘리고, 모두 준비되어야 전환합니다.",
    },
  },
  "rollout.scale-full": {
    en: {
      text: (v) =>
        `The new ReplicaSet goes from ${v.from} to all ${plural(v.to, "pod")} beside the old one.`,
      rule: "A blue-green update runs the whole new version beside the old one before any user gets to it.",
    },
    ko: {
      text: (v) =>
        `새 ReplicaSet을 ${v.from}개에서 전체 ${v.to}개로 늘립니다. 이전 버전은 그대로 둡니다.`,
      rule: "블루/그린은 사용자를 보내기 전에 새 버전 전체를 이전 버전 옆에 띄웁니다.",
    },
  },
  "rollout.scale-active": {
    en: {
      text: (v) => `The ReplicaSet with the traffic goes from ${v.from} to ${plural(v.to, "pod")}.`,
      rule: "The active ReplicaSet always has spec.replicas pods.",
    },
    ko: {
      text: (v) => `트래픽을 받는 ReplicaSet을 ${v.from}개에서 ${v.to}개로 맞춥니다.`,
      rule: "활성 ReplicaSet은 언제나 spec.replicas만큼의 파드를 가집니다.",
    },
  },
  "rollout.scale-down-old": {
    en: {
      text: (v) =>
        `${v.replicaSet}, neither new nor stable, goes from ${v.from} to ${v.to}: ${v.available} available, ${v.min} needed.`,
      rule: "Without a traffic router every pod gets users, so those of an update that was overtaken go as soon as enough others are available.",
    },
    ko: {
      text: (v) =>
        `새 버전도 안정 버전도 아닌 ${v.replicaSet}을 ${v.from}개에서 ${v.to}개로 줄입니다. available 파드 ${v.available}개, 하한 ${v.min}개입니다.`,
      rule: "트래픽 라우터가 없으면 모든 파드가 사용자 요청을 받습니다. 그래서 중간에 대체된 버전의 파드는 다른 파드가 충분해지는 대로 없앱니다.",
    },
  },
  "rollout.cleanup-unhealthy": {
    en: {
      text: (v) =>
        `${v.replicaSet} loses its pods that are not available: from ${v.from} to ${v.to}.`,
      rule: "Pods of old ReplicaSets that serve nobody go first, without regard to how many may be missing.",
    },
    ko: {
      text: (v) =>
        `${v.replicaSet}에서 available이 아닌 파드를 없앱니다. ${v.from}개에서 ${v.to}개가 됩니다.`,
      rule: "이전 ReplicaSet에서 요청을 받지 못하는 파드는 하한과 상관없이 먼저 없앱니다.",
    },
  },
  "rollout.delay-old": {
    en: {
      text: (v) =>
        `${v.replicaSet} has lost the traffic and keeps its pods for ${v.seconds} s (scaleDownDelaySeconds).`,
      rule: "Routers learn of a switch one after another. Until the last of them has, requests still come to the old pods; 30 s are the default for that reason.",
    },
    ko: {
      text: (v) =>
        `${v.replicaSet}에는 더 이상 트래픽을 보내지 않지만 파드는 ${v.seconds}초 동안 남겨 둡니다(scaleDownDelaySeconds).`,
      rule: "라우터마다 전환을 알게 되는 시점이 다릅니다. 마지막 라우터가 알 때까지 이전 파드로 요청이 오기 때문에 기본값이 30초입니다.",
    },
  },
  "rollout.delay-aborted": {
    en: {
      text: (v) =>
        `The update was aborted; ${v.replicaSet} keeps its pods for ${v.seconds} s (abortScaleDownDelaySeconds).`,
      rule: "The pods of an aborted update stay until no router can send to them any more; the delay begins when the stable ReplicaSet is whole.",
    },
    ko: {
      text: (v) =>
        `업데이트가 중단됐습니다. ${v.replicaSet}의 파드는 ${v.seconds}초 동안 남겨 둡니다(abortScaleDownDelaySeconds).`,
      rule: "중단된 업데이트의 파드는 어떤 라우터도 요청을 보내지 않게 될 때까지 남습니다. 이 시간은 안정 버전 ReplicaSet이 모두 갖춰진 뒤부터 셉니다.",
    },
  },
  "rollout.scale-down-delayed": {
    en: {
      text: (v) =>
        `The delay of ${v.replicaSet} is over: from ${v.from} to ${plural(v.to, "pod")}.`,
      rule: "At the time in its annotation scale-down-deadline a ReplicaSet without traffic loses its pods.",
    },
    ko: {
      text: (v) => `${v.replicaSet}의 대기 시간이 끝나 ${v.from}개에서 ${v.to}개로 줄입니다.`,
      rule: "트래픽을 받지 않는 ReplicaSet은 scale-down-deadline 어노테이션에 적힌 시각에 파드를 없앱니다.",
    },
  },
  "rollout.switch-service": {
    en: {
      text: (v) =>
        v.from === ""
          ? `Service ${v.service} now selects the pods of ${v.to} only.`
          : `Service ${v.service} goes over from the pods of ${v.from} to those of ${v.to}.`,
      rule: "The controller writes rollouts-pod-template-hash into the selector; the EndpointSlices follow, and then each router in its own time.",
    },
    ko: {
      text: (v) =>
        v.from === ""
          ? `이제 ${v.service} 서비스는 ${v.to} 파드만 선택합니다.`
          : `${v.service} 서비스의 대상을 ${v.from} 파드에서 ${v.to} 파드로 바꿉니다.`,
      rule: "컨트롤러가 selector에 rollouts-pod-template-hash를 적으면 EndpointSlice가 따라 바뀌고, 라우터는 저마다의 시점에 이를 반영합니다.",
    },
  },
  "rollout.traffic-weight": {
    en: {
      text: (v) => `The router is to send ${v.to} of the traffic to the canary, not ${v.from}.`,
      rule: "The weight rises only when the canary has the pods for it; on an abort it falls to 0 at once.",
    },
    ko: {
      text: (v) => `라우터가 카나리로 보낼 트래픽 가중치를 ${v.from}에서 ${v.to}로 바꿉니다.`,
      rule: "가중치는 그만큼을 감당할 카나리 파드가 준비된 뒤에만 올리고, 중단하면 곧바로 0으로 내립니다.",
    },
  },
  "rollout.step-completed": {
    en: {
      text: (v) => `Step ${v.step} of ${v.steps} is done (${v.text}).`,
      rule: "setWeight and setCanaryScale are done when the pods are there, a pause when its time is over or somebody promotes, an analysis when it has succeeded.",
    },
    ko: {
      text: (v) => `${v.steps}단계 중 ${v.step}단계가 끝났습니다(${v.text}).`,
      rule: "setWeight와 setCanaryScale은 파드가 갖춰지면, pause는 시간이 지나거나 누군가 승격하면, analysis는 성공하면 끝납니다.",
    },
  },
  "rollout.pause-step": {
    en: {
      text: (v) =>
        v.seconds === 0
          ? `Paused at step ${v.step} until somebody promotes the Rollout.`
          : `Paused at step ${v.step} for ${v.seconds} s.`,
      rule: "A pause without a duration ends with `kubectl argo rollouts promote`.",
    },
    ko: {
      text: (v) =>
        v.seconds === 0
          ? `${v.step}단계에서 누군가 승격할 때까지 멈춥니다.`
          : `${v.step}단계에서 ${v.seconds}초 동안 멈춥니다.`,
      rule: "duration이 없는 pause는 `kubectl argo rollouts promote`로 끝냅니다.",
    },
  },
  "rollout.pause-promotion": {
    en: {
      text: (v) =>
        v.seconds === 0
          ? "The new pods are all available; the switch waits until somebody promotes the Rollout."
          : `The new pods are all available; the switch follows in ${v.seconds} s (autoPromotionSeconds).`,
      rule: "With autoPromotionEnabled: false the users' Service stays with the old pods until `kubectl argo rollouts promote`.",
    },
    ko: {
      text: (v) =>
        v.seconds === 0
          ? "새 파드가 모두 available입니다. 누군가 승격할 때까지 전환을 기다립니다."
          : `새 파드가 모두 available입니다. ${v.seconds}초 뒤에 전환합니다(autoPromotionSeconds).`,
      rule: "autoPromotionEnabled가 false이면 `kubectl argo rollouts promote`를 실행할 때까지 사용자 서비스는 이전 파드에 머뭅니다.",
    },
  },
  "rollout.wait-available": {
    en: {
      text: (v) =>
        `Waiting for the pods of ${v.replicaSet}: ${v.available} of ${v.wanted} are available.`,
      rule: "Neither a step nor the switch is taken before the pods that it needs are available.",
    },
    ko: {
      text: (v) =>
        `${v.replicaSet} 파드를 기다립니다. ${v.wanted}개 중 ${v.available}개가 available입니다.`,
      rule: "필요한 파드가 available이 되기 전에는 다음 단계로도 전환으로도 넘어가지 않습니다.",
    },
  },
  "rollout.promote": {
    en: {
      text: (v) => `Revision ${v.revision} (${v.hash}) is now the stable one: ${v.reason}.`,
      rule: "The stable ReplicaSet is the one that an abort goes back to. The very first one is stable from the beginning, ready or not.",
    },
    ko: {
      text: (v) => `리비전 ${v.revision}(${v.hash})이 이제 안정 버전입니다: ${v.reason}.`,
      rule: "안정 버전 ReplicaSet은 중단했을 때 돌아갈 곳입니다. 맨 처음 버전은 준비 여부와 상관없이 처음부터 안정 버전입니다.",
    },
  },
  "rollout.abort": {
    en: {
      text: (v) =>
        v.reason === ""
          ? `The update to revision ${v.revision} is aborted.`
          : `The update to revision ${v.revision} is aborted: ${v.reason}`,
      rule: "Traffic goes back to the stable version. The template in the manifest stays as it is: `retry` begins again, `undo` writes the old template.",
    },
    ko: {
      text: (v) =>
        v.reason === ""
          ? `리비전 ${v.revision} 업데이트를 중단합니다.`
          : `리비전 ${v.revision} 업데이트를 중단합니다: ${v.reason}`,
      rule: "트래픽은 안정 버전으로 돌아갑니다. 매니페스트의 템플릿은 그대로 남으며, `retry`로 다시 시작하거나 `undo`로 이전 템플릿을 적습니다.",
    },
  },
  "rollout.progress-deadline": {
    en: {
      text: (v) =>
        `${v.replicaSet} has made no progress for ${v.seconds} s (progressDeadlineSeconds).`,
      rule: "The Rollout is Degraded from then on. Only with progressDeadlineAbort is it aborted, too.",
    },
    ko: {
      text: (v) =>
        `${v.replicaSet}이 ${v.seconds}초 동안 진척이 없습니다(progressDeadlineSeconds).`,
      rule: "이때부터 Rollout은 Degraded입니다. progressDeadlineAbort를 켰을 때만 중단까지 합니다.",
    },
  },
  "rollout.analysis-started": {
    en: {
      text: (v) => `Analysis ${v.run} begins (${v.role}).`,
      rule: "An AnalysisRun takes the metrics of its templates with the arguments filled in, and measures them until it has an answer.",
    },
    ko: {
      text: (v) => `분석 ${v.run}을 시작합니다(${v.role}).`,
      rule: "AnalysisRun은 템플릿의 메트릭에 인자를 채워 넣고, 답이 나올 때까지 측정합니다.",
    },
  },
  "rollout.analysis-ended": {
    en: {
      text: (v) => `Analysis ${v.run} has ended: ${v.phase}.`,
      rule: "Failed and Error abort the update, Inconclusive pauses it, Successful lets it go on.",
    },
    ko: {
      text: (v) => `분석 ${v.run}이 끝났습니다: ${v.phase}.`,
      rule: "Failed와 Error는 업데이트를 중단하고, Inconclusive는 멈추며, Successful이면 계속합니다.",
    },
  },
};

/** Decisions of the AnalysisRun controller. */
export const analysisWords: WordsFor<CodesOf<"analysis">> = {
  "analysis.measure": {
    en: {
      text: (v) =>
        v.condition === ""
          ? `${v.metric} is ${v.value}: ${v.phase}.`
          : `${v.metric} is ${v.value}, held against ${v.condition}: ${v.phase}.`,
      rule: "The query is asked about the requests of this run. More measurements that fail than failureLimit fail the analysis.",
    },
    ko: {
      text: (v) =>
        v.condition === ""
          ? `${v.metric} 측정값은 ${v.value}입니다: ${v.phase}.`
          : `${v.metric} 측정값은 ${v.value}이고 조건은 ${v.condition}입니다: ${v.phase}.`,
      rule: "쿼리는 이 실행의 요청을 대상으로 계산합니다. 실패한 측정이 failureLimit보다 많으면 분석이 실패합니다.",
    },
  },
};
