import type { HastPluginDefinition } from "satteri";
import { wholeWords } from "../../ui/whole-words.ts";
import { wholeWord, type HastElement } from "./whole-word.ts";

/** Names up to so many letters stay whole. */
const WHOLE_MAX = 16;

/** The pieces of code between which a line may end, besides at its spaces: a long name's capitals begin one, dots, slashes and their like end one. */
export function piecesOf(code: string): string[] {
  return code.split(/(?<= )/).reduce<string[]>((pieces, word) => {
    const parts =
      word.trim().length > WHOLE_MAX
        ? word.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[._/:=])(?=\w)/)
        : [word];
    const last = pieces.pop() ?? "";
    return [...pieces, last + parts[0]!, ...parts.slice(1)];
  }, []);
}

type Children = HastElement["children"];

/** What a code in a table's cell becomes. */
function inCell(code: string): Children {
  return piecesOf(code).flatMap((piece, i) => [
    ...(i > 0 ? [{ type: "element" as const, tagName: "wbr", properties: {}, children: [] }] : []),
    ...inText(piece, WHOLE_MAX),
  ]);
}

/** What a code in running text becomes. */
function inText(code: string, most?: number): Children {
  return wholeWords(code, most).map(({ text, whole }) =>
    whole ? wholeWord(text) : { type: "text", value: text },
  );
}

/**
 * Lets code break where a reader would break it: in a table, where a name can be wider than its column on a phone, at its words,
 * `progressDeadline` / `Seconds`; nowhere within a short word, `node-2`. By itself a browser breaks it anywhere.
 */
export function breakableCode(): HastPluginDefinition {
  return {
    name: "breakable-code",
    element: {
      filter: ["code"],
      visit(node, context) {
        const [text, ...more] = node.children;
        if (text?.type !== "text" || more.length > 0) return;
        let around = context.parent(node);
        while (around.type === "element" && !["td", "th", "pre"].includes(around.tagName)) {
          around = context.parent(around);
        }
        const place = around.type === "element" ? around.tagName : "text";
        if (place === "pre") return;
        const children = place === "text" ? inText(text.value) : inCell(text.value);
        if (children.every(({ type }) => type === "text")) return;
        context.replaceNode(node, {
          type: "element",
          tagName: "code",
          properties: { ...node.properties },
          children,
        });
      },
    },
  };
}
