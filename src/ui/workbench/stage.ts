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

/** Where a run is shown: timeline, terminal and sentences, all at the playhead's moment. */
export class Stage {
  readonly timeline: TimelineElement;
  readonly terminal: TerminalPane;
  readonly story: Story;
  private readonly lab: Lab;
  private shown: Run | undefined;

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

  /** Shows the run of a stand, at a moment when one is given; returns the first sentence about it. */
  show(stand: Stand, run: Run, atMs?: number): Sentence | undefined {
    const { timeline } = run;
    this.shown = run;
    const focus = focusOfStand(timeline, this.lab, stand);
    this.timeline.focusInterval = focus;
    this.timeline.timeline = timeline;
    this.terminal.show(stand.attempt.inputs, timeline);
    this.timeline.playheadMs = atMs ?? restMs(this.lab, stand, focus);
    return this.story.tell(timeline);
  }

  /** Plays on while the program that was typed runs. */
  playOn(): void {
    const { running } = this.terminal;
    if (running === undefined || running.editing !== undefined) return;
    this.timeline.playUntil(running.endMs ?? Infinity);
  }
}
