import { decimals, duration } from "../format.ts";
import type { Language } from "../language.ts";
import type { CodesOf, WordsFor } from "./shape.ts";

/** Seconds with two decimals: a hook's end is told to the hundredth. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

/** A signal's name to begin a sentence with; which one an image's STOPSIGNAL is, the image alone knows. */
export function signalName(signal: string, lang: Language): string {
  if (signal === "STOPSIGNAL") return lang === "ko" ? "종료 신호" : "The stop signal";
  return lang === "ko" ? `${signal} 신호` : signal;
}

/** Decisions of the kubelet. */
export const kubeletWords: WordsFor<CodesOf<"kubelet">> = {
  "kubelet.probe-result": {
    en: {
      text: (v) =>
        v.result === "ready"
          ? `The ${v.probe} probe has succeeded ${v.streak} of ${v.threshold} times needed: ${v.container} is ready.`
          : `The ${v.probe} probe has failed ${v.streak} of ${v.threshold} times needed: ${v.container} is not ready.`,
      rule: "The result turns after successThreshold successes or failureThreshold failures in a row, one every periodSeconds.",
    },
    ko: {
      text: (v) =>
        v.result === "ready"
          ? `${v.probe} 프로브가 기준 ${v.threshold}회 중 ${v.streak}회 연속 성공해 ${v.container} 컨테이너가 준비됐습니다.`
          : `${v.probe} 프로브가 기준 ${v.threshold}회 중 ${v.streak}회 연속 실패해 ${v.container} 컨테이너가 준비되지 않은 상태로 바뀌었습니다.`,
      rule: "periodSeconds마다 확인하고, successThreshold번 연속 성공하거나 failureThreshold번 연속 실패하면 결과가 바뀝니다.",
    },
  },
  "kubelet.liveness-restart": {
    en: {
      text: (v) =>
        `The ${v.probe} probe has failed ${v.failures} times, ${v.threshold} allowed: ${v.container} is stopped and started again.`,
      rule: "A failed liveness or startup probe restarts the container; the pod stays.",
    },
    ko: {
      text: (v) =>
        `${v.probe} 프로브가 ${v.failures}회 실패해(기준 ${v.threshold}회) ${v.container} 컨테이너를 멈추고 다시 시작합니다.`,
      rule: "liveness나 startup 프로브가 실패하면 컨테이너만 재시작합니다. 파드는 그대로입니다.",
    },
  },
  "kubelet.hook-start": {
    en: {
      text: (v) =>
        `preStop starts in ${v.container}: ${v.handler} ${v.detail}, with ${v.graceSeconds} s of grace for it and the stop together.`,
      rule: "The grace period begins with the deletion, before the hook. The stop signal waits for the hook's end.",
    },
    ko: {
      text: (v) =>
        `${v.container} 컨테이너의 preStop(${v.handler} ${v.detail})을 시작합니다. 유예 시간 ${v.graceSeconds}초를 훅과 종료 과정이 함께 씁니다.`,
      rule: "유예 시간은 훅보다 먼저, 삭제 시점부터 흐릅니다. 종료 신호는 훅이 끝난 다음에 보냅니다.",
    },
  },
  "kubelet.hook-done": {
    en: {
      text: (v) =>
        `preStop has ended after ${seconds(v.tookMs)} s; ${v.remainingSeconds} s of grace are left.`,
      rule: "The hook's time is taken from the grace period in whole seconds, rounded down.",
    },
    ko: {
      text: (v) =>
        `preStop이 ${seconds(v.tookMs)}초 만에 끝났고 유예 시간은 ${v.remainingSeconds}초 남았습니다.`,
      rule: "훅이 쓴 시간은 소수점을 버린 초 단위로 유예 시간에서 빠집니다.",
    },
  },
  "kubelet.hook-cut": {
    en: {
      text: (v) =>
        `preStop is cut off at ${seconds(v.tookMs)} s: the grace period of ${v.graceSeconds} s is over.`,
      rule: "A hook may last as long as terminationGracePeriodSeconds and no longer. The event reads FailedPreStopHook.",
    },
    ko: {
      text: (v) =>
        `유예 시간 ${v.graceSeconds}초가 다 되어 preStop이 ${seconds(v.tookMs)}초에 중단됐습니다.`,
      rule: "훅은 terminationGracePeriodSeconds보다 오래 실행될 수 없습니다. 이벤트에는 FailedPreStopHook이 남습니다.",
    },
  },
  "kubelet.hook-failed": {
    en: {
      text: (v) => `preStop has failed after ${duration(v.tookMs, "en")}: ${v.reason}.`,
      rule: "A failed hook delays nothing: the stop signal follows at once.",
    },
    ko: {
      text: (v) => `preStop이 ${duration(v.tookMs, "ko")} 만에 실패했습니다: ${v.reason}.`,
      rule: "훅이 실패하면 기다리지 않고 바로 종료 신호를 보냅니다.",
    },
  },
  "kubelet.stop-signal": {
    en: {
      text: (v) =>
        `${signalName(v.signal, "en")} is sent to ${v.container} with ${decimals(v.remainingSeconds, 2)} s left` +
        (v.hookMs > 0 ? ` of ${v.graceSeconds}, after ${seconds(v.hookMs)} s of preStop` : "") +
        (v.floored === 1 ? "; never fewer than 2 s are given." : "."),
      rule: "The image's STOPSIGNAL, SIGTERM by default. What is left of the grace period, at least 2 s, passes before SIGKILL.",
    },
    ko: {
      text: (v) =>
        `${v.container} 컨테이너에 ${signalName(v.signal, "ko")}를 보냅니다. ` +
        (v.hookMs > 0
          ? `preStop에 ${seconds(v.hookMs)}초를 써서 유예 시간 ${v.graceSeconds}초 중 `
          : "유예 시간이 ") +
        `${decimals(v.remainingSeconds, 2)}초 남았습니다.` +
        (v.floored === 1 ? " 남은 시간이 없어도 최소 2초는 줍니다." : ""),
      rule: "이미지의 STOPSIGNAL을 보내며 기본값은 SIGTERM입니다. 남은 유예 시간(최소 2초)이 지나면 SIGKILL을 보냅니다.",
    },
  },
  "kubelet.sigkill": {
    en: {
      text: (v) =>
        `${v.container} is killed (SIGKILL) ${seconds(v.afterMs)} s after the stop signal.`,
      rule: "What still runs when the grace period is over is killed; requests in flight are lost.",
    },
    ko: {
      text: (v) =>
        `종료 신호를 보낸 지 ${seconds(v.afterMs)}초 만에 ${v.container} 컨테이너를 SIGKILL로 강제 종료했습니다.`,
      rule: "유예 시간이 끝났는데도 살아 있으면 강제 종료합니다. 처리 중이던 요청은 유실됩니다.",
    },
  },
  "kubelet.container-exit": {
    en: {
      text: (v) => `${v.container} has ended with exit code ${v.code}.`,
      rule: "0 is a good end; 137 is SIGKILL, 143 is SIGTERM without a handler.",
    },
    ko: {
      text: (v) => `${v.container} 컨테이너가 종료 코드 ${v.code}번으로 끝났습니다.`,
      rule: "0은 정상 종료, 137은 SIGKILL, 143은 처리하지 않은 SIGTERM입니다.",
    },
  },
  "kubelet.oom-killed": {
    en: {
      text: (v) =>
        `${v.container} is killed ${duration(v.ranMs, "en")} after its start: it passed its memory limit (OOMKilled, exit code 137).`,
      rule: "The kernel kills a container that passes its memory limit; no hook runs and no stop signal comes before it. The kubelet starts it again as restartPolicy says.",
    },
    ko: {
      text: (v) =>
        `${v.container} 컨테이너가 시작한 지 ${duration(v.ranMs, "ko")} 만에 메모리 한도를 넘어 강제 종료됐습니다(OOMKilled, 종료 코드 137).`,
      rule: "메모리 한도를 넘은 컨테이너는 커널이 강제 종료합니다. 훅도 종료 신호도 없습니다. kubelet이 restartPolicy에 따라 다시 시작합니다.",
    },
  },
  "kubelet.start-failed": {
    en: {
      text: (v) =>
        `${v.container} cannot be started: its image has no program ${v.program} (StartError, exit code 128).`,
      rule: "The first word of command is the program, blanks and all; it is looked for in the image. The kubelet tries again with back-off.",
    },
    ko: {
      text: (v) =>
        `${v.container} 컨테이너를 시작할 수 없습니다. 이미지에 ${v.program} 프로그램이 없습니다(StartError, 종료 코드 128).`,
      rule: "command의 첫 항목이 공백까지 포함해 그대로 프로그램 이름이며, 이미지 안에서 찾습니다. kubelet은 간격을 늘려 가며 다시 시도합니다.",
    },
  },
  "kubelet.evicted": {
    en: {
      text: (v) =>
        `The pod is evicted: its node has only ${v.availableMi} MiB of ${v.resource} left.`,
      rule: "A node that runs out of a resource ends one pod every 10 s, first those that use more than they asked for, with a grace period of 1 s. The pod stays as Failed; its controller makes another one.",
    },
    ko: {
      text: (v) => `노드에 ${v.resource} 자원이 ${v.availableMi}MiB만 남아 파드를 축출합니다.`,
      rule: "자원이 바닥난 노드는 10초마다 파드를 하나씩 끝냅니다. 요청량보다 많이 쓰는 파드가 먼저이며 유예 시간은 1초입니다. 파드는 Failed로 남고 컨트롤러가 새 파드를 만듭니다.",
    },
  },
  "kubelet.preempted": {
    en: {
      text: (v) =>
        `The pod has to go: its node has too little ${v.resource} left for ${v.critical}, which the system needs.`,
      rule: "A kubelet counts again what its pods ask for. One that the system needs is not turned away for want of room: others end for it, BestEffort ones first, as few as will do, each with its own grace period. They stay as Failed (Preempting).",
    },
    ko: {
      text: (v) =>
        `시스템에 꼭 필요한 파드 ${v.critical}에 줄 ${v.resource} 자원이 노드에 모자라 이 파드를 내보냅니다.`,
      rule: "kubelet은 파드들의 요청량을 직접 다시 셉니다. 시스템에 꼭 필요한 파드라면 자리가 모자라도 거절하지 않고 다른 파드를 끝냅니다. BestEffort부터 최소한의 수만, 각자의 유예 시간을 주고 내보냅니다. 내보낸 파드는 Failed(Preempting)로 남습니다.",
    },
  },
  "kubelet.image-pull-failed": {
    en: {
      text: (v) =>
        `The image ${v.image} cannot be pulled: ${v.message}. Next try in ${decimals(v.backoffSeconds, 0)} s.`,
      rule: "Pulls are tried again after 10 s, then twice as long each time, up to 5 min.",
    },
    ko: {
      text: (v) =>
        `${v.image} 이미지를 받을 수 없습니다: ${v.message}. ${decimals(v.backoffSeconds, 0)}초 뒤에 다시 시도합니다.`,
      rule: "10초 뒤에 다시 시도하고, 실패할 때마다 간격을 두 배로 늘려 최대 5분까지 기다립니다.",
    },
  },
};
