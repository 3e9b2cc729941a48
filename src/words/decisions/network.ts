import { duration, podSuffix } from "../format.ts";
import type { InBoth, Language } from "../language.ts";
import { signalName } from "./kubelet.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

const SYNC_RULES: Readonly<Record<string, InBoth<string>>> = {
  "at-once": {
    en: "nothing held it back",
    ko: "기다릴 이유가 없었음",
  },
  burst: {
    en: "the second of two syncs that may follow each other at once",
    ko: "연달아 허용되는 두 번의 동기화 중 두 번째",
  },
  interval: {
    en: "syncs are kept a second apart",
    ko: "동기화 사이에 1초 간격을 둠",
  },
};

const PROXY_RULES: Readonly<Record<string, InBoth<string>>> = {
  poll: {
    en: "ingress-nginx syncs at most once in 3.3 s, and its workers look once a second",
    ko: "ingress-nginx는 3.3초에 한 번까지만 동기화하고, 워커는 1초마다 확인함",
  },
  push: {
    en: "the control plane collects changes and then tells each Envoy",
    ko: "컨트롤 플레인이 변경을 모았다가 각 Envoy에 전달함",
  },
  registration: {
    en: "a new target gets requests after its first passed health check",
    ko: "새 대상은 첫 헬스 체크를 통과한 뒤부터 요청을 받음",
  },
  deregistration: {
    en: "the load balancer goes on sending for a while after a target is deregistered",
    ko: "대상 등록을 해제해도 로드 밸런서는 한동안 요청을 계속 보냄",
  },
};

/** `z64pb, jflvc` of full names. */
function suffixes(names: string): string {
  return names.split(", ").map(podSuffix).join(", ");
}

function changes(v: { added: string; removed: string }, lang: Language): string {
  const parts: string[] = [];
  if (v.added !== "") {
    parts.push(lang === "ko" ? `${suffixes(v.added)} 추가` : `${suffixes(v.added)} added`);
  }
  if (v.removed !== "") {
    parts.push(lang === "ko" ? `${suffixes(v.removed)} 제거` : `${suffixes(v.removed)} removed`);
  }
  if (parts.length === 0) return lang === "ko" ? "바뀐 파드 없음" : "no pod changed";
  return parts.join(", ");
}

/** What the endpoints, the routers, the application and the pod's network did. */
export const networkWords: WordsFor<
  CodesOf<"endpointslice" | "kube-proxy" | "proxy" | "app" | "network">
> = {
  "endpointslice.ready": {
    en: {
      text: (v) =>
        `Its endpoint of Service ${v.service} is ready: routers may choose the pod once they know.`,
      rule: "An endpoint is ready when its pod is Ready and not being deleted.",
    },
    ko: {
      text: (v) =>
        `Service ${v.service}의 엔드포인트가 ready가 됐습니다. 라우터가 이를 반영하면 파드로 트래픽이 들어옵니다.`,
      rule: "파드가 Ready이고 삭제 중이 아니면 엔드포인트가 ready입니다.",
    },
  },
  "endpointslice.not-ready": {
    en: {
      text: (v) =>
        v.terminating === 1
          ? `Its endpoint of Service ${v.service} is ready: false because the pod is being deleted (serving: ${v.serving === 1}, terminating: true).`
          : `Its endpoint of Service ${v.service} is ready: false because the pod is not Ready.`,
      rule: "The deletion alone turns it, whatever the readiness probe says; the routers learn of it later.",
    },
    ko: {
      text: (v) =>
        v.terminating === 1
          ? `파드가 삭제되는 중이라 Service ${v.service}의 엔드포인트가 ready: false가 됐습니다(serving: ${v.serving === 1}, terminating: true).`
          : `파드가 Ready가 아니어서 Service ${v.service}의 엔드포인트가 ready: false가 됐습니다.`,
      rule: "readiness 프로브 결과와 상관없이 삭제되는 것만으로 바뀝니다. 라우터는 이 변경을 나중에 알게 됩니다.",
    },
  },
  "endpointslice.removed": {
    en: {
      text: (v) => `Its endpoint is taken out of Service ${v.service}.`,
      rule: "A terminating pod's endpoint stays, not ready, until the pod has ended.",
    },
    ko: {
      text: (v) => `Service ${v.service}에서 이 파드의 엔드포인트가 빠졌습니다.`,
      rule: "종료 중인 파드의 엔드포인트는 파드가 완전히 끝날 때까지 not ready 상태로 남아 있습니다.",
    },
  },
  "kube-proxy.sync": {
    en: {
      text: (v) =>
        `The node's rules are written anew: ${changes(v, "en")}, ${duration(v.waitedMs, "en")} after the first change (${SYNC_RULES[v.rule]?.en ?? v.rule}).`,
      rule: "kube-proxy lets two syncs through at once and then keeps them minSyncPeriod, 1 s, apart. Until its sync a node goes on choosing the pod.",
    },
    ko: {
      text: (v) =>
        `노드의 규칙을 다시 썼습니다: ${changes(v, "ko")}. 첫 변경이 생긴 지 ${duration(v.waitedMs, "ko")} 만입니다(${SYNC_RULES[v.rule]?.ko ?? v.rule}).`,
      rule: "kube-proxy는 동기화를 두 번까지 바로 처리하고, 그다음부터는 minSyncPeriod(1초) 간격을 둡니다. 동기화 전까지 노드는 그 파드를 계속 선택합니다.",
    },
  },
  "proxy.endpoints": {
    en: {
      text: (v) =>
        `The proxy's endpoints change: ${changes(v, "en")}, ${duration(v.waitedMs, "en")} after the first change (${PROXY_RULES[v.rule]?.en ?? v.rule}).`,
      rule: "Every proxy learns of endpoints in its own time. Until then it goes on choosing the pod.",
    },
    ko: {
      text: (v) =>
        `프록시의 엔드포인트 목록이 바뀌었습니다: ${changes(v, "ko")}. 첫 변경이 생긴 지 ${duration(v.waitedMs, "ko")} 만입니다(${PROXY_RULES[v.rule]?.ko ?? v.rule}).`,
      rule: "프록시마다 엔드포인트를 알게 되는 시점이 다릅니다. 그때까지 프록시는 그 파드를 계속 선택합니다.",
    },
  },
  "app.listener-open": {
    en: {
      text: (v) =>
        `${v.container} listens, ${duration(v.afterMs, "en")} after its process started.`,
      rule: "From here on connections are accepted; traffic comes when the pod is Ready and routers know.",
    },
    ko: {
      text: (v) =>
        `프로세스가 시작된 지 ${duration(v.afterMs, "ko")} 만에 ${v.container} 컨테이너가 포트를 열었습니다.`,
      rule: "이때부터 연결을 받을 수 있습니다. 트래픽은 파드가 Ready가 되고 라우터가 이를 반영한 뒤에 들어옵니다.",
    },
  },
  "app.listener-closed": {
    en: {
      text: (v) =>
        v.signal === ""
          ? `${v.container} has closed its port: its process ended by itself.`
          : `${v.container} closes its port ${v.afterMs < 1 ? "as soon as it gets" : `${duration(v.afterMs, "en")} after`} ${v.signal === "STOPSIGNAL" ? "the stop signal" : v.signal}: ${v.mode === "graceful" ? "it takes no new connection and finishes what it has" : "it exits at once"}.`,
      rule: "Every connection that a router still sends here is refused.",
    },
    ko: {
      text: (v) =>
        v.signal === ""
          ? `프로세스가 스스로 끝나면서 ${v.container} 컨테이너의 포트가 닫혔습니다.`
          : `${signalName(v.signal, "ko")}를 ${v.afterMs < 1 ? "받자마자" : `받은 지 ${duration(v.afterMs, "ko")} 만에`} ${v.container} 컨테이너가 포트를 닫았습니다. ${v.mode === "graceful" ? "새 연결은 받지 않고 처리 중인 요청만 마칩니다." : "프로세스가 바로 끝납니다."}`,
      rule: "라우터가 이 파드로 계속 보내는 연결은 모두 거부됩니다.",
    },
  },
  "network.torn-down": {
    en: {
      text: (v) =>
        `The pod's network is torn down, ${duration(v.afterMs, "en")} after its last process ended.`,
      rule: "From here on nothing answers at the pod's address: who still connects waits for the connect timeout.",
    },
    ko: {
      text: (v) =>
        `마지막 프로세스가 끝난 지 ${duration(v.afterMs, "ko")} 만에 파드의 네트워크가 정리됐습니다.`,
      rule: "이때부터 파드 주소에서는 아무 응답이 없습니다. 그래도 연결을 시도하면 연결 타임아웃까지 기다리게 됩니다.",
    },
  },
};
