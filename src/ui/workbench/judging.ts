import type { Attempt, Judgement, Lab } from "../../labs/index.ts";
import type { Language } from "../../words/language.ts";
import type { Checks } from "./checks.ts";
import { SupersededError, type Engine } from "./engine.ts";
import { runsOf } from "./lab-facts.ts";
import { linkTo } from "./links.ts";
import type { Memory } from "./memory.ts";
import type { ResultLine } from "./result-line.ts";
import { WORKBENCH_WORDS } from "./words.ts";

/** What a judgement is told to. */
interface Listeners {
  readonly engine: Engine;
  readonly checks: Checks;
  readonly memory: Memory;
  readonly result: ResultLine;
  readonly timeline: HTMLElement;
}

/** Has a lab's checks judge an attempt, over all their seeds, and says what came of it. */
export class Judging {
  private readonly lab: Lab;
  private readonly lang: Language;
  private readonly to: Listeners;

  constructor(lab: Lab, lang: Language, to: Listeners) {
    this.lab = lab;
    this.lang = lang;
    this.to = to;
  }

  /** `sum`: the attempt's run in a sentence. Rejects with what went wrong; a judgement that something else took the place of is dropped without a word. */
  async judge(attempt: Attempt, sum: string, isWanted: () => boolean): Promise<void> {
    const { engine, checks } = this.to;
    checks.begin(attempt);
    try {
      const judgement = await engine.judge(attempt, (done, total) => checks.advance(done, total));
      if (judgement.kind === "refused") {
        throw new Error(judgement.diagnostics[0]?.message ?? "refused");
      }
      this.tell(judgement, attempt, sum);
    } catch (error) {
      if (isWanted()) checks.clear();
      if (!(error instanceof SupersededError)) throw error;
    }
  }

  private tell(
    judgement: Extract<Judgement, { kind: "judged" }>,
    attempt: Attempt,
    sum: string,
  ): void {
    const { checks, memory, result, timeline } = this.to;
    const words = WORKBENCH_WORDS[this.lang];
    checks.show(judgement);
    const passed = judgement.checks.filter((check) => check.passed).map(({ id }) => id);
    memory.judged(attempt, passed);
    const said = judgement.passed
      ? words.solved
      : words.checksPassed(passed.length, judgement.checks.length, runsOf(this.lab));
    result.say(`${sum} ${said}`.trim(), judgement.passed ? "good" : "bad", "", [
      linkTo(words.showTimeline, timeline),
      linkTo(words.showChecks, checks.dom),
    ]);
  }
}
