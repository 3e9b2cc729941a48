import { plural } from "../format.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** What nodes, budgets and autoscalers do to the pods of a workload. */
export const disruptionWords: WordsFor<
  CodesOf<"node-lifecycle" | "taint-eviction" | "pod-gc" | "disruption" | "autoscaler">
> = {
  "node-lifecycle.unknown": {
    en: {
      text: (v) =>
        `Nothing was heard of the kubelet for ${Math.round(v.silentMs / 1000)} s: the node is Unknown, and ${plural(v.pods, "pod")} on it ${v.pods === 1 ? "is" : "are"} marked not Ready.`,
      rule: "A kubelet renews its Lease every 10 s. After 50 s without a renewal the node controller gives the node up and takes its pods out of the endpoints; they may well go on to run.",
    },
    ko: {
      text: (v) =>
        `kubelet에서 ${Math.round(v.silentMs / 1000)}초 동안 소식이 없어 노드를 Unknown으로 바꾸고, 그 위의 파드 ${v.pods}개를 Ready가 아닌 것으로 표시합니다.`,
      rule: "kubelet은 10초마다 Lease를 갱신합니다. 50초 동안 갱신이 없으면 노드 컨트롤러가 노드를 포기하고 파드를 엔드포인트에서 뺍니다. 파드 자체는 계속 실행 중일 수 있습니다.",
    },
  },
  "node-lifecycle.taint": {
    en: {
      text: (v) =>
        `Tainted ${v.taint}:NoExecute: ${plural(v.pods, "pod")} on it have their time to leave.`,
      rule: "A node that cannot be reached is tainted. Pods tolerate that for 300 s unless they say otherwise, then they are deleted and replaced elsewhere.",
    },
    ko: {
      text: (v) =>
        `${v.taint}:NoExecute 테인트를 붙였습니다. 이 노드의 파드 ${v.pods}개는 정해진 시간 뒤에 쫓겨납니다.`,
      rule: "연락이 끊긴 노드에는 테인트가 붙습니다. 따로 정하지 않았다면 파드는 300초를 버티고, 그 뒤에 삭제되어 다른 노드에 새로 만들어집니다.",
    },
  },
  "node-lifecycle.recovered": {
    en: {
      text: (v) =>
        `The node is Ready again: its taint goes, and ${plural(v.pods, "pod")} may stay.`,
      rule: "When the kubelet is heard of again, the node loses the taint, and evictions that have not been carried out are withdrawn.",
    },
    ko: {
      text: (v) => `노드가 다시 Ready입니다. 테인트를 떼고, 파드 ${v.pods}개는 남습니다.`,
      rule: "kubelet 소식이 다시 오면 노드의 테인트를 떼고, 아직 하지 않은 축출을 거둡니다.",
    },
  },
  "taint-eviction.scheduled": {
    en: {
      text: (v) => `Will be deleted in ${v.seconds} s: ${v.node} is tainted ${v.taint}.`,
      rule: "A pod leaves a node with a NoExecute taint when its tolerationSeconds are over. Every pod gets 300 s for not-ready and unreachable by default.",
    },
    ko: {
      text: (v) => `${v.node} 노드에 ${v.taint} 테인트가 붙어 ${v.seconds}초 뒤에 지웁니다.`,
      rule: "NoExecute 테인트가 있는 노드에서 파드는 tolerationSeconds가 지나면 쫓겨납니다. not-ready와 unreachable에는 기본으로 300초가 주어집니다.",
    },
  },
  "taint-eviction.delete": {
    en: {
      text: (v) =>
        `Deleted after ${Math.round(v.waitedMs / 1000)} s on ${v.node}, whose taint it does not tolerate any longer.`,
      rule: "The object is marked as deleted. It goes away when the kubelet confirms that; a node that is cut off cannot, so the pod stays Terminating.",
    },
    ko: {
      text: (v) =>
        `${v.node} 노드의 테인트를 ${Math.round(v.waitedMs / 1000)}초 동안 견딘 뒤 지웁니다.`,
      rule: "오브젝트에는 삭제 표시만 남고, kubelet이 종료를 확인해야 사라집니다. 연락이 끊긴 노드는 확인해 줄 수 없어 파드가 Terminating으로 남습니다.",
    },
  },
  "pod-gc.orphaned": {
    en: {
      text: (v) => `Removed at once, because ${v.node} is no longer a node of the cluster.`,
      rule: "Pods outlive the deletion of their node's object by 40 to 60 s. Then they are removed without asking any kubelet, and replaced.",
    },
    ko: {
      text: (v) => `${v.node} 노드가 클러스터에서 없어져 파드를 바로 제거합니다.`,
      rule: "노드 오브젝트를 지워도 파드는 40~60초 동안 남아 있습니다. 그 뒤 kubelet에 묻지 않고 제거하며, 다른 노드에 새로 만들어집니다.",
    },
  },
  "disruption.allowed": {
    en: {
      text: (v) =>
        `${plural(v.allowed, "pod")} may be evicted now: ${v.healthy} healthy, ${v.desired} needed.`,
      rule: "A PodDisruptionBudget limits evictions, such as those of a drain. It does not limit rollouts, nor pods that fail or are deleted.",
    },
    ko: {
      text: (v) =>
        `지금 축출해도 되는 파드는 ${v.allowed}개입니다. 정상 ${v.healthy}개, 필요한 수 ${v.desired}개입니다.`,
      rule: "PodDisruptionBudget은 drain 같은 축출만 제한합니다. 롤아웃도, 장애가 나거나 삭제된 파드도 막지 않습니다.",
    },
  },
  "autoscaler.rescale": {
    en: {
      text: (v) => `Scaled from ${v.from} to ${v.to}: ${v.reason}.`,
      rule: "The autoscaler compares usage with its target every 15 s. It scales up at once, and down only to the most that it wanted in the last five minutes.",
    },
    ko: {
      text: (v) => `${v.from}개에서 ${v.to}개로 조정합니다. 이유: ${v.reason}.`,
      rule: "오토스케일러는 15초마다 사용량을 목표와 비교합니다. 늘릴 때는 바로, 줄일 때는 지난 5분 동안 원했던 가장 큰 값까지만 줄입니다.",
    },
  },
};
