import type { HastPluginDefinition, PluginFactoryContext } from "satteri";
import { wholeWord } from "./whole-word.ts";

/** Words of up to so many letters stay whole: they fit a column of a table on a phone. */
const WHOLE_MAX = 16;

/** Where a browser would end a line within a Korean word in spite of `word-break: keep-all`: after a hyphen in a name, and between a bracket, quote or percent sign and the Hangul beside it. */
const BREAKABLE = /[\w]-(?=[\w])|[)\]%”’](?=[\uac00-\ud7a3])|[\uac00-\ud7a3\w](?=\()/;

/** The text in pieces, every second of them a word that must not be broken. */
export function wholeKoreanWordsOf(text: string): string[] {
  const pieces = [""];
  for (const part of text.split(/(\s+)/)) {
    if (part.length <= WHOLE_MAX && BREAKABLE.test(part)) pieces.push(part, "");
    else pieces[pieces.length - 1] += part;
  }
  return pieces;
}

/** Keeps the words of Korean pages whole, `kube-proxy` and `25%는`, where the browser would break them. */
export const koreanWords = ({ fileURL }: PluginFactoryContext): HastPluginDefinition | false =>
  fileURL?.pathname.includes("/content/docs/ko/") === true && {
    name: "korean-words",
    text(node, context) {
      const around = context.parent(node);
      if (around?.type === "element" && ["code", "pre"].includes(around.tagName)) return;
      const pieces = wholeKoreanWordsOf(node.value);
      if (pieces.length === 1) return;
      const nodes = pieces.map((value, i) =>
        i % 2 === 0 ? { type: "text" as const, value } : wholeWord(value),
      );
      context.replaceNode(
        node,
        nodes.filter((piece) => piece.type !== "text" || piece.value !== ""),
      );
    },
  };
