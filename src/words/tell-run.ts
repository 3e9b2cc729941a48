import type { FailureCause, RequestRecord, Timeline } from "../simulator/record.ts";
import { CAUSES } from "./causes.ts";
import { burstsOf, failed, gapsOf, type Burst } from "./findings.ts";
import { duration, grouped, instant, listed, percent, plural, podSuffix } from "./format.ts";
import { outcomeCounts } from "./labels.ts";
import type { Language } from "./language.ts";
import { tellHooks, tellKills, tellRollouts } from "./tell-pods.ts";
import type { Sentence } from "./story.ts";

export type { Sentence } from "./story.ts";

/** Bursts told one by one; the others are summed up. */
const BURSTS_TOLD = 4;

/** The run told in sentences: what failed, when, by what cause, which field governs it, and what became of hooks and rollout. */
export function tellRun(timeline: Timeline, lang: Language): Sentence[] {
  return [
    ...tellCounts(timeline, lang),
    ...tellBursts(timeline, lang),
    ...tellCauses(timeline, lang),
    ...tellHooks(timeline, lang),
    ...tellKills(timeline, lang),
    ...tellRollouts(timeline, lang),
  ];
}

/** What the picture of the run is called. */
export function titleOfRun(timeline: Timeline, lang: Language): string {
  const object = timeline.rollouts[0]?.object;
  if (lang === "ko") return object === undefined ? "실행 타임라인" : `${object} 롤아웃 타임라인`;
  return object === undefined ? "Timeline of the run" : `Timeline of the rollout of ${object}`;
}

/** The run in a paragraph, for those who do not see the picture. */
export function describeRun(timeline: Timeline, lang: Language): string {
  const sentences = tellRun(timeline, lang).map(({ text }) => text);
  return sentences.length > 0 ? sentences.join(" ") : titleOfRun(timeline, lang);
}

function tellCounts({ requests }: Timeline, lang: Language): Sentence[] {
  const total = requests.length;
  if (total === 0) return [];
  const failures = requests.filter(failed);
  if (failures.length === 0) {
    return [
      {
        tone: "good",
        text:
          lang === "ko"
            ? `요청 ${grouped(total)}건이 모두 성공했습니다.`
            : `None of ${grouped(total)} requests failed.`,
      },
    ];
  }
  const share = percent(failures.length, total);
  const counts = outcomeCounts(failures, lang);
  return [
    {
      tone: "bad",
      text:
        lang === "ko"
          ? `요청 ${grouped(total)}건 중 ${grouped(failures.length)}건(${share})이 실패했습니다: ${counts}.`
          : `${grouped(failures.length)} of ${grouped(total)} requests failed (${share}): ${counts}.`,
      atMs: failures[0]!.sentMs,
      subject: { kind: "requests", ids: [failures[0]!.id] },
    },
  ];
}

function tellBursts(timeline: Timeline, lang: Language): Sentence[] {
  // A request whose patience outlasts the run fails after its end; what can be looked at ends with it.
  const bursts = burstsOf(timeline.requests).map((burst) => ({
    ...burst,
    fromMs: Math.min(burst.fromMs, timeline.endMs),
    toMs: Math.min(burst.toMs, timeline.endMs),
  }));
  const told = bursts.slice(0, BURSTS_TOLD).map((burst) => tellBurst(burst, timeline, lang));
  const rest = bursts.slice(BURSTS_TOLD);
  if (rest.length === 0) return told;
  const requests = rest.flatMap((burst) => burst.requests);
  const last = instant(rest.at(-1)!.toMs, lang);
  return [
    ...told,
    {
      tone: "bad",
      text:
        lang === "ko"
          ? `이후 ${last}까지 ${rest.length}차례에 걸쳐 ${grouped(requests.length)}건이 더 실패했습니다(${outcomeCounts(requests, lang)}).`
          : `${plural(rest.length, "more burst")} until ${last} took ${plural(requests.length, "request")} (${outcomeCounts(requests, lang)}).`,
      atMs: rest[0]!.fromMs,
      subject: { kind: "requests", ids: rest[0]!.requests.map(({ id }) => id) },
    },
  ];
}

function tellBurst(
  { fromMs, toMs, requests }: Burst,
  timeline: Timeline,
  lang: Language,
): Sentence {
  const pods = [...new Set(requests.flatMap(({ pod }) => (pod === undefined ? [] : [pod])))];
  const counts = outcomeCounts(requests, lang);
  const ko = lang === "ko";
  const when =
    instant(fromMs, lang) === instant(toMs, lang)
      ? ko
        ? `${instant(fromMs, lang)}에`
        : `At ${instant(fromMs, lang)}`
      : ko
        ? `${instant(fromMs, lang)}~${instant(toMs, lang)}에`
        : `From ${instant(fromMs, lang)} to ${instant(toMs, lang)}`;
  const who = whereTo(requests, pods, lang);
  const why = pods.length === 1 ? tellGap(pods[0]!, requests, timeline, lang) : "";
  const [first] = requests;
  return {
    tone: "bad",
    text: ko
      ? `${when} ${who} 요청 ${grouped(requests.length)}건이 실패했습니다(${counts}).${why}`
      : `${when} ${plural(requests.length, "request")} failed ${who} (${counts}).${why}`,
    atMs: first!.sentMs,
    subject: { kind: "requests", ids: requests.map(({ id }) => id) },
  };
}

/** Where the requests of a burst were on their way to, as a part of its sentence. */
function whereTo(
  requests: readonly RequestRecord[],
  pods: readonly string[],
  lang: Language,
): string {
  const withoutPod = requests.some(({ pod }) => pod === undefined);
  const names =
    pods.length > 3
      ? lang === "ko"
        ? `파드 ${pods.length}개`
        : `${pods.length} pods`
      : listed(pods.map(podSuffix), lang);
  if (lang === "ko") {
    const some = pods.length > 3 ? `${names}로 간` : `${names} 파드로 간`;
    if (pods.length === 0) return "보낼 파드가 없어";
    return withoutPod ? `${some} 것과 보낼 파드가 없던 것을 합해` : some;
  }
  if (pods.length === 0) return "with no pod to go to";
  return `on ${requests.length === 1 ? "its" : "their"} way to ${names}${withoutPod ? " or with no pod to go to" : ""}`;
}

/** When the pod's port closed and when the routers left it, or its next container opened it again, if requests were sent in between. */
function tellGap(
  pod: string,
  requests: readonly RequestRecord[],
  timeline: Timeline,
  lang: Language,
): string {
  const gaps = gapsOf(timeline).filter(
    (gap) =>
      gap.pod === pod &&
      gap.kind === "closed" &&
      requests.some(({ sentMs }) => gap.fromMs <= sentMs && sentMs <= gap.toMs),
  );
  if (gaps.length === 0) return "";
  const fromMs = Math.min(...gaps.map((gap) => gap.fromMs));
  const toMs = Math.max(...gaps.map((gap) => gap.toMs));
  const length = duration(toMs - fromMs, lang);
  const isReopened = timeline.pods.some(
    ({ name, listening }) => name === pod && listening.some((open) => open.fromMs === toMs),
  );
  if (isReopened) {
    return lang === "ko"
      ? ` 이 파드의 포트는 ${instant(fromMs, lang)}부터 ${instant(toMs, lang)}까지 닫혀 있었고, 그동안에도 라우터는 이 파드를 선택했습니다.`
      : ` Its port was closed from ${instant(fromMs, lang)} to ${instant(toMs, lang)}, and routers chose it all the same.`;
  }
  return lang === "ko"
    ? ` 이 파드는 ${instant(fromMs, lang)}에 포트를 닫았지만 라우터는 ${length} 뒤인 ${instant(toMs, lang)}까지 이 파드를 선택했습니다.`
    : ` Its port closed at ${instant(fromMs, lang)}; routers went on choosing it for ${length}, until ${instant(toMs, lang)}.`;
}

/** The field that governs each cause. */
export const CAUSE_FIELDS: Readonly<Record<FailureCause, string>> = {
  "connection-refused": "lifecycle.preStop",
  "connect-timeout": "lifecycle.preStop",
  "host-unreachable": "lifecycle.preStop",
  "not-ready-yet": "readinessProbe",
  "connection-reset": "terminationGracePeriodSeconds",
  "answer-cut-off": "terminationGracePeriodSeconds",
  "idle-connection-closed": "keepAlive",
  "no-endpoint": "strategy",
  "no-route": "rules",
  "invalid-backend": "backendRefs",
  overloaded: "strategy.rollingUpdate.maxUnavailable",
  slow: "strategy.rollingUpdate.maxUnavailable",
  "behind-refused": "lifecycle.preStop",
  "application-error": "readinessProbe",
};

/** Each cause with its remedy, the most frequent first; causes that one field governs are told together. */
function tellCauses({ requests }: Timeline, lang: Language): Sentence[] {
  const byField = new Map<string, Map<FailureCause, RequestRecord[]>>();
  for (const request of requests) {
    if (request.cause === undefined || !failed(request)) continue;
    const field = CAUSE_FIELDS[request.cause];
    let causes = byField.get(field);
    if (causes === undefined) byField.set(field, (causes = new Map()));
    const list = causes.get(request.cause);
    if (list === undefined) causes.set(request.cause, [request]);
    else list.push(request);
  }
  const sizeOf = (causes: Map<FailureCause, RequestRecord[]>) =>
    [...causes.values()].reduce((sum, list) => sum + list.length, 0);
  return [...byField]
    .sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))
    .map(([field, causes]) => {
      const sorted = [...causes].sort(([, a], [, b]) => b.length - a.length);
      const names = sorted.map(([cause, list]) => {
        const { name } = CAUSES[cause][lang];
        const count = grouped(list.length);
        return lang === "ko" ? `${name} ${count}건` : `${name} (${count})`;
      });
      const [main, list] = sorted[0]!;
      const text =
        lang === "ko"
          ? `원인: ${listed(names, lang)}. ${CAUSES[main].ko.remedy}`
          : `The cause: ${listed(names, lang)}. ${CAUSES[main].en.remedy}`;
      const [first] = list;
      return {
        tone: "bad",
        text,
        field,
        atMs: first!.sentMs,
        subject: { kind: "requests", ids: [first!.id] },
      };
    });
}
