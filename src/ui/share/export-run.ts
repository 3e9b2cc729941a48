import type { Run } from "../../simulator/index.ts";
import type { Language } from "../../words/language.ts";
import { mermaidOf } from "../../words/sequence/mermaid.ts";
import { messagesOf } from "../../words/sequence/messages.ts";
import type { SharedTry } from "./shared-try.ts";

/** A run with what it was made from, for other programs. */
export function runAsJson({ lab, seed, attempt }: SharedTry, { summary, timeline }: Run): string {
  return JSON.stringify({ lab, seed, attempt, summary, timeline }, null, 2);
}

/** The whole course of a run as a sequence diagram: long, and for somebody to cut. */
export function runAsMermaid(title: string, { timeline }: Run, lang: Language): string {
  const updateMs = timeline.inputs.at(-1)?.atMs ?? 0;
  const told = { title, description: title, lang };
  return `${mermaidOf(messagesOf(timeline, lang), updateMs, told)}\n`;
}
