import type { Language } from "../../words/language.ts";
import type { OwnManifest } from "./own-manifest.ts";

/**
 * `<rl-own-manifest lang="en">`: holds an example in a `<script type="text/yaml">` and what is said without scripts; the workbench takes their
 * place.
 */
export class OwnManifestElement extends HTMLElement {
  private workbench: OwnManifest | undefined;

  connectedCallback(): void {
    if (this.workbench === undefined) void this.open();
  }

  private async open(): Promise<void> {
    const example = this.querySelector('script[type="application/json"]')?.textContent ?? '""';
    const lang: Language = this.lang === "ko" ? "ko" : "en";
    const { OwnManifest } = await import("./own-manifest.ts");
    this.workbench = new OwnManifest(lang, JSON.parse(example) as string);
    this.replaceChildren(this.workbench.dom);
    this.dataset["ready"] = "";
  }
}

/** Makes `<rl-own-manifest>` known to the page. */
export function defineOwnManifest(): void {
  if (customElements.get("rl-own-manifest") === undefined) {
    customElements.define("rl-own-manifest", OwnManifestElement);
  }
}
