import type { InBoth } from "../language.ts";

/** Who sends and gets messages in a diagram, in the order in which they stand. Pods stand together: the old ones, the new ones. */
export const PARTICIPANTS = {
  client: { en: "kubectl", ko: "kubectl" },
  api: { en: "kube-apiserver", ko: "kube-apiserver" },
  deployment: { en: "Deployment controller", ko: "Deployment 컨트롤러" },
  statefulSet: { en: "StatefulSet controller", ko: "StatefulSet 컨트롤러" },
  daemonSet: { en: "DaemonSet controller", ko: "DaemonSet 컨트롤러" },
  rollout: { en: "Rollout controller", ko: "Rollout 컨트롤러" },
  analysis: { en: "AnalysisRun controller", ko: "AnalysisRun 컨트롤러" },
  replicaSet: { en: "ReplicaSet controller", ko: "ReplicaSet 컨트롤러" },
  scheduler: { en: "kube-scheduler", ko: "kube-scheduler" },
  kubelet: { en: "kubelet", ko: "kubelet" },
  newPod: { en: "new pod", ko: "새 파드" },
  oldPod: { en: "old pod", ko: "이전 파드" },
  endpoints: { en: "EndpointSlice controller", ko: "EndpointSlice 컨트롤러" },
  proxy: { en: "kube-proxy", ko: "kube-proxy" },
  users: { en: "users", ko: "사용자" },
} as const satisfies Readonly<Record<string, InBoth<string>>>;

/** A participant's id. */
export type Participant = keyof typeof PARTICIPANTS;

/** The participants in the order in which they stand. */
export const PARTICIPANT_ORDER = Object.keys(PARTICIPANTS) as Participant[];
