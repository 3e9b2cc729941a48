import type { InputRecord } from "../../simulator/index.ts";
import { make } from "../elements.ts";
import type { TerminalWords } from "./words.ts";

/** The text that `kubectl edit` opens, below the terminal. */
export class EditedText {
  readonly dom = make("div", { class: "rl-terminal-editor", hidden: true });
  private readonly words: TerminalWords;
  private readonly leave: (text: string | undefined) => void;
  private offered: string | undefined;

  /** `leave` gets the text that was saved, or undefined. */
  constructor(words: TerminalWords, leave: (text: string | undefined) => void) {
    this.words = words;
    this.leave = leave;
  }

  /** Opens with a text, or closes. */
  offer(editing: InputRecord["editing"]): void {
    if (editing?.text === this.offered) return;
    this.offered = editing?.text;
    this.dom.hidden = editing === undefined;
    if (editing === undefined) {
      this.dom.replaceChildren();
      return;
    }
    const text = make("textarea", { rows: 16, spellcheck: "false", autocapitalize: "off" });
    text.value = editing.text;
    const button = (label: string, look: string, onclick: () => void) =>
      make("button", { type: "button", class: `rl-button ${look}`, onclick }, label);
    this.dom.replaceChildren(
      make("label", {}, this.words.edits(editing.name), text),
      make(
        "div",
        { class: "rl-actions" },
        button(this.words.save, "primary", () => this.leave(text.value)),
        button(this.words.leave, "", () => this.leave(undefined)),
      ),
    );
    text.focus();
  }
}
