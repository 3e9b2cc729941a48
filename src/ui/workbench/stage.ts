import type { Lab } from "../../labs/index.ts";
import type { Run } from "../../simulator/index.ts";
import type { Language } from "../../words/language.ts";
import type { Sentence } from "../../words/tell-run.ts";
import { make } from "../elements.ts";
import { TerminalPane, type TerminalAction } from "../terminal/index.ts";
import { defineTimeline, type TimelineElement } from "../timeline/element.ts";
import { objectsAt } from "./known-objects.ts";
import { focusOfStand, restMs } from "./lab-facts.ts";
import type { Stand } from "./stand.ts";
import { Story } from "./story.ts";

/** What the stage asks and tells. */
interface Surroundings {
  act(action: TerminalAction): Promise<boolean>;
  /** Names of the editor's files. */
  fileNames(): readonly string[];
  /** The playhead stands elsewhere. */
  moved(): void;
}

/** While time passes, the story follows so often. */
const STORY_PAUSE_MS = 300;

/**
 * Where a run is shown: timeline, terminal and sentences, all at the playhead's moment. Where a cluster is operated, and before anything is
 * deployed, the sentences tell no more than what the learner has seen happen: how it would end if nobody acted is for the learner to find out,
 * or to prevent.
 */
export class Stage {
  readonly timeline: TimelineElement;
  readonly terminal: TerminalPane;
  readonly story: Story;
  private readonly lab: Lab;
  private shown: Run | undefined;
  /** The latest moment that the story tells of, and when it is to go on. */
  private toldMs = Infinity;
  private goesOn: ReturnType<typeof setTimeout> | undefined;

  constructor(lab: Lab, lang: Language, around: Surroundings) {
    this.lab = lab;
    defineTimeline();
    this.timeline = make("rl-timeline", { lang });
    this.terminal = new TerminalPane({
      lang,
      isOpen: lab.mode === "operate",
      act: (action) => around.act(action),
      known: () => ({
        files: around.fileNames(),
        objects: this.shown === undefined ? [] : objectsAt(this.shown, this.nowMs),
      }),
    });
    this.story = new Story(lang, ({ atMs, subject }) => this.timeline.reveal(atMs, subject));
    this.timeline.addEventListener("playhead", () => {
      this.terminal.moveTo(this.timeline.playheadMs);
      if (this.timeline.playheadMs > this.toldMs) {
        this.goesOn ??= setTimeout(() => this.tellOn(), STORY_PAUSE_MS);
      }
      around.moved();
    });
  }

  /** The run that is shown. */
  get run(): Run | undefined {
    return this.shown;
  }

  /** The moment that "now" means: the playhead's, and the deploy's while there is no picture yet. */
  get nowMs(): number {
    return this.timeline.timeline === undefined ? this.lab.beginMs : this.timeline.playheadMs;
  }

  /** The run that is shown in a sentence, to its end. */
  get sum(): string {
    return this.shown === undefined ? "" : this.story.sumOf(this.shown.timeline);
  }

  /** Shows the run of a stand, at a moment when one is given; returns the first sentence about it. */
  show(stand: Stand, run: Run, atMs?: number): Sentence | undefined {
    const { timeline } = run;
    this.shown = run;
    clearTimeout(this.goesOn);
    this.goesOn = undefined;
    const focus = focusOfStand(timeline, this.lab, stand);
    this.timeline.focusInterval = focus;
    this.timeline.timeline = timeline;
    this.terminal.show(stand.attempt.inputs, timeline);
    const nowMs = atMs ?? restMs(this.lab, stand, focus);
    const isUntouched = !stand.deploys && stand.attempt.inputs.length === 0;
    this.toldMs = this.lab.mode === "operate" || isUntouched ? nowMs : Infinity;
    this.timeline.playheadMs = nowMs;
    return this.story.tell(timeline, this.toldMs);
  }

  /** Tells the run to its end: it has been judged. */
  tellWhole(): void {
    this.toldMs = Infinity;
    if (this.shown !== undefined) this.story.tell(this.shown.timeline);
  }

  private tellOn(): void {
    this.goesOn = undefined;
    this.toldMs = Math.max(this.toldMs, this.nowMs);
    if (this.shown !== undefined) this.story.tell(this.shown.timeline, this.toldMs);
  }

  /** Plays on while the program that was typed runs. */
  playOn(): void {
    const { running } = this.terminal;
    if (running === undefined || running.editing !== undefined) return;
    this.timeline.playUntil(running.endMs ?? Infinity);
  }
}
