import type { Attempt, CheckResult, Judgement, Lab } from "../../labs/index.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { runsOf } from "./lab-facts.ts";
import { richText } from "./rich-text.ts";
import { WORKBENCH_WORDS } from "./words.ts";

type State = "not-run" | "running" | "passed" | "failed";

const MARKS: Readonly<Record<State, string>> = {
  "not-run": "○",
  running: "◌",
  passed: "✓",
  failed: "✕",
};

/** Runs that a failed check offers to look at. */
const RUNS_OFFERED = 5;

/** The lab's checks with what became of them. */
export class Checks {
  readonly dom: HTMLElement;
  private readonly lab: Lab;
  private readonly lang: Language;
  private readonly showRun: (seed: number) => void;
  private readonly list = make("ul", { class: "rl-checks" });
  private readonly bar: HTMLProgressElement;
  private readonly count = make("span", { class: "rl-figures" });
  private readonly progress: HTMLElement;
  private readonly stale: HTMLElement;
  private readonly answer = make("div", { class: "rl-answer", hidden: true });
  private judged: string | undefined;

  constructor(lab: Lab, lang: Language, showRun: (seed: number) => void) {
    this.lab = lab;
    this.lang = lang;
    this.showRun = showRun;
    const words = WORKBENCH_WORDS[lang];
    this.bar = make("progress", { max: runsOf(lab), value: 0, "aria-label": words.checks });
    this.progress = make("p", { class: "rl-checks-progress" }, this.bar, this.count);
    this.stale = make("p", { class: "rl-note", hidden: true }, words.otherText[lab.mode]);
    this.dom = make(
      "div",
      {},
      make("p", { class: "rl-soft" }, words.checksAre[lab.mode](runsOf(lab))),
      this.progress,
      this.stale,
      this.answer,
      this.list,
    );
    this.clear();
  }

  /** None has run. */
  clear(): void {
    this.judged = undefined;
    this.all("not-run");
  }

  /** They run on what was done. */
  begin(attempt: Attempt): void {
    this.judged = JSON.stringify(attempt);
    this.all("running");
    this.advance(0, runsOf(this.lab));
    this.progress.hidden = false;
  }

  advance(done: number, total: number): void {
    this.bar.max = total;
    this.bar.value = done;
    this.count.textContent = WORKBENCH_WORDS[this.lang].judging(done, total);
  }

  /** What came of them. */
  show({ checks, answer }: Extract<Judgement, { kind: "judged" }>): void {
    const words = WORKBENCH_WORDS[this.lang];
    this.progress.hidden = true;
    this.list.replaceChildren(...checks.map((check) => this.result(check)));
    this.answer.hidden = answer === undefined;
    if (answer === undefined) return;
    this.answer.replaceChildren(
      make("h3", {}, words.aboutAnswer),
      make("p", {}, richText(answer.hint[this.lang])),
    );
  }

  /** Says so when something else has been written or done since than what was judged. */
  compareTo(attempt: Attempt): void {
    this.stale.hidden = this.judged === undefined || this.judged === JSON.stringify(attempt);
  }

  private all(state: State): void {
    this.progress.hidden = true;
    this.answer.hidden = true;
    this.stale.hidden = true;
    const { checks } = this.lab;
    this.list.replaceChildren(...checks.map(({ title }) => this.item(title[this.lang], state)));
  }

  private result({ title, passed, failure, hint, failedSeeds, seeds }: CheckResult): HTMLElement {
    const words = WORKBENCH_WORDS[this.lang];
    if (passed) return this.item(title[this.lang], "passed");
    const offered = failedSeeds.slice(0, RUNS_OFFERED).map((seed) => {
      const onclick = () => this.showRun(seed);
      return make("button", { type: "button", class: "rl-link", onclick }, words.runNumber(seed));
    });
    const runs = make(
      "p",
      { class: "rl-soft rl-check-runs" },
      words.failedIn(failedSeeds.length, seeds),
    );
    if (offered.length > 0) runs.append(` ${words.showRun} `, ...offered);
    return this.item(
      title[this.lang],
      "failed",
      failure && make("p", {}, richText(failure[this.lang])),
      hint && make("p", {}, make("b", {}, words.think), " ", richText(hint[this.lang])),
      runs,
    );
  }

  private item(title: string, state: State, ...more: (HTMLElement | undefined)[]): HTMLElement {
    const words = WORKBENCH_WORDS[this.lang];
    const name = {
      "not-run": words.notRun,
      running: words.running,
      passed: words.passed,
      failed: words.failed,
    }[state];
    const mark = make("span", { class: "rl-check-mark", "aria-hidden": "true" }, MARKS[state]);
    const head = make(
      "p",
      { class: "rl-check-title" },
      title,
      " ",
      make("span", { class: "rl-check-state" }, name),
    );
    return make("li", { class: state }, mark, make("div", {}, head, ...more));
  }
}
