import type { RequestRecord, Timeline } from "../simulator/record.ts";
import { CAUSES } from "./causes.ts";
import { decisionSentence } from "./decisions/sentence.ts";
import { failed, failedAtMs } from "./findings.ts";
import { grouped, plural, podSuffix } from "./format.ts";
import { outcomeCounts } from "./labels.ts";
import type { InBoth, Language } from "./language.ts";
import { PHASES } from "./phases.ts";
import type { Subject } from "./subject.ts";

/** A row of the table of events: the picture's content in text. */
export interface EventRow {
  readonly atMs: number;
  readonly what: string;
  readonly object: string;
  readonly why: string;
  readonly subject: Subject;
}

/** Headings of the table, and its caption. */
export const TABLE: InBoth<{
  readonly caption: (rows: number) => string;
  readonly time: string;
  readonly what: string;
  readonly object: string;
  readonly why: string;
  readonly cut: (rows: number) => string;
}> = {
  en: {
    caption: (rows) => `The same as a table: ${plural(rows, "event")}`,
    time: "Time",
    what: "What",
    object: "Object",
    why: "Why",
    cut: (rows) => `${grouped(rows)} later events are left out here.`,
  },
  ko: {
    caption: (rows) => `같은 내용을 표로 보기: 이벤트 ${grouped(rows)}건`,
    time: "시각",
    what: "무슨 일",
    object: "대상",
    why: "이유",
    cut: (rows) => `이후 이벤트 ${grouped(rows)}건은 여기서 생략합니다.`,
  },
};

/** All that happened, in order of time: inputs, decisions, phases and failed requests (those of a second on one pod in one row). */
export function eventRows(timeline: Timeline, lang: Language): EventRow[] {
  return [
    ...timeline.inputs.map(({ atMs, label, output }, index) => ({
      atMs,
      what: label,
      object: "kubectl",
      why: output,
      subject: { kind: "input", index } as const,
    })),
    ...timeline.decisions.map((decision, i) => ({
      atMs: decision.atMs,
      what: decisionSentence(decision, lang),
      object: decision.object,
      why: [decision.actor, decision.upstream].filter((part) => part !== "").join(": "),
      subject: { kind: "decisions", indexes: [i] } as const,
    })),
    ...timeline.pods.flatMap((pod) =>
      pod.phases.map(({ phase, fromMs }) => ({
        atMs: fromMs,
        what: `${podSuffix(pod.name)}: ${PHASES[phase][lang].name}`,
        object: `pod/${pod.name}`,
        why: PHASES[phase][lang].sentence,
        subject: { kind: "phase", pod: pod.name, fromMs } as const,
      })),
    ),
    ...failureRows(timeline.requests, lang),
  ].sort((a, b) => a.atMs - b.atMs);
}

function failureRows(requests: readonly RequestRecord[], lang: Language): EventRow[] {
  const groups = new Map<string, RequestRecord[]>();
  for (const request of requests) {
    if (!failed(request)) continue;
    const key = `${Math.floor(failedAtMs(request) / 1000)} ${request.pod ?? ""} ${request.cause ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [request]);
    else group.push(request);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const counts = outcomeCounts(group, lang);
    return {
      atMs: failedAtMs(first!),
      what: lang === "ko" ? `요청 실패: ${counts}` : `requests failed: ${counts}`,
      object: first!.pod === undefined ? first!.source : `pod/${first!.pod}`,
      why: first!.cause === undefined ? "" : CAUSES[first!.cause][lang].sentence,
      subject: { kind: "requests", ids: group.map(({ id }) => id) },
    };
  });
}
