import type { Language } from "../../words/language.ts";
import {
  initialValues,
  type Figure,
  type Knob,
  type KnobValue,
  type KnobValues,
} from "./figure.ts";
import type { LiveFigure } from "./live.ts";
import { loadFigure } from "./load.ts";
import { FIGURE_WORDS } from "./words.ts";

/**
 * `<rl-figure figure="incident" lang="en">`: comes written into the page (`figureHtml`). Nothing is loaded until it is touched; then the
 * picture comes alive, the simulator starts in its worker and every change replays the run.
 */
export class FigureElement extends HTMLElement {
  private loading: Promise<{ readonly figure: Figure; readonly live: LiveFigure }> | undefined;

  connectedCallback(): void {
    const form = this.querySelector("form");
    form?.addEventListener("input", () => void this.change());
    form?.addEventListener("reset", () => setTimeout(() => void this.change(), 0));
    form?.addEventListener("submit", (event) => event.preventDefault());
    this.querySelector(".tl-waiting")?.replaceChildren(this.startButton(), this.startHint());
  }

  disconnectedCallback(): void {
    void this.loading?.then(({ live }) => live.close());
    this.loading = undefined;
  }

  private get language(): Language {
    return this.lang.startsWith("ko") ? "ko" : "en";
  }

  /** What the picture is a run of, and what replays it: they come with the first touch. */
  private load() {
    return (this.loading ??= loadParts(this, this.getAttribute("figure") ?? "", this.language));
  }

  /** Stands where the controls will be. */
  private startButton(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tl-button fig-start";
    button.textContent = FIGURE_WORDS[this.language].start;
    button.addEventListener("click", () => {
      button.disabled = true;
      void this.change().then(() => this.querySelector("rl-timeline")?.play());
    });
    return button;
  }

  private startHint(): HTMLElement {
    const hint = document.createElement("p");
    hint.className = "fig-start-hint";
    hint.textContent = FIGURE_WORDS[this.language].startHint;
    return hint;
  }

  /** Replays the run with the knobs as they stand. */
  private async change(): Promise<void> {
    try {
      const { figure, live } = await this.load();
      const values = this.readKnobs(figure);
      const initial = initialValues(figure);
      const isOther = Object.keys(initial).some((id) => values[id] !== initial[id]);
      const reset = this.querySelector<HTMLButtonElement>("button[type=reset]");
      if (reset !== null) reset.hidden = !isOther;
      await live.replay(values, isOther);
    } catch (error) {
      this.tellTrouble(error);
    }
  }

  /** The values that the inputs stand at; says them beside the sliders. */
  private readKnobs({ knobs }: Figure): KnobValues {
    const values: Record<string, KnobValue> = {};
    for (const [id, knob] of Object.entries(knobs)) {
      const input = this.querySelector<HTMLInputElement>(selectorOf(id, knob));
      const value = knob.stops[placeOf(input, knob)] ?? knob.initial;
      values[id] = value;
      if (knob.kind !== "slider" || input === null) continue;
      const said = knob.say(value, this.language);
      input.setAttribute("aria-valuetext", said);
      const output = input.parentElement?.querySelector("output");
      if (output) output.textContent = said;
    }
    return values;
  }

  private tellTrouble(error: unknown): void {
    const place = this.querySelector<HTMLElement>(".fig-trouble");
    if (place === null || !this.isConnected) return;
    const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
    place.textContent = `${FIGURE_WORDS[this.language].trouble} ${message ?? ""}`;
    place.hidden = false;
  }
}

async function loadParts(element: HTMLElement, id: string, lang: Language) {
  const [{ LiveFigure }, figure] = await Promise.all([import("./live.ts"), loadFigure(id)]);
  return { figure, live: new LiveFigure(element, figure, lang) };
}

function selectorOf(id: string, { kind }: Knob): string {
  return kind === "choice" ? `[name="${id}"]:checked` : `[name="${id}"]`;
}

function placeOf(input: HTMLInputElement | null, { kind, stops, initial }: Knob): number {
  if (input === null) return stops.indexOf(initial);
  return kind === "switch" ? Number(input.checked) : Number(input.value);
}

/** Makes `<rl-figure>` known to the page. */
export function defineFigure(): void {
  if (customElements.get("rl-figure") === undefined) {
    customElements.define("rl-figure", FigureElement);
  }
}
