import { defineFigure } from "../../../src/ui/figure/element.ts";
import { defineTimeline } from "../../../src/ui/timeline/element.ts";
import { syntheticTimeline, type SyntheticOptions } from "../synthetic-timeline.ts";

declare global {
  /** What a test asks of the page. */
  interface Window {
    harness: {
      defineFigure(): void;
      /** Gives the page's timeline a run. */
      showTimeline(options: SyntheticOptions): void;
    };
  }
}

window.harness = {
  defineFigure,
  showTimeline(options) {
    defineTimeline();
    const timeline = document.querySelector("rl-timeline");
    if (timeline === null) throw new Error("the page has no rl-timeline");
    timeline.timeline = syntheticTimeline(options);
  },
};
