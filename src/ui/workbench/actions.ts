import type { Lab } from "../../labs/index.ts";
import { instant } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { WORKBENCH_WORDS } from "./words.ts";

/** What the buttons below the editor do. */
export interface Doings {
  deploy(): void;
  check(): void;
  applyNow(): void;
  undo(): void;
  reset(): void;
  stop(): void;
}

/** The buttons below the editor: in mode deploy the first one plays the deploy, in mode operate it applies the open file. */
export class Actions {
  readonly dom: HTMLElement;
  private readonly lang: Language;
  private readonly mode: Lab["mode"];
  private readonly first: HTMLButtonElement;
  private readonly applyNow: HTMLButtonElement;
  private readonly undo: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;

  constructor(lang: Language, mode: Lab["mode"], version: string | undefined, doings: Doings) {
    this.lang = lang;
    this.mode = mode;
    const words = WORKBENCH_WORDS[lang];
    const button = (label: string, look: string, onclick: () => void) =>
      make("button", { type: "button", class: `rl-button ${look}`, onclick }, label);
    const operates = mode === "operate";
    this.applyNow = button("", `rl-figures ${operates ? "primary" : ""}`, () => doings.applyNow());
    const other = operates
      ? button(words.check, "", () => doings.check())
      : button(words.deploy(version), "primary", () => doings.deploy());
    this.first = operates ? this.applyNow : other;
    this.first.title = words.deployKeys;
    this.undo = button(words.undo, "quiet", () => doings.undo());
    this.stop = button(words.stop, "quiet", () => doings.stop());
    const reset = button(words.reset, "quiet", () => doings.reset());
    const second = operates ? other : this.applyNow;
    this.dom = make(
      "div",
      { class: "rl-actions" },
      this.first,
      second,
      this.stop,
      this.undo,
      reset,
    );
    this.setUndo(false);
    this.setBusy(false);
  }

  /** The file and the moment that "apply now" means. */
  name(file: string, ms: number): void {
    const words = WORKBENCH_WORDS[this.lang];
    const time = instant(ms, this.lang);
    const label = this.mode === "operate" ? words.applyFile(file, time) : words.applyNow(time);
    if (this.applyNow.textContent !== label) this.applyNow.textContent = label;
  }

  /** A disabled button would lose the focus, so it is only said to be of no use. */
  setUndo(canUndo: boolean): void {
    this.undo.setAttribute("aria-disabled", String(!canUndo));
  }

  /** While something is computed there is a way to stop it. */
  setBusy(isBusy: boolean): void {
    if (!isBusy && document.activeElement === this.stop) this.first.focus();
    this.stop.hidden = !isBusy;
  }
}
