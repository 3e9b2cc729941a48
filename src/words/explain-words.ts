import type { InBoth } from "./language.ts";

/** The fixed parts of an answer to "why?". */
export interface ExplainWords {
  readonly pod: string;
  readonly node: string;
  readonly image: string;
  readonly when: string;
  readonly router: string;
  readonly cause: string;
  readonly exitStatus: string;
  readonly sent: (source: string) => string;
  readonly chosen: (router: string, pod: string) => string;
  readonly noEndpoint: string;
  readonly listenerClosed: string;
  readonly listenerOpen: string;
  readonly endpointNotReady: string;
  readonly networkGone: string;
  readonly dropped: (router: string) => string;
  readonly answered: (outcome: string, took: string) => string;
  readonly routeWhat: string;
  readonly routeRule: string;
  readonly gapClosed: (length: string) => string;
  readonly gapNotYet: (length: string) => string;
  readonly gapRule: string;
  readonly lost: (counts: string) => string;
  readonly many: (count: number) => string;
  readonly decisions: (count: number) => string;
}

export const EXPLAIN: InBoth<ExplainWords> = {
  en: {
    pod: "Pod",
    node: "Node",
    image: "Image",
    when: "When",
    router: "Router",
    cause: "Cause",
    exitStatus: "Exit status",
    sent: (source) => `The client (${source}) sends the request.`,
    chosen: (router, pod) => `${router} chooses ${pod}.`,
    noEndpoint: "No pod is there to choose.",
    listenerClosed: "The pod's port closes.",
    listenerOpen: "The pod's port opens.",
    endpointNotReady: "The pod's endpoint turns not ready in the EndpointSlice.",
    networkGone: "The pod's network is torn down.",
    dropped: (router) => `${router} drops the pod.`,
    answered: (outcome, took) => `The client has its answer: ${outcome}, after ${took}.`,
    routeWhat: "The router would choose this pod for a new connection.",
    routeRule:
      "A router goes by its own copy of the endpoints. It changes when the router has heard of the EndpointSlice's change and has written its rules.",
    gapClosed: (length) =>
      `For ${length} routers went on choosing the pod though its port was closed.`,
    gapNotYet: (length) => `For ${length} routers chose the pod though its port was not open yet.`,
    gapRule:
      "The stop signal and the news to the routers leave at the same moment and take their own ways; neither waits for the other.",
    lost: (counts) => `Requests lost here: ${counts}.`,
    many: (count) => `${count} requests; this is what happened to the first.`,
    decisions: (count) => `${count} decisions`,
  },
  ko: {
    pod: "파드",
    node: "노드",
    image: "이미지",
    when: "시점",
    router: "라우터",
    cause: "원인",
    exitStatus: "종료 상태",
    sent: (source) => `클라이언트(${source})가 요청을 보냅니다.`,
    chosen: (router, pod) => `라우터(${router})가 ${pod} 파드를 고릅니다.`,
    noEndpoint: "고를 수 있는 파드가 없습니다.",
    listenerClosed: "파드의 포트가 닫힙니다.",
    listenerOpen: "파드의 포트가 열립니다.",
    endpointNotReady: "EndpointSlice에서 이 파드의 엔드포인트가 not ready로 바뀝니다.",
    networkGone: "파드의 네트워크가 정리됩니다.",
    dropped: (router) => `라우터(${router})가 이 파드를 목록에서 뺍니다.`,
    answered: (outcome, took) => `클라이언트가 ${took} 만에 응답을 받습니다: ${outcome}.`,
    routeWhat: "새 연결이 들어오면 라우터가 이 파드를 고를 수 있는 구간입니다.",
    routeRule:
      "라우터는 엔드포인트 목록을 각자 따로 들고 있습니다. EndpointSlice의 변경을 전달받아 규칙을 다시 쓴 뒤에야 목록이 바뀝니다.",
    gapClosed: (length) =>
      `파드의 포트가 닫힌 뒤에도 ${length} 동안 라우터가 이 파드를 계속 골랐습니다.`,
    gapNotYet: (length) =>
      `파드의 포트가 아직 열리지 않았는데 ${length} 동안 라우터가 이 파드를 골랐습니다.`,
    gapRule:
      "종료 신호를 보내는 과정과 라우터에 변경을 알리는 과정은 동시에 출발해 따로 진행됩니다. 어느 쪽도 다른 쪽을 기다리지 않습니다.",
    lost: (counts) => `이 구간에서 유실된 요청: ${counts}.`,
    many: (count) => `요청 ${count}건 중 첫 번째 요청의 경로입니다.`,
    decisions: (count) => `결정 ${count}건`,
  },
};
