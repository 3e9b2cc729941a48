import type { HastNode } from "satteri";

export type HastElement = Extract<HastNode, { readonly type: "element" }>;

/** A word within which no line ends. */
export function wholeWord(word: string): HastElement {
  return {
    type: "element",
    tagName: "span",
    properties: { className: ["rl-whole"] },
    children: [{ type: "text", value: word }],
  };
}
