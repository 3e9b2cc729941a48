import type { RequestRecord, Timeline } from "../simulator/record.ts";
import { OUTCOME_ORDER, outcomeWords } from "./causes.ts";
import { countBy, gapsOf, type Gap } from "./findings.ts";
import { duration, grouped, instant, plural, podSuffix } from "./format.ts";
import type { InBoth, Language } from "./language.ts";
import { PHASES } from "./phases.ts";
import type { Subject } from "./subject.ts";

/** What a timeline is asked for by name, numbered once: a scene asks hundreds of times. */
export interface TimelineIndex {
  readonly timeline: Timeline;
  readonly podIndex: ReadonlyMap<string, number>;
  readonly requestIndex: ReadonlyMap<number, number>;
  readonly gaps: readonly Gap[];
}

const indexes = new WeakMap<Timeline, TimelineIndex>();

/** Numbers the pods by name and the requests by id, and finds the gaps; a timeline never changes, so this is done once for each. */
export function indexTimeline(timeline: Timeline): TimelineIndex {
  const known = indexes.get(timeline);
  if (known !== undefined) return known;
  const index: TimelineIndex = {
    timeline,
    podIndex: new Map(timeline.pods.map((pod, i) => [pod.name, i])),
    requestIndex: new Map(timeline.requests.map((request, i) => [request.id, i])),
    gaps: gapsOf(timeline),
  };
  indexes.set(timeline, index);
  return index;
}

/** The requests of these ids, those that exist. */
export function requestsById(index: TimelineIndex, ids: readonly number[]): RequestRecord[] {
  return ids.flatMap((id) => {
    const i = index.requestIndex.get(id);
    return i === undefined ? [] : [index.timeline.requests[i]!];
  });
}

/** `3 × 502, 1 × 504`, `502 3건, 504 1건`, in a fixed order. */
export function outcomeCounts(requests: readonly RequestRecord[], lang: Language): string {
  const counts = countBy(requests, ({ outcome }) => outcome);
  return OUTCOME_ORDER.filter((outcome) => counts.has(outcome))
    .map((outcome) => {
      const count = grouped(counts.get(outcome)!);
      const name = outcomeWords(outcome, lang);
      // No line ends within a count: \u00a0 is a space that holds.
      return lang === "ko" ? `${name}\u00a0${count}건` : `${count}\u00a0×\u00a0${name}`;
    })
    .join(", ");
}

/** What a mark is, in a line: its tooltip, and its name for a screen reader. */
export function subjectLabel(subject: Subject, index: TimelineIndex, lang: Language): string {
  const { timeline } = index;
  const ko = lang === "ko";
  switch (subject.kind) {
    case "phase": {
      const pod = timeline.pods[index.podIndex.get(subject.pod) ?? -1];
      const i = pod?.phases.findIndex(({ fromMs }) => fromMs === subject.fromMs) ?? -1;
      const phase = pod?.phases[i];
      if (pod === undefined || phase === undefined) return subject.pod;
      const toMs = pod.phases[i + 1]?.fromMs ?? pod.goneMs ?? timeline.endMs;
      const name = PHASES[phase.phase][lang].name;
      return `${podSuffix(pod.name)}: ${name}, ${span(phase.fromMs, toMs, lang)}`;
    }
    case "route": {
      const route = timeline.routes.find(
        (r) => r.router === subject.router && r.pod === subject.pod && r.fromMs === subject.fromMs,
      );
      const when = span(subject.fromMs, route?.toMs ?? timeline.endMs, lang);
      return ko
        ? `${podSuffix(subject.pod)} 파드가 ${subject.router}의 선택 대상, ${when}`
        : `${subject.router} would choose ${podSuffix(subject.pod)}, ${when}`;
    }
    case "gap": {
      const length = duration(subject.toMs - subject.fromMs, lang);
      const when = span(subject.fromMs, subject.toMs, lang);
      return ko
        ? `포트가 열려 있지 않은 ${podSuffix(subject.pod)} 파드를 라우터가 ${length} 동안 선택, ${when}`
        : `routers choose ${podSuffix(subject.pod)} for ${length} though its port does not listen, ${when}`;
    }
    case "requests": {
      const requests = requestsById(index, subject.ids);
      const counts = outcomeCounts(requests, lang);
      const at = instant(requests[0]?.sentMs ?? 0, lang);
      const last = instant(requests.at(-1)?.sentMs ?? 0, lang);
      const when = at === last ? at : `${at} – ${last}`;
      return ko
        ? `실패한 요청 ${grouped(requests.length)}건: ${counts}, ${when}`
        : `${plural(requests.length, "failed request")}: ${counts}, ${when}`;
    }
    case "decisions": {
      const first = timeline.decisions[subject.indexes[0] ?? -1];
      const at = instant(first?.atMs ?? 0, lang);
      const count = subject.indexes.length;
      if (count === 1) return `${first?.actor ?? ""}: ${first?.code ?? ""}, ${at}`;
      return ko ? `결정 ${count}건, ${at}부터` : `${count} decisions from ${at}`;
    }
    case "input": {
      const input = timeline.inputs[subject.index];
      return `${input?.label ?? ""}, ${instant(input?.atMs ?? 0, lang)}`;
    }
  }
}

/** `12.1 s to 13 s (900 ms)`. */
export function span(fromMs: number, toMs: number, lang: Language): string {
  const length = duration(toMs - fromMs, lang);
  return lang === "ko"
    ? `${instant(fromMs, lang)} ~ ${instant(toMs, lang)} (${length})`
    : `${instant(fromMs, lang)} to ${instant(toMs, lang)} (${length})`;
}

/** What the parts of the picture are called. */
export interface PictureWords {
  readonly requests: string;
  readonly requestsUnit: string;
  readonly ready: string;
  readonly readyUnit: string;
  readonly decisions: string;
  readonly min: (n: number) => string;
  readonly max: (n: number) => string;
  readonly noPod: string;
  readonly seconds: string;
  readonly folded: (pods: number) => string;
  readonly more: (inputs: number) => string;
}

/** Names of the picture's parts. */
export const PICTURE: InBoth<PictureWords> = {
  en: {
    requests: "Requests",
    requestsUnit: "a second",
    ready: "Ready",
    readyUnit: "pods",
    decisions: "Decisions",
    min: (n) => `min ${n}`,
    max: (n) => `max ${n}`,
    noPod: "no pod to send to",
    seconds: "s",
    folded: (pods) => `and ${plural(pods, "pod")} more without a failure`,
    more: (inputs) => `+${inputs}`,
  },
  ko: {
    requests: "요청",
    requestsUnit: "초당",
    ready: "Ready",
    readyUnit: "파드",
    decisions: "결정",
    min: (n) => `최소 ${n}`,
    max: (n) => `최대 ${n}`,
    noPod: "보낼 파드 없음",
    seconds: "초",
    folded: (pods) => `실패가 없는 파드 ${pods}개 생략`,
    more: (inputs) => `+${inputs}`,
  },
};
