import type { Lab } from "../../labs/index.ts";
import type { Run } from "../../simulator/index.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { runAsJson, runAsMermaid } from "./export-run.ts";
import { fragmentOfMoment, momentOf } from "./moment.ts";
import { pngOf } from "./picture.ts";
import { saveFile } from "./save-file.ts";
import { fragmentOf, openFragment, type SharedTry } from "./shared-try.ts";
import { SHARE_WORDS, type ShareWords } from "./words.ts";

/** What links are made of, and what becomes of one that is opened. */
export interface ShareOptions {
  readonly lab: Lab;
  readonly lang: Language;
  readonly momentMs: () => number;
  readonly shared: () => SharedTry;
  /** What the page shows. */
  readonly run: () => Run | undefined;
  /** The timeline as it shows, as an SVG file. */
  readonly picture: () => string | undefined;
  /** Puts a try in the place of what is there. */
  readonly take: (shared: SharedTry) => void;
}

type Format = "json" | "mmd" | "svg" | "png";

/** Buttons that copy links and save files, and what the link says that the page was opened with. */
export class ShareBar {
  readonly dom: HTMLElement;
  /** Stands where one's own former tries are offered, too. */
  readonly offer = make("div", {});
  /** The moment that the page was opened at. */
  readonly openedAtMs: number | undefined = momentOf(location.hash);
  private readonly options: ShareOptions;
  private readonly words: ShareWords;
  private readonly said = make("span", { role: "status" });
  private readonly link = make("input", { type: "text", readonly: true, hidden: true });

  constructor(options: ShareOptions) {
    this.options = options;
    this.words = SHARE_WORDS[options.lang];
    const { copyMoment, copyTry, copyByHand } = this.words;
    const button = (label: string, onclick: () => void) =>
      make("button", { type: "button", class: "rl-link", onclick }, label);
    this.link.setAttribute("aria-label", copyByHand);
    this.dom = make(
      "div",
      { class: "rl-share" },
      button(copyMoment, () => void this.copy(fragmentOfMoment(options.momentMs()))),
      button(copyTry, () => void this.copyTry()),
      button(this.words.saveJson, () => void this.save("json")),
      button(this.words.saveMermaid, () => void this.save("mmd")),
      button(this.words.saveSvg, () => void this.save("svg")),
      button(this.words.savePng, () => void this.save("png")),
      this.said,
      this.link,
    );
    void this.open();
  }

  private async copyTry(): Promise<void> {
    const fragment = await fragmentOf(this.options.shared());
    if (fragment === undefined) this.said.textContent = this.words.tooLong;
    else await this.copy(fragment);
  }

  private async copy(fragment: string): Promise<void> {
    const address = new URL(`#${fragment}`, location.href).href;
    this.link.hidden = true;
    try {
      await navigator.clipboard.writeText(address);
      this.said.textContent = this.words.copied;
    } catch {
      this.said.textContent = this.words.copyByHand;
      this.link.value = address;
      this.link.hidden = false;
      this.link.select();
    }
  }

  private async save(format: Format): Promise<void> {
    const run = this.options.run();
    const svg = this.options.picture();
    if (run === undefined || svg === undefined) return;
    const { lab, lang, shared } = this.options;
    const name = `${lab.id}.${format}`;
    const text = (content: string, type: string) => new Blob([content], { type });
    if (format === "json") saveFile(name, text(runAsJson(shared(), run), "application/json"));
    if (format === "mmd") {
      saveFile(name, text(runAsMermaid(lab.title[lang], run, lang), "text/plain"));
    }
    if (format === "svg") saveFile(name, text(svg, "image/svg+xml"));
    if (format !== "png") return;
    try {
      saveFile(name, await pngOf(svg));
    } catch {
      this.said.textContent = this.words.noPng;
    }
  }

  private async open(): Promise<void> {
    const { words } = this;
    const opened = await openFragment(location.hash);
    if (opened.kind === "none") return;
    if (opened.kind === "broken") return this.warn(words.broken);
    if (opened.kind === "too-long") return this.warn(words.tooLongToOpen);
    const { shared } = opened;
    const { lab } = this.options;
    if (shared.lab !== lab.id) return this.warn(words.otherLab(shared.lab));
    const names = lab.start.map(({ name }) => name);
    const unknown = Object.keys(shared.attempt.files).find((name) => !names.includes(name));
    if (unknown !== undefined) return this.warn(words.unknownFile(unknown.slice(0, 80)));
    this.ask(shared);
  }

  /** Nothing is replaced before somebody says so. */
  private ask(shared: SharedTry): void {
    const { words } = this;
    const lines = shared.attempt.inputs.filter(({ action }) => action.kind === "shell").length;
    const button = (label: string, onclick: () => void) =>
      make("button", { type: "button", class: "rl-button small", onclick }, label);
    const note = make(
      "div",
      { class: "rl-note" },
      make("p", { role: "status" }, words.offered(lines)),
      make(
        "p",
        { class: "rl-note-buttons" },
        button(words.take, () => {
          note.remove();
          this.options.take(shared);
        }),
        button(words.leave, () => note.remove()),
      ),
    );
    this.offer.append(note);
  }

  private warn(text: string): void {
    this.offer.append(make("p", { class: "rl-note warning", role: "status" }, text));
  }
}
