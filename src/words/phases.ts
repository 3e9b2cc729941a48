import type { LanePhase } from "../simulator/record.ts";
import type { InBoth } from "./language.ts";

/** What a phase is called. */
export interface PhaseWords {
  /** A word or two: on the bar, and in counts. */
  readonly short: string;
  /** In a legend or a title. */
  readonly name: string;
  /** What goes on, in a sentence. */
  readonly sentence: string;
  /** What begins and ends it. */
  readonly rule: string;
}

/** Every phase of a pod's lane, in order of a pod's life. */
export const PHASES: Readonly<Record<LanePhase, InBoth<PhaseWords>>> = {
  pending: {
    en: {
      short: "pending",
      name: "waiting for a node",
      sentence: "The pod exists in the API server and no node has it yet.",
      rule: "The scheduler binds the pod to a node that has room for it; only then does a kubelet see it.",
    },
    ko: {
      short: "대기",
      name: "노드 배정 대기",
      sentence: "파드가 API 서버에는 있지만 아직 노드를 배정받지 못했습니다.",
      rule: "스케줄러가 자원이 남는 노드에 파드를 바인딩해야 그 노드의 kubelet이 파드를 인식합니다.",
    },
  },
  pulling: {
    en: {
      short: "pulling",
      name: "pulling the image",
      sentence: "The node fetches the image.",
      rule: "A kubelet pulls one image after another by default; an image that the node has already costs no time.",
    },
    ko: {
      short: "받는 중",
      name: "이미지 받는 중",
      sentence: "노드가 이미지를 내려받고 있습니다.",
      rule: "kubelet은 기본적으로 이미지를 하나씩 차례로 받습니다. 노드에 이미 있는 이미지는 바로 씁니다.",
    },
  },
  starting: {
    en: {
      short: "starting",
      name: "starting",
      sentence:
        "Sandbox and containers are made, or the process runs and its port does not listen yet.",
      rule: "A connection to the pod is refused until its process listens.",
    },
    ko: {
      short: "시작 중",
      name: "시작 중",
      sentence:
        "샌드박스와 컨테이너를 만드는 중이거나, 프로세스가 떴지만 아직 포트를 열지 않았습니다.",
      rule: "프로세스가 포트를 열기 전에는 파드로 들어온 연결이 거부됩니다.",
    },
  },
  "not-ready": {
    en: {
      short: "not ready",
      name: "running, not ready",
      sentence: "The containers run and the pod is not Ready.",
      rule: "The pod becomes Ready when the readiness probe has succeeded successThreshold times in a row; without a probe, as soon as its containers run.",
    },
    ko: {
      short: "Not Ready",
      name: "실행 중, Not Ready",
      sentence: "컨테이너는 실행 중이지만 파드가 Ready 상태가 아닙니다.",
      rule: "readiness 프로브가 successThreshold번 연속 성공해야 Ready가 됩니다. 프로브가 없으면 컨테이너가 실행되는 즉시 Ready입니다.",
    },
  },
  ready: {
    en: {
      short: "ready",
      name: "ready",
      sentence: "The pod is Ready and stays; once routers know, they choose it.",
      rule: "Its endpoint is ready: true in the EndpointSlice. Every router learns of that on its own, a little later.",
    },
    ko: {
      short: "Ready",
      name: "Ready",
      sentence: "파드가 Ready 상태입니다. 라우터가 이 사실을 알게 되면 트래픽을 보냅니다.",
      rule: "EndpointSlice에 ready: true로 올라 있습니다. 라우터는 저마다 조금 늦게 이 변경을 반영합니다.",
    },
  },
  "pre-stop": {
    en: {
      short: "preStop",
      name: "preStop",
      sentence: "The pod is being deleted; its preStop hook runs and the process still serves.",
      rule: "The grace period has been running since the deletion. The stop signal is sent when the hook ends or the grace period is over.",
    },
    ko: {
      short: "preStop",
      name: "preStop",
      sentence:
        "파드가 삭제되는 중이며 preStop 훅이 실행되고 있습니다. 프로세스는 아직 요청을 처리합니다.",
      rule: "유예 시간은 삭제 시점부터 이미 흐르고 있습니다. 훅이 끝나거나 유예 시간이 다 되면 종료 신호를 보냅니다.",
    },
  },
  stopping: {
    en: {
      short: "stopping",
      name: "stop signal sent",
      sentence: "The stop signal has been sent and the process is still there.",
      rule: "What the signal does is up to the process. What still runs when the grace period is over is killed.",
    },
    ko: {
      short: "종료 중",
      name: "종료 신호 이후",
      sentence: "종료 신호를 보냈고 프로세스가 아직 남아 있습니다.",
      rule: "신호를 받고 무엇을 할지는 프로세스에 달렸습니다. 유예 시간이 끝날 때까지 남아 있으면 SIGKILL로 강제 종료됩니다.",
    },
  },
  exited: {
    en: {
      short: "ended",
      name: "ended, object still there",
      sentence: "All processes have ended; the API object still exists.",
      rule: "The kubelet tears the network down, reports the end and then deletes the object.",
    },
    ko: {
      short: "종료됨",
      name: "프로세스 종료, 오브젝트는 남음",
      sentence: "프로세스는 모두 끝났고 API 오브젝트만 남아 있습니다.",
      rule: "kubelet이 네트워크를 정리하고 종료 상태를 보고한 다음 오브젝트를 삭제합니다.",
    },
  },
};

/** Phases in order of a pod's life. */
export const PHASE_ORDER = Object.keys(PHASES) as LanePhase[];
