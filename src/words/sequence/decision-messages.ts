import { podSuffix } from "../format.ts";
import type { Messages } from "./message-shape.ts";
import { rolloutMessages } from "./rollout-messages.ts";

const DELETED = { en: "the pod has a deletionTimestamp", ko: "파드에 deletionTimestamp가 생겼다" };
const READY = { en: "the pod is Ready", ko: "파드가 Ready다" };
const REPLICA_SET = { en: "a ReplicaSet has changed", ko: "ReplicaSet이 바뀌었다" };
const SLICE = { en: "the EndpointSlice has changed", ko: "EndpointSlice가 바뀌었다" };

const suffixes = (pods: string) =>
  pods
    .split(", ")
    .filter((pod) => pod !== "")
    .map(podSuffix)
    .join(", ");

const pods = (count: number) => (count === 1 ? "1 pod" : `${count} pods`);

const rules = (added: string, removed: string) =>
  [added === "" ? "" : `+ ${suffixes(added)}`, removed === "" ? "" : `− ${suffixes(removed)}`]
    .filter((part) => part !== "")
    .join(", ");

/** Deployment and ReplicaSet controllers. */
const workloadMessages: Messages = {
  "deployment.new-replica-set": {
    from: "deployment",
    to: "api",
    text: {
      en: ({ revision }) => `create the ReplicaSet of revision ${revision}`,
      ko: ({ revision }) => `리비전 ${revision}의 ReplicaSet 생성`,
    },
    heard: { en: "the Deployment has changed", ko: "Deployment가 바뀌었다" },
  },
  "deployment.scale-up-new": {
    from: "deployment",
    to: "api",
    text: {
      en: ({ replicaSet, from, to }, names) => `${names.replicaSet(replicaSet)}: ${from} → ${to}`,
      ko: ({ replicaSet, from, to }, names) => `${names.replicaSet(replicaSet)}: ${from} → ${to}`,
    },
    heard: REPLICA_SET,
  },
  "deployment.scale-down-old": {
    from: "deployment",
    to: "api",
    text: {
      en: ({ replicaSet, from, to, available, min }, names) =>
        `${names.replicaSet(replicaSet)}: ${from} → ${to} (${available} available, ${min} needed)`,
      ko: ({ replicaSet, from, to, available, min }, names) =>
        `${names.replicaSet(replicaSet)}: ${from} → ${to} (사용 가능 ${available}, 필요 ${min})`,
    },
    heard: { en: "one more pod is available", ko: "사용 가능한 파드가 늘었다" },
  },
  "deployment.wait-available": {
    from: "deployment",
    to: "deployment",
    text: {
      en: ({ available, min }) => `waits: ${available} available, ${min} needed`,
      ko: ({ available, min }) => `기다림: 사용 가능 ${available}, 필요 ${min}`,
    },
  },
  "deployment.recreate-scale-down": {
    from: "deployment",
    to: "api",
    text: {
      en: ({ replicaSet, from, to }, names) => `${names.replicaSet(replicaSet)}: ${from} → ${to}`,
      ko: ({ replicaSet, from, to }, names) => `${names.replicaSet(replicaSet)}: ${from} → ${to}`,
    },
    heard: { en: "the Deployment has changed", ko: "Deployment가 바뀌었다" },
  },
  "deployment.recreate-wait": {
    from: "deployment",
    to: "deployment",
    text: {
      en: ({ pods: count }) => `waits: ${pods(count)} of the old still there`,
      ko: ({ pods: count }) => `기다림: 이전 파드 ${count}개가 남았다`,
    },
  },
  "deployment.recreate-create": {
    from: "deployment",
    to: "api",
    text: {
      en: ({ to }) => `the new ReplicaSet: 0 → ${to}`,
      ko: ({ to }) => `새 ReplicaSet: 0 → ${to}`,
    },
    heard: { en: "the last old pod is gone", ko: "마지막 이전 파드가 사라졌다" },
  },
  "deployment.complete": {
    from: "deployment",
    to: "api",
    text: {
      en: () => "status: complete",
      ko: () => "status: 완료",
    },
    heard: REPLICA_SET,
  },
  "deployment.progress-deadline": {
    from: "deployment",
    to: "api",
    text: {
      en: ({ seconds }) => `Progressing: False, no progress for ${seconds} s`,
      ko: ({ seconds }) => `Progressing: False, ${seconds}초 동안 진행 없음`,
    },
  },
  "replicaset.create-pods": {
    from: "replicaSet",
    to: "api",
    text: {
      en: ({ count }) => `create ${pods(count)}`,
      ko: ({ count }) => `파드 ${count}개 생성`,
    },
    heard: REPLICA_SET,
  },
  "replicaset.delete-pods": {
    from: "replicaSet",
    to: "api",
    text: {
      en: ({ pods: names }) => `delete ${suffixes(names)}`,
      ko: ({ pods: names }) => `${suffixes(names)} 삭제`,
    },
    heard: REPLICA_SET,
  },
  "statefulset.create-pod": {
    from: "statefulSet",
    to: "api",
    text: {
      en: ({ ordinal }) => `create pod ${ordinal}`,
      ko: ({ ordinal }) => `${ordinal}번 파드 생성`,
    },
  },
  "statefulset.delete-for-update": {
    from: "statefulSet",
    to: "api",
    text: { en: () => "delete the pod of the old revision", ko: () => "이전 리비전의 파드 삭제" },
  },
  "daemonset.create-pods": {
    from: "daemonSet",
    to: "api",
    text: {
      en: ({ nodes }) => `create a pod on ${nodes}`,
      ko: ({ nodes }) => `${nodes}에 파드 생성`,
    },
  },
  "daemonset.delete-for-update": {
    from: "daemonSet",
    to: "api",
    text: {
      en: ({ pods: names }) => `delete ${suffixes(names)}`,
      ko: ({ pods: names }) => `${suffixes(names)} 삭제`,
    },
  },
  "scheduler.bind": {
    from: "scheduler",
    to: "api",
    text: {
      en: ({ node }) => `bind the pod to ${node}`,
      ko: ({ node }) => `파드를 ${node}에 배정`,
    },
    heard: { en: "a pod without a node", ko: "노드가 없는 파드" },
  },
  "scheduler.no-fit": {
    from: "scheduler",
    to: "api",
    text: {
      en: () => "no node fits: FailedScheduling",
      ko: () => "맞는 노드 없음: FailedScheduling",
    },
    heard: { en: "a pod without a node", ko: "노드가 없는 파드" },
  },
  "scheduler.preempt": {
    from: "scheduler",
    to: "api",
    text: {
      en: ({ pods: names }) => `preempt ${suffixes(names)}`,
      ko: ({ pods: names }) => `${suffixes(names)} 선점`,
    },
    heard: { en: "a pod without a node", ko: "노드가 없는 파드" },
  },
};

/** What happens on a node and on the way to it. */
const nodeMessages: Messages = {
  "kubelet.probe-result": {
    from: "kubelet",
    to: "api",
    text: {
      en: ({ probe, result }) =>
        probe === "readiness"
          ? `status: ${result === "ready" ? "Ready" : "not Ready"}`
          : `${probe} probe: ${result}`,
      ko: ({ probe, result }) =>
        probe === "readiness"
          ? `status: ${result === "ready" ? "Ready" : "not Ready"}`
          : `${probe} 프로브: ${result}`,
    },
  },
  "kubelet.liveness-restart": {
    from: "kubelet",
    to: "pod",
    text: {
      en: ({ probe, failures }) => `restart: ${probe} probe failed ${failures} times`,
      ko: ({ probe, failures }) => `재시작: ${probe} 프로브 ${failures}회 실패`,
    },
  },
  "kubelet.hook-start": {
    from: "kubelet",
    to: "pod",
    text: { en: ({ detail }) => `preStop: ${detail}`, ko: ({ detail }) => `preStop: ${detail}` },
    heard: DELETED,
  },
  "kubelet.hook-done": {
    from: "pod",
    to: "pod",
    text: {
      en: ({ remainingSeconds }) => `the hook ends, ${remainingSeconds} s of grace left`,
      ko: ({ remainingSeconds }) => `훅 종료, 남은 유예 ${remainingSeconds}초`,
    },
  },
  "kubelet.hook-cut": {
    from: "kubelet",
    to: "pod",
    text: {
      en: ({ graceSeconds }) => `the hook is cut off: ${graceSeconds} s of grace are over`,
      ko: ({ graceSeconds }) => `훅 중단: 유예 ${graceSeconds}초가 끝났다`,
    },
  },
  "kubelet.hook-failed": {
    from: "pod",
    to: "pod",
    text: { en: () => "the hook fails: FailedPreStopHook", ko: () => "훅 실패: FailedPreStopHook" },
  },
  "kubelet.stop-signal": {
    from: "kubelet",
    to: "pod",
    text: {
      en: ({ signal, remainingSeconds }) => `${signal}, ${remainingSeconds} s left`,
      ko: ({ signal, remainingSeconds }) => `${signal}, 남은 시간 ${remainingSeconds}초`,
    },
    heard: DELETED,
  },
  "kubelet.sigkill": {
    from: "kubelet",
    to: "pod",
    text: { en: () => "SIGKILL", ko: () => "SIGKILL" },
  },
  "kubelet.container-exit": {
    from: "pod",
    to: "pod",
    text: { en: ({ code }) => `exits with ${code}`, ko: ({ code }) => `종료 코드 ${code}` },
  },
  "kubelet.image-pull-failed": {
    from: "kubelet",
    to: "api",
    text: {
      en: ({ image }) => `ErrImagePull: ${image}`,
      ko: ({ image }) => `ErrImagePull: ${image}`,
    },
  },
  "endpointslice.ready": {
    from: "endpoints",
    to: "api",
    text: { en: () => "endpoint: ready", ko: () => "엔드포인트: ready" },
    heard: READY,
  },
  "endpointslice.not-ready": {
    from: "endpoints",
    to: "api",
    text: {
      en: ({ terminating }) => `endpoint: not ready${terminating === 1 ? ", terminating" : ""}`,
      ko: ({ terminating }) => `엔드포인트: not ready${terminating === 1 ? ", terminating" : ""}`,
    },
    heard: DELETED,
  },
  "endpointslice.removed": {
    from: "endpoints",
    to: "api",
    text: { en: () => "endpoint: removed", ko: () => "엔드포인트: 제거" },
  },
  "kube-proxy.sync": {
    from: "proxy",
    to: "proxy",
    text: {
      en: ({ added, removed }) => `rules: ${rules(added, removed)}`,
      ko: ({ added, removed }) => `규칙: ${rules(added, removed)}`,
    },
    heard: SLICE,
  },
  "app.listener-open": {
    from: "pod",
    to: "pod",
    text: { en: () => "the port is open", ko: () => "포트 열림" },
  },
  "app.listener-closed": {
    from: "pod",
    to: "pod",
    text: { en: () => "the port is closed", ko: () => "포트 닫힘" },
  },
  "network.torn-down": {
    from: "kubelet",
    to: "kubelet",
    text: { en: () => "the pod's network is gone", ko: () => "파드 네트워크 정리됨" },
  },
};

/** How decisions stand in diagrams; those that are not here stand in none. */
export const DECISION_MESSAGES: Messages = {
  ...workloadMessages,
  ...rolloutMessages,
  ...nodeMessages,
};
