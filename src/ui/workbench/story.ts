import type { Timeline } from "../../simulator/index.ts";
import { make } from "../elements.ts";
import { instant } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import type { Subject } from "../../words/subject.ts";
import { tellRun, type Sentence } from "../../words/tell-run.ts";
import { tellFailedSteps } from "../../words/tell-steps.ts";

/** Marks besides colour. */
const MARKS: Readonly<Record<Sentence["tone"], string>> = { good: "✓", bad: "✕", plain: "·" };

/** A moment of the timeline to go to, and what to open there. */
export interface Destination {
  readonly atMs: number;
  readonly subject?: Subject;
}

/** The run in sentences; those that speak of a moment lead to it. */
export class Story {
  readonly dom = make("ol", { class: "rl-story" });
  private readonly lang: Language;
  private readonly goTo: (destination: Destination) => void;

  constructor(lang: Language, goTo: (destination: Destination) => void) {
    this.lang = lang;
    this.goTo = goTo;
  }

  /** Tells a run; gives its first sentence, the sum of it. */
  tell(timeline: Timeline): Sentence | undefined {
    const { refused, gaveUp } = tellFailedSteps(timeline, this.lang);
    const sentences = [...refused, ...tellRun(timeline, this.lang), ...gaveUp];
    this.dom.replaceChildren(...sentences.map((sentence) => this.item(sentence)));
    return sentences[0];
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
