import type { FailureCause, RequestOutcome } from "../simulator/record.ts";
import type { InBoth, Language } from "./language.ts";

/** What is said of a cause of failure. */
export interface CauseWords {
  /** A few words for a list. */
  readonly name: string;
  /** What happened to the request. */
  readonly sentence: string;
  /** What governs it: the field to look at, and why. */
  readonly remedy: string;
}

/** Every cause of a failed request. */
export const CAUSES: Readonly<Record<FailureCause, InBoth<CauseWords>>> = {
  "connection-refused": {
    en: {
      name: "connection refused",
      sentence:
        "The router chose a pod whose process had already closed its port, so the connection was refused.",
      remedy:
        "A preStop hook keeps the process serving until the routers have dropped the pod: lifecycle.preStop has to last longer than their delay.",
    },
    ko: {
      name: "연결 거부",
      sentence: "라우터가 고른 파드의 프로세스가 이미 포트를 닫은 뒤여서 연결이 거부됐습니다.",
      remedy:
        "라우터가 파드를 목록에서 뺄 때까지 프로세스가 계속 응답하도록 lifecycle.preStop을 그 지연보다 길게 잡아야 합니다.",
    },
  },
  "not-ready-yet": {
    en: {
      name: "not listening yet",
      sentence: "The router chose a pod whose process did not listen yet.",
      remedy:
        "A readinessProbe that asks the port keeps a pod out of the endpoints until it can answer.",
    },
    ko: {
      name: "아직 포트를 열지 않음",
      sentence: "라우터가 고른 파드의 프로세스가 아직 포트를 열지 않은 상태였습니다.",
      remedy:
        "포트를 확인하는 readinessProbe를 두면 응답할 수 있을 때까지 파드가 엔드포인트에 들어가지 않습니다.",
    },
  },
  "connect-timeout": {
    en: {
      name: "no answer from a pod that was gone",
      sentence:
        "The router chose a pod whose network was already torn down: nothing answered until the connect timeout.",
      remedy:
        "The same delay as behind refused connections, later in it: a lifecycle.preStop longer than the routers' delay prevents both.",
    },
    ko: {
      name: "사라진 파드의 무응답",
      sentence:
        "라우터가 고른 파드는 네트워크까지 이미 정리된 상태여서, 연결 타임아웃이 될 때까지 아무 응답이 없었습니다.",
      remedy:
        "연결 거부와 원인이 같고 시점만 더 늦습니다. 라우터의 지연보다 긴 lifecycle.preStop이면 둘 다 막을 수 있습니다.",
    },
  },
  "host-unreachable": {
    en: {
      name: "no route to a pod that was gone",
      sentence:
        "The router chose a pod whose network was already torn down, and the network answered that there is no route to it.",
      remedy:
        "The same delay as behind refused connections, later in it: a lifecycle.preStop longer than the routers' delay prevents both.",
    },
    ko: {
      name: "사라진 파드로 가는 경로 없음",
      sentence:
        "라우터가 고른 파드는 네트워크까지 이미 정리된 상태여서, 네트워크가 '경로 없음(no route to host)'으로 답했습니다.",
      remedy:
        "연결 거부와 원인이 같고 시점만 더 늦습니다. 라우터의 지연보다 긴 lifecycle.preStop이면 둘 다 막을 수 있습니다.",
    },
  },
  "connection-reset": {
    en: {
      name: "connection reset",
      sentence: "The process ended while the request was on its way, and the connection broke.",
      remedy:
        "The process has to finish what it has taken: a graceful stop, and a terminationGracePeriodSeconds that covers preStop and the longest request.",
    },
    ko: {
      name: "연결 끊김",
      sentence: "요청을 처리하는 도중에 프로세스가 끝나 연결이 끊겼습니다.",
      remedy:
        "프로세스가 받은 요청을 끝까지 처리하고 종료해야 합니다. terminationGracePeriodSeconds는 preStop과 가장 긴 요청을 합친 시간보다 길어야 합니다.",
    },
  },
  "idle-connection-closed": {
    en: {
      name: "idle connection closed",
      sentence:
        "The request went out on a kept connection just as the process closed it: each side acted before it heard of the other.",
      remedy:
        "preStop does not end this race. Whoever keeps the connection has to close it first (an idle timeout shorter than the application's), or try again when a reused connection breaks.",
    },
    ko: {
      name: "유휴 연결이 닫힘",
      sentence:
        "유지하던 연결로 요청을 보낸 순간 프로세스가 그 연결을 닫았습니다. 양쪽 모두 상대의 소식을 듣기 전이었습니다.",
      remedy:
        "preStop으로는 막을 수 없는 경합입니다. 연결을 유지하는 쪽의 유휴 타임아웃을 애플리케이션보다 짧게 잡거나, 재사용한 연결이 끊기면 다시 시도해야 합니다.",
    },
  },
  "answer-cut-off": {
    en: {
      name: "answer cut off",
      sentence:
        "The process ended in the middle of its answer: the header had come, the rest of the body never did.",
      remedy:
        "No proxy can try this again. The process has to finish what it has taken: a graceful stop, and a terminationGracePeriodSeconds that covers preStop and the longest answer.",
    },
    ko: {
      name: "응답이 중간에 끊김",
      sentence:
        "응답을 보내는 도중에 프로세스가 끝났습니다. 헤더는 도착했지만 본문의 나머지는 오지 않았습니다.",
      remedy:
        "어떤 프록시도 다시 시도할 수 없는 실패입니다. 정상 종료(graceful)로 응답을 끝까지 보내고, terminationGracePeriodSeconds를 preStop과 가장 긴 응답을 합친 시간보다 길게 잡아야 합니다.",
    },
  },
  "no-route": {
    en: {
      name: "no rule for the request",
      sentence:
        "No rule of the Ingress or HTTPRoute takes this request, or the proxy does not know of it yet.",
      remedy:
        "Look at the hosts, paths and matches of its rules, and at the class or Gateway it names.",
    },
    ko: {
      name: "맞는 규칙 없음",
      sentence:
        "Ingress나 HTTPRoute의 어떤 규칙에도 맞지 않는 요청이거나, 프록시가 아직 그 규칙을 모릅니다.",
      remedy: "규칙의 호스트, 경로, 매치 조건과 지정한 클래스나 Gateway를 확인합니다.",
    },
  },
  "invalid-backend": {
    en: {
      name: "back end that is not there",
      sentence:
        "The rule sends its requests to a Service or port that does not exist, or all its weights are 0.",
      remedy: "Look at the names, ports and weights of the rule's back ends.",
    },
    ko: {
      name: "없는 백엔드",
      sentence: "규칙이 가리키는 Service나 포트가 없거나, 가중치가 모두 0입니다.",
      remedy: "규칙에 적은 백엔드의 이름, 포트, 가중치를 확인합니다.",
    },
  },
  overloaded: {
    en: {
      name: "queue full",
      sentence:
        "The pod had more requests than it can work on and keep waiting, and turned this one away.",
      remedy:
        "The pods that are left during the update have to carry all the traffic: a smaller maxUnavailable, or more replicas.",
    },
    ko: {
      name: "대기열이 가득 참",
      sentence: "파드가 처리하고 대기시킬 수 있는 것보다 요청이 많아서 이 요청을 받지 못했습니다.",
      remedy:
        "업데이트 중에 남은 파드가 전체 트래픽을 감당해야 합니다. maxUnavailable을 줄이거나 replicas를 늘립니다.",
    },
  },
  "no-endpoint": {
    en: {
      name: "no endpoint",
      sentence: "The Service had no pod to send the request to.",
      remedy:
        "Some pod has to be ready at every moment: strategy RollingUpdate, and a maxUnavailable that leaves some.",
    },
    ko: {
      name: "엔드포인트 없음",
      sentence: "Service에 요청을 보낼 파드가 하나도 없었습니다.",
      remedy:
        "항상 Ready 파드가 남아 있어야 합니다. RollingUpdate 전략을 쓰고 maxUnavailable을 파드가 남도록 정합니다.",
    },
  },
  slow: {
    en: {
      name: "answer too late",
      sentence: "The connection stood, and no answer came within the time limit.",
      remedy:
        "Too few pods or too slow an answer: look at maxUnavailable and at the timeouts on the way.",
    },
    ko: {
      name: "응답 시간 초과",
      sentence: "연결은 됐지만 제한 시간 안에 응답이 오지 않았습니다.",
      remedy:
        "파드가 모자라거나 응답이 느린 경우입니다. maxUnavailable과 경로에 있는 타임아웃을 확인합니다.",
    },
  },
  "behind-refused": {
    en: {
      name: "refused behind the pod's own proxy",
      sentence:
        "A container of the pod took the request to pass it on, and the container behind it did not listen: not yet, or not any more.",
      remedy:
        "Each container gets its stop signal at once: the one behind needs the same lifecycle.preStop as the one before it, and a readinessProbe of its own.",
    },
    ko: {
      name: "파드 안 프록시 뒤에서 거부",
      sentence:
        "파드의 한 컨테이너가 요청을 받아 넘겼지만, 뒤의 컨테이너가 포트를 열고 있지 않았습니다. 아직 열지 않았거나 이미 닫은 것입니다.",
      remedy:
        "종료 신호는 컨테이너마다 곧바로 갑니다. 뒤의 컨테이너에도 앞의 것과 같은 lifecycle.preStop과 자신의 readinessProbe가 필요합니다.",
    },
  },
  "application-error": {
    en: {
      name: "error by the application",
      sentence: "The pod answered, with an error of its own.",
      remedy:
        "If it answers so before it is ready, a readinessProbe on its health endpoint keeps requests away; otherwise the fault is in the application.",
    },
    ko: {
      name: "애플리케이션 오류",
      sentence: "파드가 응답은 했지만 애플리케이션이 오류를 돌려줬습니다.",
      remedy:
        "준비되기 전에 나온 오류라면 헬스 엔드포인트를 확인하는 readinessProbe로 막을 수 있고, 그렇지 않다면 애플리케이션 문제입니다.",
    },
  },
};

const OUTCOMES: Readonly<Record<RequestOutcome, InBoth<string>>> = {
  "200": { en: "200", ko: "200" },
  "404": { en: "404", ko: "404" },
  "500": { en: "500", ko: "500" },
  "502": { en: "502", ko: "502" },
  "503": { en: "503", ko: "503" },
  "504": { en: "504", ko: "504" },
  "connection-refused": { en: "connection refused", ko: "연결 거부" },
  "connection-reset": { en: "connection reset", ko: "연결 끊김" },
  "host-unreachable": { en: "no route to host", ko: "호스트 경로 없음" },
  truncated: { en: "answer cut off", ko: "응답 잘림" },
  timeout: { en: "timeout", ko: "타임아웃" },
};

/** What the client saw, in a word or two. */
export function outcomeWords(outcome: RequestOutcome, lang: Language): string {
  return OUTCOMES[outcome][lang];
}

/** Every outcome, in the order in which counts are listed. */
export const OUTCOME_ORDER = Object.keys(OUTCOMES) as RequestOutcome[];
