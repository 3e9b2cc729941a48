import type { Run } from "../../simulator/record.ts";
import type { Language } from "../../words/language.ts";
import { createSimulatorClient, type SimulatorClient } from "../run-worker/client.ts";
import { defineTimeline } from "../timeline/element.ts";
import { countsHtml } from "./counts.ts";
import type { Figure, KnobValues } from "./figure.ts";
import { viewed, windowOf } from "./view.ts";

/** What is wanted to be shown. */
interface Wanted {
  readonly values: KnobValues;
  /** Whether a knob stands elsewhere than at first. */
  readonly isOther: boolean;
}

/** Replays a figure's run in the worker and shows it in the figure's own elements. */
export class LiveFigure {
  private readonly element: HTMLElement;
  private readonly figure: Figure;
  private readonly lang: Language;
  private readonly client: SimulatorClient = createSimulatorClient();
  private wanted: Wanted | undefined;
  private running = false;

  constructor(element: HTMLElement, figure: Figure, lang: Language) {
    this.element = element;
    this.figure = figure;
    this.lang = lang;
  }

  /** Ends the worker. */
  close(): void {
    this.client.close();
  }

  /** Runs what is wanted last. A run under way is let finish, so that a dragged slider shows all that the machine has time for. */
  async replay(values: KnobValues, isOther: boolean): Promise<void> {
    this.wanted = { values, isOther };
    if (this.running) return;
    this.running = true;
    try {
      while (this.wanted !== undefined) {
        const next: Wanted = this.wanted;
        this.wanted = undefined;
        const run = await this.client.run({ scenario: this.figure.scenario(next.values) });
        await new Promise((resolve) => requestAnimationFrame(resolve));
        this.show(run, next.isOther);
      }
    } finally {
      this.running = false;
    }
  }

  private show(run: Run, isOther: boolean): void {
    const { view, tells } = this.figure;
    const { timeline } = run;
    defineTimeline();
    const picture = this.element.querySelector("rl-timeline");
    if (picture !== null) {
      // Once: later the reader may have zoomed.
      if (picture.timeline === undefined) picture.focusInterval = windowOf(view);
      picture.timeline = viewed(timeline, view);
    }
    const now = this.element.querySelector<HTMLElement>("[data-now]");
    if (now !== null) {
      now.innerHTML = countsHtml(run, this.lang, tells);
      now.parentElement!.hidden = !isOther;
    }
  }
}
