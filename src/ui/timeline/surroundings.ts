import type { Timeline } from "../../simulator/record.ts";
import type { Interval } from "../../words/findings.ts";
import type { Language } from "../../words/language.ts";
import { tableToHtml } from "./table.ts";

/** Rows of the live table. */
const ROWS_MAX = 1000;

/** What stands below a live picture: its legend, and its table, whose rows are made when somebody looks. */
export class Surroundings {
  private readonly root: HTMLElement;
  private readonly lang: Language;
  private legend = "";
  private drawn: Timeline | undefined;

  /** `root`: the box that holds the stage. */
  constructor(root: HTMLElement, lang: Language) {
    this.root = root;
    this.lang = lang;
  }

  /** Puts this legend in place of the last one, if it differs. */
  showLegend(html: string): void {
    if (html === this.legend) return;
    this.legend = html;
    const old = ":scope > :is(.tl-wide, .tl-narrow, .tl-legend)";
    for (const element of this.root.querySelectorAll(old)) element.remove();
    this.root.querySelector(".tl-stage")?.insertAdjacentHTML("afterend", html);
  }

  /** Puts the run's table in place of the last one's. */
  showTable(timeline: Timeline, interval: Interval): void {
    if (timeline === this.drawn) return;
    this.drawn = timeline;
    const { root, lang } = this;
    const old = root.querySelector<HTMLDetailsElement>(":scope > .tl-table");
    const wasOpen = old?.open ?? false;
    old?.remove();
    const html = (rows: number) => tableToHtml(timeline, interval, lang, rows);
    root.insertAdjacentHTML("beforeend", html(wasOpen ? ROWS_MAX : 0));
    const table = root.querySelector<HTMLDetailsElement>(":scope > .tl-table")!;
    table.open = wasOpen;
    table.addEventListener("toggle", () => {
      if (!table.open || table.querySelector("tbody tr") !== null) return;
      const full = document.createElement("div");
      full.innerHTML = html(ROWS_MAX);
      const rows = full.querySelector(".tl-table-scroll");
      if (rows !== null) table.querySelector(".tl-table-scroll")?.replaceWith(rows);
    });
  }
}
