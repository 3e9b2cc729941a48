import type { Decision, Timeline } from "../../simulator/record.ts";
import { isDecisionCode, missingValues, type DecisionCode } from "../decisions/codes.ts";
import { outcomeWords } from "../causes.ts";
import { failed, failedAtMs } from "../findings.ts";
import type { InBoth, Language } from "../language.ts";
import { DECISION_MESSAGES } from "./decision-messages.ts";
import type { DecisionMessage } from "./message-shape.ts";
import type { Participant } from "./participants.ts";
import { sidesOf, type Sides } from "./sides.ts";

/** An arrow or a note of a sequence diagram. */
export interface Message {
  readonly atMs: number;
  /** The decision's code, or `step`, `started`, `failed`, `heard`. */
  readonly code: string;
  /** `note`: over `from`; `heard`: a watch told it; `lost`: it did not arrive. */
  readonly kind: "call" | "note" | "heard" | "lost";
  readonly from: Participant;
  readonly to: Participant;
  readonly text: string;
  /** The pods that it is about, if it is about some. */
  readonly pods?: readonly string[];
}

const STARTED: InBoth<string> = { en: "start the container", ko: "컨테이너 시작" };
const POD_FOR_NODE: InBoth<string> = { en: "a pod for this node", ko: "이 노드에 배정된 파드" };

/** The course of a run as messages, in order of time; the update is its last step. `watches` adds what each component had heard before. */
export function messagesOf(timeline: Timeline, lang: Language, watches = false): Message[] {
  const sides = sidesOf(timeline, lang);
  const messages = [
    ...timeline.inputs.map(({ atMs, label }): Message => ({
      atMs,
      code: "step",
      kind: "call",
      from: "client",
      to: "api",
      text: label,
    })),
    ...timeline.decisions.flatMap((decision) => decisionMessages(decision, sides, lang, watches)),
    ...startMessages(timeline, sides, lang, watches),
    ...failureMessages(timeline, sides, lang),
  ];
  return heardOnce(messages.sort((a, b) => a.atMs - b.atMs));
}

/** What a component does at one instant it does on one piece of news: only the first of it is told. */
function heardOnce(messages: readonly Message[]): Message[] {
  return messages.filter((message, i) => {
    const before = messages[i - 1];
    const sameTurn = before?.from === message.to && before.atMs === message.atMs;
    return message.code !== "heard" || !sameTurn;
  });
}

function decisionMessages(
  decision: Decision,
  sides: Sides,
  lang: Language,
  watches: boolean,
): Message[] {
  const { code, values, atMs, object } = decision;
  if (!isDecisionCode(code) || missingValues(code, values).length > 0) return [];
  const words = DECISION_MESSAGES[code] as DecisionMessage<DecisionCode> | undefined;
  if (words === undefined) return [];
  const pod = object.startsWith("pod/") ? object.slice(4) : undefined;
  const pods = pod === undefined ? podsIn(values) : [pod];
  const place = (at: DecisionMessage<DecisionCode>["from"]): Participant =>
    at === "pod" ? sides.podSide(pod ?? "", atMs) : at;
  const from = place(words.from);
  const to = place(words.to);
  const own: Message = {
    atMs,
    code,
    kind: from === to ? "note" : "call",
    from,
    to,
    text: words.text[lang](values as never, sides.names),
    ...(pods.length === 0 ? {} : { pods }),
  };
  const heard = words.heard?.[lang];
  if (!watches || heard === undefined) return [own];
  return [{ ...own, code: "heard", kind: "heard", from: "api", to: from, text: heard }, own];
}

/** The pods that a decision about another object names: those a controller deletes, those that rules gain and lose. */
function podsIn({ pods, added, removed }: Decision["values"]): string[] {
  return [pods, added, removed]
    .filter((names) => typeof names === "string")
    .flatMap((names) => names.split(", "))
    .filter((name) => name !== "");
}

/** Containers that start: an event tells it, no decision does. */
function startMessages(
  { events }: Timeline,
  sides: Sides,
  lang: Language,
  watches: boolean,
): Message[] {
  return events
    .filter(({ reason, source }) => reason === "Started" && source === "kubelet")
    .flatMap(({ atMs, object }): Message[] => {
      const pod = object.slice(object.indexOf("/") + 1);
      const own = { atMs, pods: [pod], from: "kubelet", kind: "call" } as const;
      const to = sides.podSide(pod, atMs);
      const start: Message = { ...own, code: "started", to, text: STARTED[lang] };
      if (!watches) return [start];
      const text = POD_FOR_NODE[lang];
      return [{ ...own, code: "heard", kind: "heard", from: "api", to: "kubelet", text }, start];
    });
}

/** Failed requests: those of one pod and outcome, one after another, in one message. */
function failureMessages({ requests }: Timeline, sides: Sides, lang: Language): Message[] {
  const groups = new Map<string, { atMs: number; count: number; pod: string; text: string }>();
  for (const request of requests) {
    if (!failed(request) || request.pod === undefined) continue;
    const text = outcomeWords(request.outcome, lang);
    const key = `${request.pod} ${text}`;
    const group = groups.get(key);
    if (group !== undefined) group.count += 1;
    else groups.set(key, { atMs: failedAtMs(request), count: 1, pod: request.pod, text });
  }
  return [...groups.values()].map(({ atMs, count, pod, text }) => ({
    atMs,
    code: "failed",
    kind: "lost",
    from: "users",
    to: sides.podSide(pod, atMs),
    text: lang === "ko" ? `요청 ${count}건: ${text}` : `${count} × ${text}`,
    pods: [pod],
  }));
}
