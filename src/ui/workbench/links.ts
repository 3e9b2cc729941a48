import { make } from "../elements.ts";

/** A button that reads as a link. */
export function link(label: string, onclick: () => void): HTMLElement {
  return make("button", { type: "button", class: "rl-link", onclick }, label);
}

/** A link to the section that a part stands in; its heading gets the focus. */
export function linkTo(label: string, part: HTMLElement): HTMLElement {
  return link(label, () => {
    const section = part.closest("section");
    section?.scrollIntoView({ block: "start" });
    section?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  });
}
