import { make } from "../elements.ts";

/** A lab's sentence: what stands between backticks becomes code, all else is text. */
export function richText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [i, part] of text.split("`").entries()) {
    if (part !== "") fragment.append(i % 2 === 0 ? part : make("code", {}, part));
  }
  return fragment;
}
