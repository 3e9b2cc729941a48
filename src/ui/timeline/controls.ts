import { outcomeWords } from "../../words/causes.ts";
import { grouped } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { PHASES } from "../../words/phases.ts";
import { LIVE_WORDS } from "./live-words.ts";
import type { Moment } from "./moments.ts";

/** What a control asks for. */
export type Command =
  "rewind" | "previous" | "toggle" | "next" | "zoom-in" | "zoom-out" | "fit" | "whole";

const ICONS: Readonly<Record<Command | "pause", string>> = {
  rewind: "M3 3v10M13 3L6 8l7 5z",
  previous: "M10 3L4 8l6 5M13 3v10",
  toggle: "M4 2.5L13 8l-9 5.5z",
  pause: "M4.5 3v10M11.5 3v10",
  next: "M6 3l6 5-6 5M3 3v10",
  "zoom-in": "M8 3v10M3 8h10",
  "zoom-out": "M3 8h10",
  fit: "M2 3v10M14 3v10M5 8h6M7 6L5 8l2 2M9 6l2 2-2 2",
  whole: "M5 5L2 8l3 3M11 5l3 3-3 3M2 8h12",
};

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];

/** The bar above the picture: playback, speed, zoom, help, and the state at the playhead. */
export class Controls {
  readonly element: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private readonly readout: HTMLElement;
  private readonly lang: Language;
  private shown = "";

  constructor(
    lang: Language,
    onCommand: (command: Command) => void,
    onSpeed: (speed: number) => void,
  ) {
    this.lang = lang;
    const words = LIVE_WORDS[lang];
    const button = (command: Command, label: string) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "tl-button";
      made.dataset.command = command;
      name(made, label, ICONS[command]);
      made.addEventListener("click", () => onCommand(command));
      return made;
    };
    this.toggle = button("toggle", words.play);
    const speed = document.createElement("select");
    speed.className = "tl-speed";
    speed.setAttribute("aria-label", words.speed);
    for (const value of SPEEDS) {
      speed.append(new Option(`${value}×`, String(value), value === 1, value === 1));
    }
    speed.addEventListener("change", () => onSpeed(Number(speed.value)));
    this.readout = document.createElement("div");
    this.readout.className = "tl-readout";
    this.element = document.createElement("div");
    this.element.className = "tl-controls";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", words.controls);
    const play = group(
      button("rewind", words.rewind),
      button("previous", words.previous),
      this.toggle,
      button("next", words.next),
      speed,
    );
    const zoom = group(
      button("zoom-out", words.zoomOut),
      button("zoom-in", words.zoomIn),
      button("fit", words.fit),
      button("whole", words.whole),
      help(lang),
    );
    zoom.classList.add("tl-zoom");
    this.element.append(play, zoom, this.readout);
  }

  set playing(playing: boolean) {
    const words = LIVE_WORDS[this.lang];
    name(this.toggle, playing ? words.pause : words.play, ICONS[playing ? "pause" : "toggle"]);
  }

  /** Writes the state at the playhead; only what has changed touches the page. */
  show(moment: Moment): void {
    const html = readoutHtml(moment, this.lang);
    if (html === this.shown) return;
    this.shown = html;
    this.readout.innerHTML = html;
  }
}

/** The state in a sentence, for the playhead's spoken value. */
export function momentText({ atMs, ready, outcomes }: Moment, lang: Language): string {
  const words = LIVE_WORDS[lang];
  const parts = [words.seconds((atMs / 1000).toFixed(2))];
  if (ready !== undefined) parts.push(`${words.ready} ${ready.ready}`);
  for (const { outcome, requests } of outcomes) {
    const label = outcome === "200" ? words.answered : outcomeWords(outcome, lang);
    parts.push(`${label} ${requests}`);
  }
  return parts.join(", ");
}

function readoutHtml({ atMs, ready, bounded, phases, outcomes }: Moment, lang: Language): string {
  const words = LIVE_WORDS[lang];
  const item = (label: string, value: string, look = "") =>
    `<span class="tl-fact ${look}">${label} <b>${value}</b></span>`;
  return [
    `<output class="tl-time">${words.seconds((atMs / 1000).toFixed(2))}</output>`,
    ready === undefined ? "" : item(words.ready, `${ready.ready}`),
    ready === undefined || !bounded
      ? ""
      : `<span class="tl-fact tl-range">${words.of(ready.min, ready.max)}</span>`,
    ...phases
      .filter(({ phase }) => phase !== "ready")
      .map(({ phase, pods }) => item(PHASES[phase][lang].short, `${pods}`)),
    ...outcomes.map(({ outcome, requests }) =>
      outcome === "200"
        ? item(words.answered, grouped(requests), "tl-apart")
        : item(outcomeWords(outcome, lang), grouped(requests), "tl-bad"),
    ),
  ].join("");
}

function name(button: HTMLButtonElement, label: string, icon: string): void {
  button.setAttribute("aria-label", label);
  button.title = label;
  button.innerHTML = `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${icon}"/></svg>`;
}

function group(...children: HTMLElement[]): HTMLElement {
  const element = document.createElement("div");
  element.className = "tl-group-of-buttons";
  element.append(...children);
  return element;
}

function help(lang: Language): HTMLElement {
  const words = LIVE_WORDS[lang];
  const details = document.createElement("details");
  details.className = "tl-help";
  const rows = words.keys.map(([keys, what]) => `<dt>${keys}</dt><dd>${what}</dd>`).join("");
  details.innerHTML = `<summary>${words.help}</summary><dl>${rows}</dl>`;
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
    event.stopPropagation();
  });
  return details;
}
