import { simulate } from "../../scenario/index.ts";
import type { Language } from "../../words/language.ts";
import { timelineHtml } from "../timeline/static.ts";
import { escapeText } from "../timeline/svg.ts";
import { countsHtml } from "./counts.ts";
import { initialValues, type Figure, type Knob } from "./figure.ts";
import { loadFigure } from "./load.ts";
import { viewed, windowOf } from "./view.ts";
import { FIGURE_WORDS } from "./words.ts";

/** How a figure is written into a page. */
export interface FigureOptions {
  readonly lang: Language;
  /** Begins the ids in the markup; different for every figure of a page. */
  readonly id: string;
  /** Width of the picture's wide arrangement. */
  readonly width?: number;
}

/**
 * A figure as HTML: its knobs, its counts and its picture, from a run made here and now. It can be read without scripts; `defineFigure`
 * brings it to life.
 */
export async function figureHtml(
  figureId: string,
  { lang, id, width }: FigureOptions,
): Promise<string> {
  const figure = await loadFigure(figureId);
  const run = simulate(figure.scenario(initialValues(figure)));
  const counts = countsHtml(run, lang, figure.tells);
  const words = FIGURE_WORDS[lang];
  const picture = timelineHtml(viewed(run.timeline, figure.view), {
    lang,
    id,
    live: true,
    ...windowOf(figure.view),
    ...(width === undefined ? {} : { width }),
  });
  return [
    `<rl-figure figure="${escapeText(figureId)}" lang="${lang}">`,
    knobsHtml(figure, id, lang),
    `<div class="fig-counts"><dl><div><dt>${words.before}</dt><dd data-before>${counts}</dd></div>`,
    `<div class="fig-now" hidden><dt>${words.now}</dt><dd data-now role="status"></dd></div></dl>`,
    hasReset(figure)
      ? `<button type="reset" form="${id}-form" class="tl-go fig-reset" hidden>${words.reset}</button>`
      : "",
    `</div>`,
    `<p class="fig-trouble" role="alert" hidden></p>`,
    `<rl-timeline lang="${lang}">${picture}</rl-timeline></rl-figure>`,
  ].join("");
}

/** A switch is its own way back. */
function hasReset({ knobs }: Figure): boolean {
  return Object.values(knobs).some(({ kind }) => kind !== "switch");
}

function knobsHtml({ knobs }: Figure, id: string, lang: Language): string {
  const words = FIGURE_WORDS[lang];
  const html = Object.entries(knobs).map(([name, knob]) =>
    knobHtml(knob, name, `${id}-${name}`, lang),
  );
  // A page may hold several figures: what can be changed tells them apart.
  const labels = Object.values(knobs).map(({ label }) => escapeText(label[lang]));
  const name = `${words.knobs}: ${labels.join(", ")}`;
  return `<form class="fig-knobs" id="${id}-form" aria-label="${name}">${html.join("")}</form>`;
}

function knobHtml(knob: Knob, name: string, id: string, lang: Language): string {
  const label = escapeText(knob.label[lang]);
  const place = knob.stops.indexOf(knob.initial);
  switch (knob.kind) {
    case "switch": {
      const checked = place === 1 ? " checked" : "";
      // What reads the same in every language is a setting; all else is prose.
      const settings = new Set(Object.values(knob.label)).size === 1;
      const shown = settings ? `<code>${label}</code>` : `<span>${label}</span>`;
      return `<label class="fig-switch"><input type="checkbox" role="switch" name="${name}"${checked}>${shown}</label>`;
    }
    case "choice": {
      const options = knob.stops.map((stop, i) => {
        const checked = i === place ? " checked" : "";
        const said = escapeText(knob.say(stop, lang));
        return `<label><input type="radio" name="${name}" value="${i}"${checked}><span>${said}</span></label>`;
      });
      return `<fieldset class="fig-choice"><legend>${label}</legend><div>${options.join("")}</div></fieldset>`;
    }
    case "slider": {
      const said = escapeText(knob.say(knob.initial, lang));
      return (
        `<div class="fig-knob"><label for="${id}">${label}</label>` +
        `<input type="range" id="${id}" name="${name}" min="0" max="${knob.stops.length - 1}" step="1" value="${place}" aria-valuetext="${said}">` +
        `<output for="${id}">${said}</output></div>`
      );
    }
  }
}
