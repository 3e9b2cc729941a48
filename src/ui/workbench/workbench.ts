import type { Attempt, Lab } from "../../labs/index.ts";
import type { Run } from "../../simulator/index.ts";
import { instant } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { FilesEditor } from "../editor/index.ts";
import { make } from "../elements.ts";
import { SHARE_WORDS, ShareBar, type SharedTry } from "../share/index.ts";
import type { TerminalAction } from "../terminal/index.ts";
import { Actions } from "./actions.ts";
import { Checks } from "./checks.ts";
import { diagnose, errorsIn, messageOf } from "./diagnose.ts";
import { Engine } from "./engine.ts";
import { Hints, Solution } from "./help.ts";
import { Judging } from "./judging.ts";
import { deployedVersion } from "./lab-facts.ts";
import { layOut } from "./layout.ts";
import { link, linkTo } from "./links.ts";
import { Memory } from "./memory.ts";
import { ResultLine } from "./result-line.ts";
import { Stage } from "./stage.ts";
import {
  begin,
  canUndo,
  current,
  deploy,
  doAt,
  reseed,
  typeAt,
  undo,
  type History,
  type Stand,
} from "./stand.ts";
import { Turns } from "./turns.ts";
import { WORKBENCH_WORDS, type WorkbenchWords } from "./words.ts";

/** What the page brings. */
export interface WorkbenchOptions {
  readonly lab: Lab;
  readonly lang: Language;
  /** The task as the page already shows it. */
  readonly task: HTMLElement | undefined;
}

const REFRESH_PAUSE_MS = 400;

/**
 * A lab at work: the editor, the cluster that its texts are applied to, and what comes of them. Draws what the worker computes, and owns
 * nothing but the history of what was done.
 */
export class Workbench {
  readonly dom: HTMLElement;
  private readonly lab: Lab;
  private readonly lang: Language;
  private readonly words: WorkbenchWords;
  private readonly engine: Engine;
  private readonly editor: FilesEditor;
  private readonly actions: Actions;
  private readonly result = new ResultLine();
  private readonly stage: Stage;
  private readonly checks: Checks;
  private readonly solution: Solution;
  private readonly memory: Memory;
  private readonly share: ShareBar;
  private readonly judging: Judging;
  private history: History;
  private readonly turns: Turns;
  private refresh: ReturnType<typeof setTimeout> | undefined;

  constructor({ lab, lang, task }: WorkbenchOptions) {
    this.lab = lab;
    this.lang = lang;
    this.words = WORKBENCH_WORDS[lang];
    this.engine = new Engine(lab);
    this.history = begin(lab);
    this.actions = new Actions(lang, lab.mode, deployedVersion(lab), {
      deploy: () => void this.deploy(),
      check: () => void this.judge(current(this.history).attempt, this.turns.take()),
      applyNow: () => void this.applyNow(),
      undo: () => void this.undo(),
      reset: () => void this.reset(),
      stop: () => this.stop(),
    });
    this.turns = new Turns(this.engine, this.actions);
    this.editor = new FilesEditor({
      lang,
      files: lab.start,
      diagnose: (name, text) => diagnose(this.engine, lang, name, text),
      onChange: () => this.edited(),
      coveredBelow: () => this.barHeight,
      onSubmit: () => void (lab.mode === "deploy" ? this.deploy() : this.applyNow()),
    });
    this.stage = new Stage(lab, lang, {
      act: (action) => this.act(action),
      fileNames: () => Object.keys(this.editor.files),
      moved: () => this.nameActions(),
    });
    this.nameActions();
    this.checks = new Checks(lab, lang, (seed) => void this.showRun(seed));
    this.solution = new Solution(lab, lang, () => this.editor.files);
    this.memory = new Memory(lab, lang, {
      restore: (attempt) => void this.restore(attempt),
      files: () => this.editor.files,
    });
    this.share = new ShareBar({
      lab,
      lang,
      momentMs: () => this.stage.nowMs,
      shared: () => this.shared,
      run: () => this.stage.run,
      picture: () => this.stage.timeline.picture(),
      take: (shared) => void this.takeShared(shared),
    });
    const { engine, checks, memory, result } = this;
    const { timeline, terminal, story } = this.stage;
    this.judging = new Judging(lab, lang, { engine, checks, memory, result, timeline });
    const hints = new Hints(lab, lang);
    this.dom = layOut(lang, {
      task,
      memory: make("div", {}, this.share.offer, this.memory.dom),
      editor: this.editor.dom,
      actions: this.actions.dom,
      result: this.result.dom,
      timeline,
      share: this.share.dom,
      terminal: terminal.dom,
      story: story.dom,
      checks: this.checks.dom,
      hints: hints.list,
      hintButton: hints.button,
      solutionButton: this.solution.button,
      solution: this.solution.dom,
    });
    void this.open();
  }

  destroy(): void {
    clearTimeout(this.refresh);
    this.memory.destroy();
    this.stage.terminal.destroy();
    this.editor.destroy();
    this.engine.destroy();
  }

  /** The cluster as it runs before anything was done. */
  private async open(): Promise<void> {
    const run = await this.play(this.history);
    if (run === undefined) return;
    const { mode, beginMs } = this.lab;
    this.result.say(this.words.standing[mode](instant(beginMs, this.lang)), "plain");
    if (this.share.openedAtMs !== undefined) this.stage.timeline.reveal(this.share.openedAtMs);
  }

  private async deploy(): Promise<void> {
    const isWanted = this.turns.take();
    if (!(await this.isAccepted(Object.keys(this.editor.files), isWanted))) return;
    // What still runs belongs to an earlier text.
    this.engine.stop();
    this.checks.clear();
    const next = deploy(this.history, this.editor.files, this.lab.scenario.seed);
    if ((await this.play(next, isWanted)) === undefined) return;
    const { attempt } = current(next);
    this.memory.tried(attempt);
    await this.judge(attempt, isWanted);
  }

  private async applyNow(): Promise<void> {
    const atMs = Math.round(this.stage.nowMs);
    const isWanted = this.turns.take();
    const { files, name } = this.editor;
    if (!(await this.isAccepted([name], isWanted))) return;
    const next = typeAt(this.history, atMs, `kubectl apply -f ${name}`, files);
    const run = await this.compute(next, isWanted);
    if (run === undefined) return;
    const applied = run.timeline.inputs.findLast((input) => input.atMs === atMs);
    if (applied !== undefined && applied.code !== 0) {
      this.result.say(
        this.words.refusedThen(instant(atMs, this.lang)),
        "bad",
        applied.output.trim(),
      );
      return;
    }
    this.show(next, run);
    this.stage.timeline.reveal(atMs);
    this.memory.tried(current(next).attempt);
    this.checks.compareTo(current(next).attempt);
    const output = applied?.output.trim() ?? "";
    this.result.say(this.words.applied(instant(atMs, this.lang)), "plain", output, [
      this.toTimeline(),
    ]);
  }

  /** Something typed into the terminal, at the playhead's time; while its program runs, time goes on. */
  private async act(action: TerminalAction): Promise<boolean> {
    const atMs = Math.round(this.stage.nowMs);
    const next =
      action.kind === "line"
        ? typeAt(this.history, atMs, action.line, this.editor.files)
        : doAt(this.history, { atMs, action });
    this.stage.timeline.pause();
    const run = await this.compute(next, this.turns.take());
    if (run === undefined) return false;
    this.show(next, run, atMs);
    this.memory.tried(current(next).attempt);
    this.checks.compareTo(this.attemptAtHand);
    this.stage.playOn();
    return true;
  }

  private async undo(): Promise<void> {
    if (!canUndo(this.history)) return;
    const run = await this.play(undo(this.history));
    if (run !== undefined) this.result.say(this.words.undone, "plain", "", [this.toTimeline()]);
  }

  private async reset(): Promise<void> {
    const { files } = this.editor;
    const { inputs } = current(this.history).attempt;
    this.turns.take();
    this.engine.stop();
    this.checks.clear();
    const first = begin(this.lab);
    const clean = current(first).attempt;
    this.editor.replace(clean.files);
    const run = await this.play(first);
    if (run === undefined) return;
    const left = this.lab.mode === "operate" ? { files, inputs } : { files, inputs: [] };
    const more = sameAttempt(left, clean) ? [] : [this.bringBack(left)];
    this.result.say(this.words.wasReset, "plain", "", more);
  }

  private stop(): void {
    this.turns.stop();
    this.checks.clear();
    this.result.say(this.words.stopped, "plain");
  }

  /** The course of the judged deploy with another seed. */
  private async showRun(seed: number): Promise<void> {
    const run = await this.play(reseed(this.history, this.judged, seed));
    if (run === undefined) return;
    this.stage.tellWhole();
    this.result.say(this.words.otherRun(seed), "plain", "", [this.toTimeline()]);
    this.stage.timeline.scrollIntoView({ block: "nearest" });
  }

  /** The buttons' bar lies over the text where it sticks to the window's bottom. */
  private get barHeight(): number {
    const bar = this.actions.dom.parentElement;
    return bar !== null && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
  }

  /** The stand that the checks are about: the last that plays all steps. */
  private get judged(): Stand {
    return this.history.findLast(({ deploys }) => deploys) ?? current(this.history);
  }

  private async judge(attempt: Attempt, isWanted: () => boolean): Promise<void> {
    const { sum } = this.stage;
    try {
      await this.turns.busy(isWanted, () => this.judging.judge(attempt, sum, isWanted));
      if (isWanted()) this.stage.tellWhole();
      this.checks.compareTo(this.attemptAtHand);
    } catch (error) {
      this.fault(error);
    }
  }

  /** What the checks would judge now. */
  private get attemptAtHand(): Attempt {
    return this.lab.mode === "operate"
      ? current(this.history).attempt
      : { files: this.editor.files, inputs: [] };
  }

  /** Whether files can be applied as they stand; otherwise says why not, and everything stays as it is. */
  private async isAccepted(names: readonly string[], isWanted: () => boolean): Promise<boolean> {
    const errors = await errorsIn(this.editor, names, isWanted);
    if (errors === undefined) return false;
    if (errors > 0) this.result.say(this.words.refused(errors), "bad");
    return errors === 0;
  }

  /** Computes the run of a stand and shows it. */
  private async play(next: History, isWanted = this.turns.take()): Promise<Run | undefined> {
    const run = await this.compute(next, isWanted);
    if (run !== undefined) this.show(next, run);
    return run;
  }

  private async compute(next: History, isWanted: () => boolean): Promise<Run | undefined> {
    this.result.say(this.words.simulating, "busy");
    try {
      return await this.turns.run(current(next), isWanted);
    } catch (error) {
      this.fault(error);
      return undefined;
    }
  }

  /** Shows a run, at a moment when one is given. */
  private show(next: History, run: Run, atMs?: number): void {
    this.history = next;
    const first = this.stage.show(current(next), run, atMs);
    this.actions.setUndo(canUndo(next));
    if (first === undefined) return;
    const tone = first.tone === "bad" ? "bad" : "good";
    this.result.say(first.text, tone, "", [this.toTimeline()]);
  }

  private edited(): void {
    // Editors tell of their first text while they are made.
    if (this.memory === undefined) return;
    this.memory.edited();
    this.nameActions();
    this.checks.compareTo(this.attemptAtHand);
    clearTimeout(this.refresh);
    this.refresh = setTimeout(() => this.solution.refresh(), REFRESH_PAUSE_MS);
  }

  private async restore(attempt: Attempt): Promise<void> {
    this.editor.replace(attempt.files);
    this.editor.focus();
    const isRun = this.lab.mode === "operate" && attempt.inputs.length > 0;
    if (isRun) await this.play([...this.history, { ...current(this.history), attempt }]);
    this.result.say(this.words.restored, "plain");
  }

  /** What a link to this try holds: in mode deploy the text as it stands, since that is what would be deployed. */
  private get shared(): SharedTry {
    const { attempt, seed, deploys } = current(this.history);
    const { files } = this.editor;
    return { lab: this.lab.id, seed, deploys, attempt: { files, inputs: attempt.inputs } };
  }

  /** The try that a link brought; its texts are checked like any others before the cluster gets them. */
  private async takeShared({ attempt, seed, deploys }: SharedTry): Promise<void> {
    const words = SHARE_WORDS[this.lang];
    const isWanted = this.turns.take();
    this.engine.stop();
    this.checks.clear();
    this.editor.replace(attempt.files);
    if (!(await this.isAccepted(Object.keys(this.editor.files), isWanted))) {
      if (isWanted()) this.result.say(words.refused, "bad");
      return;
    }
    const files = this.editor.files;
    const stand = { attempt: { files, inputs: attempt.inputs }, seed, deploys };
    const run = await this.play([...this.history, stand], isWanted);
    if (run !== undefined) this.result.say(words.taken, "plain", "", [this.toTimeline()]);
  }

  /** The buttons say which file and which moment they are about. */
  private nameActions(): void {
    this.actions.name(this.editor.name, this.stage.nowMs);
  }

  private fault(error: unknown): void {
    this.result.say(this.words.fault(messageOf(error)), "bad");
  }

  private bringBack(attempt: Attempt): HTMLElement {
    return link(this.words.bringBack, () => void this.restore(attempt));
  }

  private toTimeline(): HTMLElement {
    return linkTo(this.words.showTimeline, this.stage.timeline);
  }
}

function sameAttempt(one: Attempt, other: Attempt): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
