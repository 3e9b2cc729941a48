import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { saveFile } from "../share/save-file.ts";
import { FILE_MAX, readProgress, writeProgress } from "../storage/progress-file.ts";
import { ProgressStore, type LabProgress, type StorageProblem } from "../storage/progress.ts";
import { WORKBENCH_WORDS } from "../workbench/words.ts";
import { PROGRESS_WORDS, type ProgressWords } from "./words.ts";

/**
 * `<rl-progress lang="en">`: holds the list of labs, each with `data-lab` and a place for its state (`data-state`). Says of each what this browser
 * knows, and saves all of it as a file, or takes a file in.
 */
export class ProgressElement extends HTMLElement {
  private readonly said = make("div", { role: "status", class: "rl-progress-said" });
  private words: ProgressWords = PROGRESS_WORDS.en;
  private store: ProgressStore | undefined;

  connectedCallback(): void {
    if (this.store !== undefined) return;
    this.words = PROGRESS_WORDS[this.language];
    this.store = new ProgressStore(
      () => window.localStorage,
      (problem) => this.tellProblem(problem),
    );
    const { words } = this;
    const button = (label: string, title: string | undefined, onclick: () => void) =>
      make("button", { type: "button", class: "rl-button", title, onclick }, label);
    const file = make("input", {
      type: "file",
      accept: "application/json,.json",
      hidden: true,
      onchange: () => void this.take(file),
    });
    const place = this.querySelector("[data-buttons]") ?? this;
    place.replaceChildren(
      button(words.save, undefined, () => this.save()),
      button(words.choose, undefined, () => file.click()),
      button(words.saveRecord, words.recordIs, () => this.saveRecord()),
      file,
    );
    place.after(this.said);
    this.show();
  }

  private get language(): Language {
    return this.lang === "ko" ? "ko" : "en";
  }

  private show(): void {
    for (const item of this.querySelectorAll<HTMLElement>("[data-lab]")) {
      const progress = this.store?.lab(item.dataset["lab"] ?? "");
      const state = item.querySelector<HTMLElement>("[data-state]");
      if (progress === undefined || state === null) continue;
      state.textContent = this.stateOf(progress);
      item.classList.toggle("solved", progress.solved !== undefined);
    }
  }

  private stateOf({ solved, attempt, at }: LabProgress): string {
    const day = (ms: number) =>
      new Date(ms).toLocaleDateString(this.language, { dateStyle: "long" } as const);
    if (solved !== undefined) return this.words.solved(day(solved.at));
    return attempt === undefined ? this.words.draft : this.words.tried(day(at));
  }

  private save(): void {
    const text = writeProgress(this.store!.all());
    saveFile("rollout-lab-progress.json", new Blob([text], { type: "application/json" }));
  }

  private saveRecord(): void {
    const text = `${JSON.stringify(this.store!.record(), null, 2)}\n`;
    saveFile("rollout-lab-record.json", new Blob([text], { type: "application/json" }));
  }

  private async take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    // A file that is too large is not even read.
    const text = file.size > FILE_MAX ? undefined : await file.text();
    input.value = "";
    const { words } = this;
    const reading = text === undefined ? ({ kind: "too-large" } as const) : readProgress(text);
    this.said.replaceChildren();
    if ("kind" in reading) return this.say(words.refused[reading.kind]);
    const changed = this.store!.merge(reading.labs);
    this.say(changed.length === 0 ? words.nothingNew : words.taken(changed.length));
    const known = [...this.querySelectorAll<HTMLElement>("[data-lab]")].map(
      (item) => item.dataset["lab"],
    );
    const unknown = changed.filter((id) => !known.includes(id));
    if (unknown.length > 0) this.say(words.unknown(unknown.join(", ")));
    if (reading.unreadable.length > 0) this.say(words.unreadable(reading.unreadable.join(", ")));
    const { problem } = this.store!;
    if (problem !== undefined) this.tellProblem(problem);
    this.show();
  }

  private say(text: string): void {
    this.said.append(make("p", {}, text));
  }

  private tellProblem(problem: StorageProblem): void {
    this.say(WORKBENCH_WORDS[this.language].cantSave[problem]);
  }
}

/** Makes `<rl-progress>` known to the page. */
export function defineProgress(): void {
  if (customElements.get("rl-progress") === undefined) {
    customElements.define("rl-progress", ProgressElement);
  }
}
