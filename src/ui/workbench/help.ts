import type { Files, Lab } from "../../labs/index.ts";
import { instant } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { compare, type Comparison } from "../editor/index.ts";
import { richText } from "./rich-text.ts";
import { WORKBENCH_WORDS } from "./words.ts";

/** Hints, asked for one by one. */
export class Hints {
  readonly list = make("ol", { class: "rl-hints", "aria-live": "polite" });
  /** Shows the next one. */
  readonly button: HTMLButtonElement;
  private readonly lab: Lab;
  private readonly lang: Language;

  constructor(lab: Lab, lang: Language) {
    this.lab = lab;
    this.lang = lang;
    const onclick = () => this.showNext();
    this.button = make("button", { type: "button", class: "rl-button", onclick });
    this.offer(0);
  }

  private showNext(): void {
    const shown = this.list.childElementCount;
    const hint = this.lab.hints[shown];
    if (hint === undefined) return;
    const item = make("li", { tabindex: "-1" }, richText(hint.text[this.lang]));
    this.list.append(item);
    this.offer(shown + 1);
    if (this.button.hidden) item.focus();
  }

  private offer(shown: number): void {
    const { length } = this.lab.hints;
    this.button.textContent = WORKBENCH_WORDS[this.lang].nextHint(shown + 1, length);
    this.button.hidden = shown >= length;
  }
}

/** The solution beside one's own texts, when asked for: the files that differ, and what is typed. */
export class Solution {
  /** The button that opens and closes it. */
  readonly button: HTMLButtonElement;
  readonly dom: HTMLElement;
  private readonly lab: Lab;
  private readonly lang: Language;
  private readonly filesAtHand: () => Files;
  private readonly content = make("div", { class: "rl-solution" });
  private comparisons: readonly Comparison[] = [];

  constructor(lab: Lab, lang: Language, filesAtHand: () => Files) {
    this.lab = lab;
    this.lang = lang;
    this.filesAtHand = filesAtHand;
    const words = WORKBENCH_WORDS[lang];
    const onclick = () => this.toggle();
    this.button = make("button", { type: "button", class: "rl-button", onclick });
    this.dom = make(
      "section",
      { class: "rl-bench-solution", hidden: true, "aria-label": words.solution },
      make("h2", {}, words.solution),
      make("p", { class: "rl-soft" }, words.solutionIs),
      this.content,
    );
    this.name();
  }

  get isOpen(): boolean {
    return !this.dom.hidden;
  }

  /** Compares again, after a text has changed. */
  refresh(): void {
    if (this.isOpen) this.draw();
  }

  private toggle(): void {
    this.dom.hidden = this.isOpen;
    if (this.isOpen) this.draw();
    else this.clear();
    this.name();
    if (this.isOpen) this.dom.scrollIntoView({ block: "nearest" });
  }

  private clear(): void {
    for (const comparison of this.comparisons) comparison.destroy();
    this.comparisons = [];
    this.content.replaceChildren();
  }

  private draw(): void {
    this.clear();
    const { solution, start } = this.lab;
    const mine = this.filesAtHand();
    const changed = solution.files.filter(
      ({ name, text }, i) => text !== start[i]!.text || mine[name] !== text,
    );
    this.comparisons = changed.map(({ name, text }) => {
      const comparison = compare(mine[name] ?? "", text, this.lang);
      if (start.length > 1) this.content.append(make("h3", {}, name));
      this.content.append(comparison.dom);
      return comparison;
    });
    if (solution.commands.length > 0) this.content.append(this.commands());
  }

  private commands(): HTMLElement {
    const words = WORKBENCH_WORDS[this.lang];
    const items = this.lab.solution.commands.map(({ at, run }) =>
      make("li", {}, make("code", {}, run), ` ${words.typedAt(instant(at, this.lang))}`),
    );
    const list = make("ol", { class: "rl-solution-commands" }, ...items);
    return make("div", {}, make("h3", {}, words.typedCommands), list);
  }

  private name(): void {
    const words = WORKBENCH_WORDS[this.lang];
    this.button.textContent = this.isOpen ? words.hideSolution : words.showSolution;
    this.button.setAttribute("aria-expanded", String(this.isOpen));
  }
}
