import type { InputRecord, Timeline } from "../simulator/record.ts";
import type { Language } from "./language.ts";
import type { Sentence } from "./story.ts";

/** The scenario's steps that failed. */
export interface FailedSteps {
  /** Refused at once: what they were to do was never done, so that nothing else in the run is as it was meant. */
  readonly refused: readonly Sentence[];
  /** Those that waited and gave up. */
  readonly gaveUp: readonly Sentence[];
}

/** Tells the scenario's failed steps. A line that somebody typed has its answer in the terminal, and is no part of what happened. */
export function tellFailedSteps({ inputs }: Timeline, lang: Language): FailedSteps {
  const failed = inputs.filter(({ typed, code }) => typed !== true && code !== 0);
  const tell = (steps: readonly InputRecord[]) => steps.map((step) => tellStep(step, lang));
  return {
    refused: tell(failed.filter(({ atMs, endMs }) => endMs === atMs)),
    gaveUp: tell(failed.filter(({ atMs, endMs }) => endMs !== atMs)),
  };
}

/** A command that waits prints much; what it ended with is its last line. */
function tellStep({ atMs, label, output }: InputRecord, lang: Language): Sentence {
  const why = output.trim().split("\n").at(-1)!;
  const text = lang === "ko" ? `${label} 실패: ${why}` : `${label} failed: ${why}`;
  return { tone: "bad", text, atMs };
}
