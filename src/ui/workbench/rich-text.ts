import { make } from "../elements.ts";
import { wholeWords, withParticles } from "../whole-words.ts";

/** A lab's sentence: what stands between backticks becomes code, all else is text. */
export function richText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [i, part] of text.split("`").entries()) {
    if (part !== "") fragment.append(i % 2 === 0 ? withParticles(part) : codeOf(part));
  }
  return fragment;
}

function codeOf(text: string): HTMLElement {
  const parts = wholeWords(text).map((part) =>
    part.whole ? make("span", { class: "rl-whole" }, part.text) : part.text,
  );
  return make("code", {}, ...parts);
}
