import type { Timeline } from "../../simulator/index.ts";
import { instant } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import type { Subject } from "../../words/subject.ts";
import { tellRun, type Sentence } from "../../words/tell-run.ts";
import { tellFailedSteps } from "../../words/tell-steps.ts";
import { upTo } from "../../words/up-to.ts";
import { make } from "../elements.ts";
import { WORKBENCH_WORDS } from "./words.ts";

/** Marks besides colour. */
const MARKS: Readonly<Record<Sentence["tone"], string>> = { good: "✓", bad: "✕", plain: "·" };

/** A moment of the timeline to go to, and what to open there. */
export interface Destination {
  readonly atMs: number;
  readonly subject?: Subject;
}

/** The run in sentences; those that speak of a moment lead to it. */
export class Story {
  readonly dom: HTMLElement;
  private readonly note = make("p", { class: "rl-soft" });
  private readonly list = make("ol", { class: "rl-story" });
  private readonly lang: Language;
  private readonly goTo: (destination: Destination) => void;
  private told: readonly string[] = [];

  constructor(lang: Language, goTo: (destination: Destination) => void) {
    this.lang = lang;
    this.goTo = goTo;
    this.dom = make("div", {}, this.note, this.list);
  }

  /** Tells a run, up to a time when one is given; gives its first sentence, the sum of it. */
  tell(run: Timeline, untilMs = Infinity): Sentence | undefined {
    const words = WORKBENCH_WORDS[this.lang];
    const timeline = upTo(run, untilMs);
    const sentences = this.sentencesOf(timeline);
    this.note.hidden = timeline === run;
    this.note.textContent = words.storyUntil(instant(timeline.endMs, this.lang));
    this.show(sentences);
    return sentences[0];
  }

  /** The first sentence about a run to its end, whatever is told at present. */
  sumOf(run: Timeline): string {
    return this.sentencesOf(run)[0]?.text ?? "";
  }

  private sentencesOf(timeline: Timeline): readonly Sentence[] {
    const { refused, gaveUp } = tellFailedSteps(timeline, this.lang);
    return [...refused, ...tellRun(timeline, this.lang), ...gaveUp];
  }

  /** Puts the sentences into the list; those that stand there already stay, and with them the focus. */
  private show(sentences: readonly Sentence[]): void {
    const told = sentences.map((sentence) => JSON.stringify(sentence));
    const { children } = this.list;
    while (children.length > told.length) this.list.lastElementChild!.remove();
    for (const [i, sentence] of sentences.entries()) {
      if (i >= children.length) this.list.append(this.item(sentence));
      else if (told[i] !== this.told[i]) children[i]!.replaceWith(this.item(sentence));
    }
    this.told = told;
  }

  private item({ text, tone, atMs, subject, field }: Sentence): HTMLElement {
    const mark = make("span", { class: "rl-story-mark", "aria-hidden": "true" }, MARKS[tone]);
    const fieldName = field === undefined ? undefined : make("code", {}, field);
    if (atMs === undefined) {
      return make("li", { class: tone }, mark, make("div", {}, text, " ", fieldName));
    }
    const time = instant(atMs, this.lang);
    const onclick = () => this.goTo({ atMs, ...(subject === undefined ? {} : { subject }) });
    const link = make(
      "button",
      { type: "button", class: "rl-link", onclick },
      text,
      " ",
      make("span", { class: "rl-story-time" }, time),
    );
    return make("li", { class: tone }, mark, make("div", {}, link, " ", fieldName));
  }
}
