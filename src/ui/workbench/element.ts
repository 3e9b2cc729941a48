import type { Lab } from "../../labs/index.ts";
import type { Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import { WORKBENCH_WORDS } from "./words.ts";
import type { Workbench } from "./workbench.ts";

/** So far below the window it begins to load. */
const AHEAD_PX = 600;

/**
 * `<rl-workbench lab="requests-fail-on-deploy" lang="en">`: holds the task as text, and the lab as JSON in a `<script type="application/json">`.
 * The workbench comes when the element is near the window, and takes the task in; until then, and without scripts, the page reads as it is.
 */
export class WorkbenchElement extends HTMLElement {
  private workbench: Workbench | undefined;
  private observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    if (this.workbench !== undefined) return;
    this.observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void this.open();
      },
      { rootMargin: `${AHEAD_PX}px` },
    );
    this.observer.observe(this);
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
  }

  private async open(): Promise<void> {
    this.observer?.disconnect();
    const words = WORKBENCH_WORDS[this.language];
    const lab = this.readLab();
    if (lab === undefined) {
      this.tell(words.noLab(this.getAttribute("lab") ?? ""));
      return;
    }
    try {
      const { Workbench } = await import("./workbench.ts");
      const task = this.querySelector<HTMLElement>(":scope > section") ?? undefined;
      this.workbench = new Workbench({ lab, lang: this.language, task });
      this.replaceChildren(this.workbench.dom);
      this.dataset["ready"] = "";
    } catch (error) {
      this.tell(words.loadFailed(error instanceof Error ? error.message : String(error)));
    }
  }

  private get language(): Language {
    return this.lang === "ko" ? "ko" : "en";
  }

  private readLab(): Lab | undefined {
    const data = this.querySelector('script[type="application/json"]')?.textContent;
    return data ? (JSON.parse(data) as Lab) : undefined;
  }

  private tell(text: string): void {
    this.append(make("p", { class: "rl-note warning", role: "alert" }, text));
  }
}

/** Makes `<rl-workbench>` known to the page. */
export function defineWorkbench(): void {
  if (customElements.get("rl-workbench") === undefined) {
    customElements.define("rl-workbench", WorkbenchElement);
  }
}
