import { plural } from "../format.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** Decisions of the DaemonSet controller. */
export const daemonSetWords: WordsFor<CodesOf<"daemonset">> = {
  "daemonset.new-revision": {
    en: {
      text: (v) =>
        `A pod template to roll out: it is kept as ControllerRevision ${v.revision}, number ${v.number}.`,
      rule: "A DaemonSet has no ReplicaSets. Each template is kept as a ControllerRevision, and each pod is labelled with its hash.",
    },
    ko: {
      text: (v) =>
        `롤아웃할 파드 템플릿을 ControllerRevision ${v.revision}(${v.number}번)으로 남깁니다.`,
      rule: "DaemonSet은 ReplicaSet을 쓰지 않습니다. 템플릿마다 ControllerRevision을 남기고, 파드에는 그 해시를 레이블로 붙입니다.",
    },
  },
  "daemonset.create-pods": {
    en: {
      text: (v) => `${plural(v.count, "pod")} to be created, on nodes without one: ${v.nodes}.`,
      rule: "Each node that the DaemonSet is meant for has one pod. Its affinity names the node, and the scheduler binds it there.",
    },
    ko: {
      text: (v) => `파드가 없는 노드에 ${v.count}개를 만듭니다: ${v.nodes}.`,
      rule: "DaemonSet은 대상 노드마다 파드를 하나씩 둡니다. 파드의 affinity에 노드 이름이 들어가고 스케줄러가 그 노드에 바인딩합니다.",
    },
  },
  "daemonset.delete-extra": {
    en: {
      text: (v) => `${plural(v.count, "pod")} to be deleted that should not be there: ${v.pods}.`,
      rule: "Pods go from nodes that are not meant for them, where a node has one too many, and when they have ended.",
    },
    ko: {
      text: (v) => `있을 필요가 없는 파드 ${v.count}개를 지웁니다: ${v.pods}.`,
      rule: "대상이 아닌 노드의 파드, 한 노드에 남는 파드, 이미 끝난 파드를 지웁니다.",
    },
  },
  "daemonset.delete-surged": {
    en: {
      text: (v) =>
        `${plural(v.count, "old pod")} may go, since the new one on the node has taken over: ${v.pods}.`,
      rule: "With maxSurge an old pod goes when the new one beside it is available, or when the old one itself serves nobody.",
    },
    ko: {
      text: (v) => `같은 노드의 새 파드가 이어받아 이전 파드 ${v.count}개를 지웁니다: ${v.pods}.`,
      rule: "maxSurge를 쓰면 옆의 새 파드가 available이 되거나 이전 파드가 Ready가 아닐 때 이전 파드를 지웁니다.",
    },
  },
  "daemonset.delete-for-update": {
    en: {
      text: (v) =>
        `${plural(v.count, "old pod")} to be deleted: ${v.pods}. ${plural(v.unavailable, "node")} without an available pod, ${v.max} allowed.`,
      rule: "Without maxSurge the old pod of a node goes first and the new one comes after it is gone. No more than maxUnavailable nodes are without one.",
    },
    ko: {
      text: (v) =>
        `이전 파드 ${v.count}개를 지웁니다: ${v.pods}. available 파드가 없는 노드 ${v.unavailable}개, 상한 ${v.max}개입니다.`,
      rule: "maxSurge가 없으면 노드의 이전 파드가 먼저 사라진 다음 새 파드가 만들어집니다. 파드 없는 노드는 maxUnavailable개까지입니다.",
    },
  },
  "daemonset.replace-unavailable": {
    en: {
      text: (v) =>
        `${plural(v.count, "old pod")} that ${v.count === 1 ? "is" : "are"} not available to be deleted: ${v.pods}.`,
      rule: "Old pods that serve nobody are replaced at once, whatever maxUnavailable says.",
    },
    ko: {
      text: (v) => `available이 아닌 이전 파드 ${v.count}개를 지웁니다: ${v.pods}.`,
      rule: "트래픽을 받지 못하는 이전 파드는 maxUnavailable과 관계없이 바로 교체합니다.",
    },
  },
  "daemonset.surge": {
    en: {
      text: (v) =>
        `${plural(v.count, "node")} to get a new pod beside the old one: ${v.nodes}. ${plural(v.surging, "node")} with two so far, ${v.max} allowed.`,
      rule: "With maxSurge the new pod comes first. Nodes whose old pod is not available do not count against it.",
    },
    ko: {
      text: (v) =>
        `노드 ${v.count}개에 이전 파드를 둔 채 새 파드를 만듭니다: ${v.nodes}. 지금 파드가 둘인 노드 ${v.surging}개, 상한 ${v.max}개입니다.`,
      rule: "maxSurge를 쓰면 새 파드가 먼저 생깁니다. 이전 파드가 available이 아닌 노드는 상한에 세지 않습니다.",
    },
  },
  "daemonset.wait-unavailable": {
    en: {
      text: (v) =>
        `No old pod may go now: ${plural(v.unavailable, "node")} without an available pod, ${v.max} allowed, ${plural(v.old, "old pod")} left.`,
      rule: "The next node is taken when the new pod of the last one is available.",
    },
    ko: {
      text: (v) =>
        `이전 파드를 더 지울 수 없습니다. available 파드가 없는 노드 ${v.unavailable}개, 상한 ${v.max}개이며 이전 파드 ${v.old}개가 남았습니다.`,
      rule: "앞 노드의 새 파드가 available이 되어야 다음 노드로 넘어갑니다.",
    },
  },
  "daemonset.wait-surge": {
    en: {
      text: (v) =>
        `No new pod now: ${plural(v.surging, "node")} with two pods, ${v.max} allowed, ${plural(v.old, "old pod")} left.`,
      rule: "The next node is taken when a new pod is available and its old one may go.",
    },
    ko: {
      text: (v) =>
        `새 파드를 더 만들 수 없습니다. 파드가 둘인 노드 ${v.surging}개, 상한 ${v.max}개이며 이전 파드 ${v.old}개가 남았습니다.`,
      rule: "새 파드가 available이 되어 이전 파드를 지울 수 있어야 다음 노드로 넘어갑니다.",
    },
  },
  "daemonset.complete": {
    en: {
      text: (v) =>
        `The update is complete: ${plural(v.nodes, "node")} with an available pod of revision ${v.revision}.`,
      rule: "Complete means: on every node that the DaemonSet is meant for, a pod of the new template is available.",
    },
    ko: {
      text: (v) =>
        `업데이트가 끝났습니다. 노드 ${v.nodes}개에서 리비전 ${v.revision} 파드가 available입니다.`,
      rule: "대상 노드마다 새 템플릿의 파드가 available이면 완료입니다.",
    },
  },
};
