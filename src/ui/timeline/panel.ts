import type { Explanation, Step } from "../../words/explain.ts";
import { timestamp } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import { LIVE_WORDS } from "./live-words.ts";
import type { Box } from "./scene.ts";
import { escapeText } from "./svg.ts";

/** What the panel asks of the view around it. */
export interface PanelActions {
  /** The panel was closed: focus goes back to where it came from. */
  closed(): void;
  goTo(ms: number): void;
}

let panels = 0;

/** The answer to "why?" beside its mark. */
export class Panel {
  readonly element: HTMLElement;
  private readonly lang: Language;
  private readonly actions: PanelActions;

  constructor(lang: Language, actions: PanelActions) {
    this.lang = lang;
    this.actions = actions;
    this.element = document.createElement("section");
    this.element.className = "tl-panel";
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-labelledby", `tl-panel-${++panels}`);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.close();
        event.preventDefault();
      }
      event.stopPropagation();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Shows the answer below its mark, within the width of the stage. `links`: addresses of chapters by field. */
  open(
    explanation: Explanation,
    mark: Box,
    stageWidth: number,
    links: Readonly<Record<string, string>>,
  ): void {
    const { element } = this;
    const id = element.getAttribute("aria-labelledby")!;
    element.innerHTML = panelHtml(explanation, id, this.lang, links);
    element.querySelector(".tl-close")!.addEventListener("click", () => this.close());
    element
      .querySelector(".tl-go")!
      .addEventListener("click", () => this.actions.goTo(explanation.atMs));
    element.hidden = false;
    const width = element.offsetWidth;
    const left = Math.max(0, Math.min(mark.x + mark.w / 2 - width / 2, stageWidth - width));
    element.style.setProperty("--tl-left", `${Math.round(left)}px`);
    element.style.setProperty("--tl-top", `${Math.round(mark.y + mark.h + 8)}px`);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  /** Closes the panel and gives the focus back. */
  close(): void {
    if (!this.isOpen) return;
    this.hide();
    this.actions.closed();
  }

  /** Takes the panel away and leaves the focus alone. */
  hide(): void {
    this.element.hidden = true;
  }
}

function panelHtml(
  { title, what, rule, facts, steps, field }: Explanation,
  id: string,
  lang: Language,
  links: Readonly<Record<string, string>>,
): string {
  const words = LIVE_WORDS[lang];
  const link = field === undefined ? undefined : links[field];
  const fieldName = `<code>${escapeText(field ?? "")}</code>`;
  return [
    `<header><h3 id="${id}">${escapeText(title)}</h3>`,
    `<button type="button" class="tl-button tl-close" aria-label="${words.close}" title="${words.close}">`,
    `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8"/></svg></button></header>`,
    what === "" ? "" : `<p class="tl-what">${escapeText(what)}</p>`,
    rule === undefined ? "" : `<p><b>${words.rule}</b> ${escapeText(rule)}</p>`,
    field === undefined
      ? ""
      : `<p><b>${words.field}</b> ${link === undefined ? fieldName : `<a href="${escapeText(link)}">${fieldName}</a>`}</p>`,
    steps.length === 0
      ? ""
      : `<h4>${words.course}</h4><ol>${steps.map((step) => stepHtml(step, lang)).join("")}</ol>`,
    facts.length === 0
      ? ""
      : `<dl>${facts.map(({ name, value }) => `<dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd>`).join("")}</dl>`,
    `<button type="button" class="tl-go">${words.goTo}</button>`,
  ].join("");
}

function stepHtml({ atMs, text, actor, upstream }: Step, lang: Language): string {
  const source = [actor, upstream].filter((part) => part !== undefined).join(": ");
  return (
    `<li><time>${timestamp(atMs, lang)}</time><span>${escapeText(text)}` +
    `${source === "" ? "" : `<small>${escapeText(source)}</small>`}</span></li>`
  );
}
