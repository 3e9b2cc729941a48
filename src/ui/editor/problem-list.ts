import type { Language } from "../../words/language.ts";
import { explain } from "./problem-marks.ts";
import type { Problem } from "./problem.ts";
import { EDITOR_WORDS, SEVERITY_MARKS, severityName } from "./words.ts";

const LISTED_MAX = 20;

/** The problems below the text: each can be gone to; a screen reader hears how many there are, and the first. */
export class ProblemList {
  readonly dom = document.createElement("div");
  private readonly lang: Language;
  private readonly goTo: (problem: Problem) => void;
  private readonly status = document.createElement("p");
  private readonly heard = document.createElement("p");
  private readonly list = document.createElement("ol");

  constructor(lang: Language, goTo: (problem: Problem) => void) {
    this.lang = lang;
    this.goTo = goTo;
    this.dom.className = "rl-problems";
    this.status.className = "rl-problems-status";
    this.heard.className = "rl-unseen";
    this.heard.setAttribute("role", "status");
    this.dom.append(this.status, this.list, this.heard);
    this.say(EDITOR_WORDS[lang].checking, "none");
  }

  /** Replaces what is listed. */
  show(problems: readonly Problem[]): void {
    const words = EDITOR_WORDS[this.lang];
    const [first] = problems;
    this.list.replaceChildren(...problems.slice(0, LISTED_MAX).map((p) => this.item(p)));
    if (problems.length > LISTED_MAX) {
      const rest = document.createElement("li");
      rest.textContent = words.more(problems.length - LISTED_MAX);
      this.list.append(rest);
    }
    this.list.hidden = first === undefined;
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const text =
      first === undefined
        ? words.noProblems
        : errors > 0
          ? words.problems(problems.length)
          : words.remarks(problems.length);
    this.say(text, errors > 0 ? "error" : first === undefined ? "good" : "warning");
    const heard =
      first === undefined
        ? text
        : `${text}. ${words.place(first.line, first.column)}: ${first.message}`;
    if (this.heard.textContent !== heard) this.heard.textContent = heard;
  }

  private say(text: string, state: "none" | "good" | "error" | "warning"): void {
    this.status.textContent = text;
    this.status.dataset["state"] = state;
  }

  private item(problem: Problem): HTMLElement {
    const words = EDITOR_WORDS[this.lang];
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = `rl-problem ${problem.severity}`;
    const place = document.createElement("span");
    place.className = "rl-problem-place";
    const mark = document.createElement("span");
    mark.className = "rl-problem-mark";
    mark.textContent = SEVERITY_MARKS[problem.severity];
    mark.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.className = "rl-unseen";
    name.textContent = `${severityName(problem.severity, this.lang)}, `;
    place.append(mark, name, words.place(problem.line, problem.column));
    button.append(place, explain(problem.message, problem.why));
    button.addEventListener("click", () => this.goTo(problem));
    return item;
  }
}
