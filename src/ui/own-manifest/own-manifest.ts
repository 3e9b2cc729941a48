import { checkManifests, type CheckReport, type UnitReport } from "../../check/index.ts";
import { tellAnswer } from "../../check/words/verdict.ts";
import { filesInMemory } from "../../scenario/read-files.ts";
import { readScenario } from "../../scenario/read.ts";
import { describe } from "../../scenario/schema/diagnostic.ts";
import type { Language } from "../../words/language.ts";
import { compare, FilesEditor, type Comparison, type Problem } from "../editor/index.ts";
import { make } from "../elements.ts";
import { createSimulatorClient, type SimulatorClient } from "../run-worker/client.ts";
import { createWorkerPool, type WorkerPool } from "../run-worker/run-pool.ts";
import { defineTimeline } from "../timeline/element.ts";
import { columnSeparator, resizableEditor } from "../workbench/panes.ts";
import { ResultLine } from "../workbench/result-line.ts";
import { Choices } from "./choices.ts";
import { ignoredDom, unitDom } from "./report.ts";
import { OWN_WORDS, type OwnWords } from "./words.ts";

/** The workbench on the reader's own manifests: an update is checked in the page, and what ends its failures can be put into the text. */
export class OwnManifest {
  readonly dom: HTMLElement;
  private readonly lang: Language;
  private readonly words: OwnWords;
  private readonly editor: FilesEditor;
  private readonly choices: Choices;
  private readonly result = new ResultLine();
  private readonly stopButton: HTMLButtonElement;
  private readonly findings: HTMLElement;
  private readonly worst: HTMLElement;
  private readonly client: SimulatorClient = createSimulatorClient();
  private readonly comparisons: Comparison[] = [];
  private readonly stale: HTMLElement;
  private pool: WorkerPool | undefined;
  /** What the verdict that is shown was asked for. */
  private judged: string | undefined;

  constructor(lang: Language, example: string) {
    this.lang = lang;
    const words = (this.words = OWN_WORDS[lang]);
    defineTimeline();
    this.choices = new Choices(words, () => this.changed());
    this.editor = new FilesEditor({
      lang,
      files: [
        { name: words.newFile, text: example },
        { name: words.oldFile, text: "" },
      ],
      diagnose: (_, text) => this.diagnose(text),
      onChange: () => this.changed(),
      onSubmit: () => void this.check(),
    });
    const button = (label: string, look: string, onclick: () => void) =>
      make("button", { type: "button", class: `rl-button ${look}`, onclick }, label);
    this.stopButton = button(words.stop, "quiet", () => this.stop());
    this.stopButton.hidden = true;
    this.stale = make("p", { class: "rl-note", hidden: true }, words.changed);
    this.findings = make("div", {}, make("p", { class: "rl-soft" }, words.notYet));
    this.worst = make("section", { class: "rl-bench-cluster", hidden: true });
    this.dom = make(
      "div",
      { class: "rl-bench" },
      make(
        "div",
        { class: "rl-bench-side" },
        make(
          "section",
          { "aria-label": words.manifests },
          make("h2", {}, words.manifests),
          make("p", { class: "rl-soft" }, words.files),
          resizableEditor(this.editor.dom, lang),
          this.choices.dom,
          make(
            "div",
            { class: "rl-actions" },
            button(words.run, "primary", () => void this.check()),
            this.stopButton,
          ),
          this.result.dom,
          make("p", { class: "rl-soft" }, words.inTheBrowser),
        ),
      ),
      make(
        "div",
        { class: "rl-bench-side" },
        make(
          "section",
          { "aria-label": words.verdict },
          make("h2", { tabindex: "-1" }, words.verdict),
          this.stale,
          this.findings,
        ),
        this.worst,
      ),
    );
    this.dom.append(columnSeparator(this.dom, lang));
  }

  destroy(): void {
    this.pool?.close();
    this.client.close();
    this.editor.destroy();
    for (const comparison of this.comparisons) comparison.destroy();
  }

  private async check(): Promise<void> {
    const { words, texts, asked } = this;
    const chosen = this.choices.chosen;
    if (texts.now.trim() === "") return this.result.say(words.empty, "bad");
    if (chosen === undefined) {
      this.result.say(words.badRate, "bad");
      return this.choices.focusLoad();
    }
    this.pool?.close();
    let runs = 0;
    const pool = createWorkerPool({
      onRuns: (done) => {
        runs += done;
        this.result.say(words.running(runs), "busy");
      },
    });
    this.pool = pool;
    this.stopButton.hidden = false;
    this.result.say(words.starting, "busy");
    try {
      const { road, rps, seeds } = chosen;
      const checked = await checkManifests(
        {
          files: [{ name: words.newFile, text: texts.now }],
          from: texts.before.trim() === "" ? [] : [{ name: words.oldFile, text: texts.before }],
          seeds,
          rps,
          ...(road === undefined ? {} : { road }),
        },
        pool.runMany,
      );
      if (this.pool !== pool) return;
      if (checked.kind === "checked") this.show(checked.report, asked);
      else {
        const lines = checked.diagnostics.map(describe);
        this.result.say(words.unusable(lines.length), "bad", lines.join("\n"));
      }
    } catch (error) {
      if (this.pool === pool) this.result.say(words.fault(messageOf(error)), "bad");
    } finally {
      if (this.pool === pool) this.end();
    }
  }

  private stop(): void {
    this.end();
    this.result.say(this.words.stopped, "plain");
  }

  private end(): void {
    this.pool?.close();
    this.pool = undefined;
    this.stopButton.hidden = true;
  }

  private show(report: CheckReport, asked: string): void {
    this.judged = asked;
    this.compareToJudged();
    for (const comparison of this.comparisons.splice(0)) comparison.destroy();
    const units = report.units.map((unit) =>
      unitDom(unit, this.lang, {
        showWorst: (about) => void this.showWorst(about),
        applyPatch: (about) => this.applyPatch(about),
        compare: (about) => this.comparisonOf(about),
      }),
    );
    const ignored = ignoredDom(report, this.lang);
    this.findings.replaceChildren(...units, ...(ignored === undefined ? [] : [ignored]));
    const tone =
      report.verdict === "safe" ? "good" : report.verdict === "nothing-to-check" ? "plain" : "bad";
    this.result.say(tellAnswer(report, this.lang), tone);
    const worst = report.units.find((unit) => unit.worst !== undefined);
    this.worst.hidden = worst === undefined;
    if (worst !== undefined) void this.showWorst(worst);
  }

  /** The course of the run with the most failures. */
  private async showWorst({ scenario: files, worst }: UnitReport): Promise<void> {
    if (files === undefined || worst === undefined) return;
    const { scenario } = readScenario(files.document, {
      file: "scenario.yaml",
      readFile: filesInMemory(files.manifests),
    });
    if (scenario === undefined) return;
    try {
      const { timeline } = await this.client.run({ scenario, seed: worst.seed });
      const name = this.words.worst(worst.seed);
      const picture = make("rl-timeline", { lang: this.lang });
      this.worst.hidden = false;
      this.worst.setAttribute("aria-label", name);
      this.worst.replaceChildren(make("h2", { tabindex: "-1" }, name), picture);
      picture.timeline = timeline;
    } catch (error) {
      if (!(error instanceof Error && error.name === "SupersededError")) {
        this.result.say(this.words.fault(messageOf(error)), "bad");
      }
    }
  }

  /** The patch was made for the text that was judged: into another it would take the old one back. */
  private applyPatch(unit: UnitReport): void {
    if (this.judged !== this.asked) return this.result.say(this.words.changed, "bad");
    this.editor.replace({ [this.words.newFile]: this.patched(unit) });
    this.editor.show(this.words.newFile);
    this.editor.focus();
    this.result.say(this.words.applied, "good");
  }

  private comparisonOf(unit: UnitReport): HTMLElement {
    const comparison = compare(this.texts.now, this.patched(unit), this.lang, this.words.patched);
    this.comparisons.push(comparison);
    return comparison.dom;
  }

  private patched({ patch }: UnitReport): string {
    const file = patch?.files.find(({ name }) => name === this.words.newFile);
    return file?.text ?? this.texts.now;
  }

  private changed(): void {
    // Editors tell of their first text while they are made.
    if (this.editor === undefined) return;
    this.compareToJudged();
    if (this.pool === undefined) this.result.say("", "plain");
  }

  /** Says so where the verdict that is shown is about something else than what is asked now. */
  private compareToJudged(): void {
    this.stale.hidden = this.judged === undefined || this.judged === this.asked;
  }

  /** Texts and choices, to tell one question from another. */
  private get asked(): string {
    return JSON.stringify([this.texts, this.choices.chosen]);
  }

  private get texts(): { readonly now: string; readonly before: string } {
    const { files } = this.editor;
    return { now: files[this.words.newFile]!, before: files[this.words.oldFile]! };
  }

  private async diagnose(text: string): Promise<readonly Problem[] | undefined> {
    if (text.trim() === "") return [];
    try {
      const found = await this.client.diagnose(text);
      return found.map(({ severity, message, why, range }) => ({
        severity,
        message,
        why: why?.[this.lang] ?? "",
        ...range,
      }));
    } catch (error) {
      if (error instanceof Error && error.name === "SupersededError") return undefined;
      const message = this.words.fault(messageOf(error));
      return [{ severity: "error", message, why: "", from: 0, to: 0, line: 1, column: 1 }];
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0]! : String(error);
}
