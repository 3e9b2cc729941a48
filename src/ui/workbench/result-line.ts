import { make } from "../elements.ts";
import { withParticles } from "../whole-words.ts";

/** How a result is marked, besides its words. */
export type Tone = "plain" | "busy" | "good" | "bad";

const MARKS: Readonly<Record<Tone, string>> = { plain: "", busy: "…", good: "✓", bad: "✕" };

/** What came of the last thing that was done, below the buttons; a screen reader hears it. */
export class ResultLine {
  readonly dom: HTMLElement;
  private readonly mark = make("span", { class: "rl-result-mark", "aria-hidden": "true" });
  private readonly text = make("span", { role: "status" });
  private readonly output = make("pre", { class: "rl-result-output" });
  private readonly more = make("span", { class: "rl-result-more" });

  constructor() {
    const line = make("p", {}, this.mark, this.text, this.more);
    this.dom = make("div", { class: "rl-result" }, line, this.output);
    this.say("", "plain");
  }

  /** `output`: what a program printed; `more`: links or buttons that lead on. */
  say(text: string, tone: Tone, output = "", more: readonly HTMLElement[] = []): void {
    this.dom.dataset["tone"] = tone;
    this.mark.textContent = MARKS[tone];
    const set = withParticles(text);
    if (this.text.textContent !== set) this.text.textContent = set;
    this.output.textContent = output;
    this.output.hidden = output === "";
    this.more.replaceChildren(...more);
  }
}
