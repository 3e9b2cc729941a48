import { plural } from "../format.ts";
import type { InBoth } from "../language.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** What set the pods that were chosen apart from those that stay. */
const DELETION_RULES: Readonly<Record<string, InBoth<string>>> = {
  all: { en: "none stays", ko: "남는 파드가 없음" },
  unassigned: { en: "not bound to a node", ko: "노드를 배정받지 못함" },
  pending: { en: "not running", ko: "아직 실행 전" },
  "not-ready": { en: "not Ready", ko: "Ready가 아님" },
  "deletion-cost": { en: "a lower pod-deletion-cost", ko: "pod-deletion-cost가 낮음" },
  "co-located": { en: "more siblings on its node", ko: "같은 노드에 형제 파드가 더 많음" },
  "ready-shorter": { en: "Ready for a shorter time", ko: "Ready였던 시간이 더 짧음" },
  restarts: { en: "more restarts", ko: "재시작 횟수가 더 많음" },
  newer: { en: "created later", ko: "더 늦게 만들어짐" },
};

/** Decisions about which pods there are and where: ReplicaSet controller, scheduler, API server. */
export const podWords: WordsFor<CodesOf<"replicaset" | "scheduler" | "api">> = {
  "replicaset.create-pods": {
    en: {
      text: (v) =>
        `${plural(v.count, "pod")} to be created: ${v.active} there, ${v.desired} wanted.`,
      rule: "The ReplicaSet controller compares spec.replicas with the pods that it has; pods being deleted do not count.",
    },
    ko: {
      text: (v) => `파드 ${v.count}개를 만듭니다. 현재 ${v.active}개, 목표 ${v.desired}개입니다.`,
      rule: "ReplicaSet 컨트롤러는 spec.replicas와 현재 파드 수를 비교합니다. 삭제 중인 파드는 세지 않습니다.",
    },
  },
  "replicaset.delete-pods": {
    en: {
      text: (v) =>
        `${plural(v.count, "pod")} to be deleted: ${v.active} there, ${v.desired} wanted. Chosen: ${v.pods} (${DELETION_RULES[v.rule]?.en ?? v.rule}).`,
      rule: "First go pods without a node, then those not running, not Ready, with a lower deletion cost, with more siblings on their node, Ready for less time, with more restarts, newer.",
    },
    ko: {
      text: (v) =>
        `파드 ${v.count}개를 지웁니다. 현재 ${v.active}개, 목표 ${v.desired}개입니다. 대상: ${v.pods} (기준: ${DELETION_RULES[v.rule]?.ko ?? v.rule}).`,
      rule: "노드가 없는 파드, 실행 전인 파드, Ready가 아닌 파드, deletion cost가 낮은 파드, 같은 노드에 형제가 많은 파드, Ready였던 시간이 짧은 파드, 재시작이 많은 파드, 늦게 만든 파드 순으로 먼저 지웁니다.",
    },
  },
  "replicaset.slow-start": {
    en: {
      text: (v) => `A batch of ${v.batch} is created, ${v.left} to follow.`,
      rule: "Creations go in batches of 1, 2, 4, 8 …, so that a failure that would meet all of them is met by few.",
    },
    ko: {
      text: (v) => `이번에 ${v.batch}개를 만들고 ${v.left}개가 남습니다.`,
      rule: "파드를 1, 2, 4, 8개씩 늘려 가며 만듭니다. 모두 실패할 상황이라면 적은 수만 시도하고 멈추기 위해서입니다.",
    },
  },
  "scheduler.bind": {
    en: {
      text: (v) => `Bound to ${v.node}: ${v.feasible} of ${plural(v.nodes, "node")} could take it.`,
      rule: "The scheduler leaves out nodes that cannot take the pod and scores the others.",
    },
    ko: {
      text: (v) =>
        `${v.node} 노드에 바인딩했습니다. 노드 ${v.nodes}개 가운데 ${v.feasible}개가 후보였습니다.`,
      rule: "스케줄러는 파드를 받을 수 없는 노드를 걸러 내고 나머지에 점수를 매깁니다.",
    },
  },
  "scheduler.no-fit": {
    en: {
      text: (v) => `No node of ${v.nodes} can take the pod: ${v.message}`,
      rule: "The pod stays Pending and is tried again when something changes.",
    },
    ko: {
      text: (v) => `노드 ${v.nodes}개 중 파드를 받을 수 있는 노드가 없습니다: ${v.message}`,
      rule: "파드는 Pending으로 남고, 상황이 바뀌면 다시 시도합니다.",
    },
  },
  "scheduler.preempt": {
    en: {
      text: (v) =>
        `Room is made on ${v.node}: ${plural(v.count, "less important pod")} deleted (${v.pods}), ${v.violations} against a PodDisruptionBudget; ${plural(v.candidates, "node")} would have done.`,
      rule: "Where no node has room, pods of lower priority go: on the node where the fewest budgets are broken, then where the least important, the fewest and the youngest pods do. Each has its grace period; until then the node is only nominated.",
    },
    ko: {
      text: (v) =>
        `${v.node} 노드에 자리를 만들려고 우선순위가 낮은 파드 ${v.count}개를 지웁니다(${v.pods}). PodDisruptionBudget을 어기는 파드는 ${v.violations}개이고, 후보 노드는 ${v.candidates}개였습니다.`,
      rule: "자리가 있는 노드가 없으면 우선순위가 낮은 파드를 내보냅니다. PodDisruptionBudget을 가장 적게 어기는 노드, 내보낼 파드가 덜 중요하고 적고 나중에 시작한 노드 순으로 고릅니다. 내보내는 파드에는 유예 시간이 주어지고, 그동안 노드는 지명(nominate)된 상태입니다.",
    },
  },
  "api.delete-accepted": {
    en: {
      text: (v) => `The deletion is accepted: ${v.graceSeconds} s of grace from now on.`,
      rule: "The object stays, with a deletionTimestamp. Kubelet, EndpointSlice controller and ReplicaSet controller see it at the same time, each on its own.",
    },
    ko: {
      text: (v) => `삭제 요청이 접수됐습니다. 지금부터 유예 시간 ${v.graceSeconds}초가 흐릅니다.`,
      rule: "오브젝트는 deletionTimestamp가 붙은 채 남습니다. kubelet, EndpointSlice 컨트롤러, ReplicaSet 컨트롤러가 이 변경을 동시에, 서로 기다리지 않고 처리합니다.",
    },
  },
};
