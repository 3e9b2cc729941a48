import { filesByName, type Attempt, type Files, type Lab } from "../../labs/index.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { saveFile } from "../share/save-file.ts";
import { ProgressStore, type LabProgress, type StorageProblem } from "../storage/progress.ts";
import { WORKBENCH_WORDS } from "./words.ts";

const DRAFT_PAUSE_MS = 800;

/**
 * What is remembered of the lab from visit to visit, and what is said about it. The page starts clean; what was there before is offered, and
 * stays on offer until it is taken, whatever is typed in the meantime.
 */
export class Memory {
  readonly dom = make("div", { class: "rl-memory" });
  private readonly lab: Lab;
  private readonly lang: Language;
  private readonly restore: (attempt: Attempt) => void;
  private readonly store: ProgressStore;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private readonly filesAtHand: () => Files;

  constructor(
    lab: Lab,
    lang: Language,
    { restore, files }: { restore: (attempt: Attempt) => void; files: () => Files },
  ) {
    this.lab = lab;
    this.lang = lang;
    this.restore = restore;
    this.filesAtHand = files;
    const problems: StorageProblem[] = [];
    let tell = (problem: StorageProblem): void => {
      problems.push(problem);
    };
    this.store = new ProgressStore(
      () => window.localStorage,
      (problem) => tell(problem),
    );
    tell = (problem) => this.tellProblem(problem);
    const before = this.store.lab(lab.id);
    if (before !== undefined) this.offer(before);
    if (before?.solved !== undefined) this.offerRecord();
    problems.forEach(tell);
    addEventListener("pagehide", this.keepDraft);
  }

  /** Something that the cluster has accepted. */
  tried(attempt: Attempt): void {
    clearTimeout(this.pause);
    this.store.keep(this.lab.id, { attempt, at: Date.now(), passed: [], draft: undefined });
  }

  /** The checks that an attempt has passed; the first one that passed all is kept for good. */
  judged(attempt: Attempt, passed: readonly string[]): void {
    const isSolved = passed.length === this.lab.checks.length;
    const { solved } = this.store.lab(this.lab.id) ?? {};
    if (isSolved) this.offerRecord();
    this.store.keep(this.lab.id, {
      attempt,
      at: Date.now(),
      passed,
      ...(isSolved && solved === undefined ? { solved: { at: Date.now(), attempt } } : {}),
    });
  }

  /** The text has changed; it is kept after a pause in typing. */
  edited(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(this.keepDraft, DRAFT_PAUSE_MS);
  }

  destroy(): void {
    this.keepDraft();
    removeEventListener("pagehide", this.keepDraft);
  }

  private readonly keepDraft = (): void => {
    if (this.pause === undefined) return;
    clearTimeout(this.pause);
    this.pause = undefined;
    const files = this.filesAtHand();
    const known = this.store.lab(this.lab.id);
    const isNew = !same(files, filesByName(this.lab.start)) && !same(files, known?.attempt?.files);
    if (isNew || known?.draft !== undefined) {
      this.store.keep(this.lab.id, { draft: isNew ? files : undefined });
    }
  };

  private offer({ attempt, at, passed, solved, draft }: LabProgress): void {
    const words = WORKBENCH_WORDS[this.lang];
    const day = (ms: number) =>
      new Date(ms).toLocaleDateString(this.lang, { dateStyle: "long" } as const);
    const wasTried = attempt !== undefined;
    const hasDraft = draft !== undefined && !same(draft, attempt?.files);
    if (!wasTried && !hasDraft) return;
    const lines = [
      solved !== undefined && words.solvedBefore(day(solved.at)),
      solved === undefined &&
        wasTried &&
        words.lastTry(day(at), passed.length, this.lab.checks.length),
      hasDraft && words.draftLeft,
    ].filter((line) => line !== false);
    const note = make("div", { class: "rl-note" }, make("p", {}, lines.join(" ")));
    const buttons = make("p", { class: "rl-note-buttons" });
    if (wasTried) buttons.append(this.restorer(words.restoreTry, attempt));
    if (hasDraft) {
      buttons.append(this.restorer(words.restoreDraft, { files: draft, inputs: [] }));
    }
    note.append(buttons);
    this.dom.append(note);
  }

  /** Offers every solved lab as a file, for whoever wants to see that they were solved. */
  private offerRecord(): void {
    if (this.dom.querySelector(".rl-record") !== null) return;
    const words = WORKBENCH_WORDS[this.lang];
    const onclick = () => {
      const record = new Blob([JSON.stringify(this.store.record(), null, 2)], {
        type: "application/json",
      });
      saveFile("rollout-lab-record.json", record);
    };
    const button = make(
      "button",
      { type: "button", class: "rl-button small", title: words.recordIs, onclick },
      words.downloadRecord,
    );
    this.dom.append(make("p", { class: "rl-note-buttons rl-record" }, button));
  }

  private restorer(label: string, attempt: Attempt): HTMLElement {
    const onclick = () => this.restore(attempt);
    return make("button", { type: "button", class: "rl-button small", onclick }, label);
  }

  private tellProblem(problem: StorageProblem): void {
    const words = WORKBENCH_WORDS[this.lang];
    const text = make("p", { role: "status" }, words.cantSave[problem]);
    const note = make("div", { class: "rl-note warning" }, text);
    this.dom.append(note);
    if (problem !== "unreadable") return;
    const onclick = () => {
      this.store.startAnew();
      button.remove();
      if (this.store.problem === undefined) text.textContent = words.savesAgain;
    };
    const button = make(
      "button",
      { type: "button", class: "rl-button small", onclick },
      words.startAnew,
    );
    note.append(make("p", { class: "rl-note-buttons" }, button));
  }
}

function same(one: Files, other: Files | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
