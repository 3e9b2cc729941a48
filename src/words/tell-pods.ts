import type { Decision, Timeline } from "../simulator/record.ts";
import { signalName } from "./decisions/kubelet.ts";
import { duration, plural } from "./format.ts";
import type { Language } from "./language.ts";
import type { Sentence } from "./story.ts";

interface NumberedDecision extends Decision {
  readonly index: number;
}

function decisionsOf({ decisions }: Timeline, code: string): NumberedDecision[] {
  return decisions.flatMap((decision, index) =>
    decision.code === code ? [{ ...decision, index }] : [],
  );
}

function about(list: readonly NumberedDecision[]): Pick<Sentence, "atMs" | "subject"> {
  const [first] = list;
  return { atMs: first!.atMs, subject: { kind: "decisions", indexes: [first!.index] } };
}

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** What became of preStop hooks. */
export function tellHooks(timeline: Timeline, lang: Language): Sentence[] {
  const ko = lang === "ko";
  const sentences: Sentence[] = [];
  const cut = decisionsOf(timeline, "kubelet.hook-cut");
  if (cut.length > 0) {
    const { tookMs, graceSeconds } = cut[0]!.values as { tookMs: number; graceSeconds: number };
    const stop = timeline.decisions.find(
      ({ code, object, atMs }) =>
        code === "kubelet.stop-signal" && object === cut[0]!.object && atMs >= cut[0]!.atMs,
    );
    const signal = signalName(String(stop?.values.signal ?? "STOPSIGNAL"), lang);
    const left = Number(stop?.values.remainingSeconds ?? 2);
    sentences.push({
      tone: "bad",
      text: ko
        ? `파드 ${cut.length}개의 preStop이 ${seconds(tookMs)}초에 중단됐습니다. 삭제와 함께 시작된 유예 시간 ${graceSeconds}초가 다 됐기 때문입니다. 이어서 ${signal}를 보냈고, 프로세스에는 ${left}초만 남았습니다.`
        : `In ${plural(cut.length, "pod")} preStop was cut off at ${seconds(tookMs)} s: the grace period of ${graceSeconds} s, which began with the deletion, was over. ${signal} followed, with ${left} s left for the process.`,
      field: "terminationGracePeriodSeconds",
      ...about(cut),
    });
  }
  const broken = decisionsOf(timeline, "kubelet.hook-failed");
  if (broken.length > 0) {
    const reason = String(broken[0]!.values.reason ?? "");
    sentences.push({
      tone: "bad",
      text: ko
        ? `파드 ${broken.length}개의 preStop이 실패했습니다(${reason}). 실패한 훅은 종료를 늦추지 못하므로 종료 신호가 바로 전달됐습니다.`
        : `In ${plural(broken.length, "pod")} preStop failed (${reason}). A failed hook delays nothing: the stop signal followed at once.`,
      field: "lifecycle.preStop",
      ...about(broken),
    });
  }
  const ended = decisionsOf(timeline, "kubelet.hook-done");
  const stopped = ended.filter((hook) => closedByHook(timeline, hook));
  if (stopped.length > 0) {
    sentences.push({
      tone: "bad",
      text: ko
        ? `파드 ${stopped.length}개에서 preStop 훅이 직접 프로세스의 포트를 닫았습니다. 종료 신호보다 먼저 닫혔으니 라우터가 따라올 시간을 벌지 못했습니다.`
        : `In ${plural(stopped.length, "pod")} preStop itself made the process close its port, before the stop signal: it gained the routers no time.`,
      field: "lifecycle.preStop",
      ...about(stopped),
    });
  }
  const done = ended.filter((hook) => !stopped.includes(hook));
  if (done.length > 0) {
    const took = Number(done[0]!.values.tookMs);
    const left = Number(done[0]!.values.remainingSeconds);
    sentences.push({
      tone: "good",
      text: ko
        ? `파드 ${done.length}개의 preStop이 끝까지 실행됐습니다(${seconds(took)}초). 그동안 프로세스는 계속 응답했고, 유예 시간은 ${left}초 남았습니다.`
        : `preStop ran to its end in ${plural(done.length, "pod")} (${seconds(took)} s); the process went on serving meanwhile, and ${left} s of grace were left.`,
      field: "lifecycle.preStop",
      ...about(done),
    });
  }
  return sentences;
}

/** Whether the container's port was closed before its stop signal was sent: then the hook has stopped it. */
function closedByHook({ decisions }: Timeline, { object, values }: Decision): boolean {
  const lastMs = (code: string) =>
    decisions.findLast(
      (d) => d.code === code && d.object === object && d.values.container === values.container,
    )?.atMs ?? Infinity;
  const closedMs = lastMs("app.listener-closed");
  return closedMs < Infinity && closedMs <= lastMs("kubelet.stop-signal");
}

/** Who was killed because the grace period was over. */
export function tellKills(timeline: Timeline, lang: Language): Sentence[] {
  const killed = timeline.pods.filter((pod) => pod.exit?.bySigkill === true);
  if (killed.length === 0) return [];
  const [first] = killed;
  const stopping = first!.phases.find(({ phase }) => phase === "stopping");
  return [
    {
      tone: "bad",
      text:
        lang === "ko"
          ? `파드 ${killed.length}개가 종료 신호를 받고도 제때 끝나지 않아 SIGKILL로 강제 종료됐습니다(종료 코드 137).`
          : `${plural(killed.length, "pod")} did not end in time after the stop signal and ${killed.length === 1 ? "was" : "were"} killed (SIGKILL, exit code 137).`,
      field: "terminationGracePeriodSeconds",
      atMs: first!.exit!.atMs,
      ...(stopping === undefined
        ? {}
        : { subject: { kind: "phase", pod: first!.name, fromMs: stopping.fromMs } }),
    },
  ];
}

/** How each rollout went, and within which bounds. */
export function tellRollouts(timeline: Timeline, lang: Language): Sentence[] {
  const ko = lang === "ko";
  return timeline.rollouts.map((rollout) => {
    const { object, startMs, completeMs, minReady, maxPods, result } = rollout;
    const fewest = ko
      ? minReady === 0
        ? "Ready 파드가 하나도 없는 때가 있었고"
        : `Ready 파드는 최소 ${minReady}개`
      : minReady === 0
        ? "At times no pod was ready"
        : `At least ${plural(minReady, "pod")} ${minReady === 1 ? "was" : "were"} ready`;
    const bounds = ko
      ? `${fewest}, 파드는 최대 ${maxPods}개였습니다.`
      : `${fewest}, at most ${maxPods} existed.`;
    const took = duration((completeMs ?? timeline.endMs) - startMs, lang);
    const texts = {
      complete: ko
        ? `${object} 롤아웃은 ${took} 만에 끝났습니다.`
        : `The rollout of ${object} took ${took}.`,
      progressing: ko
        ? `${object} 롤아웃은 ${took} 뒤에도 끝나지 않았습니다.`
        : `The rollout of ${object} had not ended after ${took}.`,
      stuck: ko
        ? `${object} 롤아웃은 진척 없이 기한(progressDeadlineSeconds)을 넘겼습니다. 자동 롤백은 없습니다.`
        : `The rollout of ${object} made no progress within its deadline. Nothing rolls it back by itself.`,
      superseded: ko
        ? `${object} 롤아웃은 도중에 다른 변경으로 대체됐습니다.`
        : `The rollout of ${object} was overtaken by another change.`,
      paused: ko ? `${object} 롤아웃은 일시 중지됐습니다.` : `The rollout of ${object} is paused.`,
      aborted: ko
        ? `${object} 롤아웃은 중단됐고, 트래픽은 안정 버전으로 돌아갔습니다.`
        : `The rollout of ${object} was aborted, and the traffic went back to the stable version.`,
    };
    return {
      tone: result === "stuck" || result === "aborted" ? "bad" : "plain",
      text: `${texts[result]} ${bounds}`,
      atMs: startMs,
      ...(result === "stuck" ? { field: "progressDeadlineSeconds" } : {}),
    };
  });
}
