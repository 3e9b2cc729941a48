import { plural } from "../format.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** Decisions of the StatefulSet controller. */
export const statefulSetWords: WordsFor<CodesOf<"statefulset">> = {
  "statefulset.new-revision": {
    en: {
      text: (v) =>
        `A pod template to roll out: it is kept as ControllerRevision ${v.revision}, number ${v.number}.`,
      rule: "A StatefulSet has no ReplicaSets. Each template is kept as a ControllerRevision, and each pod is labelled with the one that it was made from.",
    },
    ko: {
      text: (v) =>
        `롤아웃할 파드 템플릿을 ControllerRevision ${v.revision}(${v.number}번)으로 남깁니다.`,
      rule: "StatefulSet은 ReplicaSet을 쓰지 않습니다. 템플릿마다 ControllerRevision을 남기고, 파드에는 어느 리비전에서 만들어졌는지 레이블을 붙입니다.",
    },
  },
  "statefulset.create-pod": {
    en: {
      text: (v) => `Created for ordinal ${v.ordinal} from revision ${v.revision}.`,
      rule: "A pod keeps its name. OrderedReady creates one at a time, from the lowest ordinal up, and only when all before it are Ready.",
    },
    ko: {
      text: (v) => `순번 ${v.ordinal} 파드를 리비전 ${v.revision}에서 만듭니다.`,
      rule: "파드는 이름을 그대로 유지합니다. OrderedReady는 앞 순번이 모두 Ready일 때 낮은 순번부터 하나씩 만듭니다.",
    },
  },
  "statefulset.delete-for-update": {
    en: {
      text: (v) =>
        `Deleted to be made anew from revision ${v.update}; it was of ${v.revision}. Ordinals from ${v.partition} on are updated.`,
      rule: "A rolling update goes from the highest ordinal down to the partition, one pod at a time, and waits until the new one is Ready.",
    },
    ko: {
      text: (v) =>
        `리비전 ${v.revision} 파드를 지우고 ${v.update}에서 다시 만듭니다. 순번 ${v.partition}부터 업데이트 대상입니다.`,
      rule: "롤링 업데이트는 가장 높은 순번부터 partition까지 하나씩 내려가며, 새 파드가 Ready가 될 때까지 기다립니다.",
    },
  },
  "statefulset.delete-for-scale": {
    en: {
      text: (v) =>
        `Deleted because only ${plural(v.replicas, "pod")} ${v.replicas === 1 ? "is" : "are"} wanted.`,
      rule: "Scaling down takes the highest ordinal first. OrderedReady waits for the end of each before it takes the next.",
    },
    ko: {
      text: (v) => `파드가 ${v.replicas}개만 필요해 지웁니다.`,
      rule: "줄일 때는 가장 높은 순번부터 지웁니다. OrderedReady는 하나가 완전히 사라진 다음 다음 순번을 지웁니다.",
    },
  },
  "statefulset.delete-ended": {
    en: {
      text: (v) => `Deleted because it has ended (${v.phase}); it is made anew when it is gone.`,
      rule: "A pod of a StatefulSet that has ended is replaced, whatever its exit code. The new one has the same name, so the old one has to go first.",
    },
    ko: {
      text: (v) => `파드가 끝나(${v.phase}) 지웁니다. 사라지고 나면 다시 만듭니다.`,
      rule: "끝난 StatefulSet 파드는 종료 코드와 관계없이 교체합니다. 새 파드가 같은 이름을 쓰므로 이전 파드가 먼저 사라져야 합니다.",
    },
  },
  "statefulset.wait-terminating": {
    en: {
      text: (v) => `Waiting for the end of ${v.pod}.`,
      rule: "Two pods never have the same name: the new one is created when the old one is gone from the API. So preStop and grace period hold the update up.",
    },
    ko: {
      text: (v) => `${v.pod} 파드가 사라지기를 기다립니다.`,
      rule: "같은 이름의 파드는 둘일 수 없어, 이전 파드가 API에서 사라져야 새 파드를 만듭니다. 그래서 preStop과 유예 시간만큼 업데이트가 늦어집니다.",
    },
  },
  "statefulset.wait-ready": {
    en: {
      text: (v) => `Waiting for ${v.pod} to be Ready.`,
      rule: "No next pod is taken before this one is Running and Ready. There is no deadline.",
    },
    ko: {
      text: (v) => `${v.pod} 파드가 Ready가 되기를 기다립니다.`,
      rule: "이 파드가 Running이고 Ready여야 다음 파드로 넘어갑니다. 기한은 없습니다.",
    },
  },
  "statefulset.wait-available": {
    en: {
      text: (v) => `Waiting until ${v.pod} has been Ready for ${v.seconds} s.`,
      rule: "With minReadySeconds a pod counts as available only after it has been Ready for that long.",
    },
    ko: {
      text: (v) => `${v.pod} 파드가 ${v.seconds}초 동안 Ready로 유지되기를 기다립니다.`,
      rule: "minReadySeconds가 있으면 그 시간만큼 Ready로 유지된 파드만 available로 셉니다.",
    },
  },
  "statefulset.wait-outdated": {
    en: {
      text: (v) =>
        `Waiting for ${v.pod} to be Ready, although it is of ${v.revision} and should be of ${v.update}.`,
      rule: "OrderedReady replaces no pod while one is not Ready, not even that one. A broken pod stays after a rollback until somebody deletes it by hand.",
    },
    ko: {
      text: (v) =>
        `${v.pod} 파드는 ${v.update}이어야 하는데 아직 ${v.revision}이고, Ready가 되기를 기다립니다.`,
      rule: "OrderedReady는 Ready가 아닌 파드가 있으면 그 파드조차 교체하지 않습니다. 고장 난 파드는 되돌린 뒤에도 직접 지울 때까지 남습니다.",
    },
  },
  "statefulset.complete": {
    en: {
      text: (v) =>
        `The update is complete: all ${plural(v.replicas, "pod")} of revision ${v.revision} and Ready.`,
      rule: "When every pod is of the update revision and Ready, that revision becomes the current one.",
    },
    ko: {
      text: (v) =>
        `업데이트가 끝났습니다. 파드 ${v.replicas}개가 모두 리비전 ${v.revision}이고 Ready입니다.`,
      rule: "모든 파드가 새 리비전이고 Ready이면 그 리비전이 현재 리비전이 됩니다.",
    },
  },
};
