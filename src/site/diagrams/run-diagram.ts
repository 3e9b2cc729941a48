import type { Timeline } from "../../simulator/record.ts";
import type { Language } from "../../words/language.ts";
import { messagesOf, type Message } from "../../words/sequence/messages.ts";
import { mermaidOf } from "../../words/sequence/mermaid.ts";
import type { Participant } from "../../words/sequence/participants.ts";

/** What of a run a diagram shows. */
export interface DiagramSelection {
  /** Kinds of messages: decision codes, or their first word (`replicaset`), and `step`, `started`, `failed`. All by default. */
  readonly only?: readonly string[];
  /** Kinds that it leaves out. */
  readonly without?: readonly string[];
  /** Of what is about a pod, only what is about these: `old-1` is the first old pod that is deleted, `new-2` the second new one. */
  readonly pods?: readonly string[];
  /** Seconds since the update (the last step), from and to. */
  readonly from?: number;
  readonly to?: number;
  /** Also what each component had heard from kube-apiserver before it acted. */
  readonly watches?: boolean;
}

/** More arrows than this nobody reads, and more participants do not fit the page. */
const MESSAGES_MAX = 18;
const PARTICIPANTS_MAX = 8;

/**
 * A Mermaid sequence diagram of a run, with the time since the update before each message.
 *
 * @throws where the selection leaves nothing, or more than can be read
 */
export function runDiagram(
  timeline: Timeline,
  select: DiagramSelection,
  told: { readonly title: string; readonly description: string; readonly lang: Language },
): string {
  const updateMs = timeline.inputs.at(-1)?.atMs ?? 0;
  const messages = selected(timeline, select, updateMs, told.lang);
  if (messages.length === 0 || messages.length > MESSAGES_MAX) {
    const listed = messages.map((m) => `  ${(m.atMs - updateMs) / 1000} s ${m.code}: ${m.text}`);
    throw new Error(
      `the diagram "${told.title}" would have ${messages.length} messages, and 1 to ${MESSAGES_MAX} can be read:\n${listed.join("\n")}`,
    );
  }
  const there = new Set<Participant>(messages.flatMap(({ from, to }) => [from, to]));
  if (there.size > PARTICIPANTS_MAX) {
    throw new Error(
      `the diagram "${told.title}" would have ${there.size} participants, and ${PARTICIPANTS_MAX} fit: ${[...there].join(", ")}`,
    );
  }
  return mermaidOf(messages, updateMs, told);
}

function selected(
  timeline: Timeline,
  select: DiagramSelection,
  updateMs: number,
  lang: Language,
): Message[] {
  const { only, without = [], pods, from = 0, to = Infinity, watches = false } = select;
  const names = pods && new Set(pods.map((pod) => podNamed(timeline, pod, updateMs)));
  const isOf = (code: string, kinds: readonly string[]) =>
    kinds.some((kind) => code === kind || code.startsWith(`${kind}.`));
  const all = messagesOf(timeline, lang, watches);
  return all.filter((message, i) => {
    // What was heard stands or falls with what was done about it.
    const code = message.code === "heard" ? all[i + 1]!.code : message.code;
    const second = (message.atMs - updateMs) / 1000;
    if (second < from || second > to) return false;
    if (names !== undefined && message.pods?.some((pod) => names.has(pod)) === false) return false;
    return (only === undefined || isOf(code, only)) && !isOf(code, without);
  });
}

/** `old-1`: of the old pods the one deleted first; `new-1`: of the new ones the one created first. */
function podNamed({ pods }: Timeline, id: string, updateMs: number): string {
  const [side, place] = id.split("-");
  const of = pods.filter(({ createdMs }) => createdMs < updateMs === (side === "old"));
  const order = ({ createdMs, deletedMs = Infinity }: (typeof pods)[number]) =>
    side === "old" ? deletedMs : createdMs;
  const pod = of.sort((a, b) => order(a) - order(b))[Number(place) - 1];
  if (pod === undefined || !["old", "new"].includes(side ?? "")) {
    throw new Error(`there is no pod "${id}"; say old-1, new-2, …`);
  }
  return pod.name;
}
