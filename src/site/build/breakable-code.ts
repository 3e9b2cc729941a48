import type { HastPluginDefinition } from "satteri";

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

/**
 * Lets the code in a table break where a reader would break it, `progressDeadline` / `Seconds`. On a phone a name can be wider than its
 * column, and by itself a browser breaks it anywhere.
 */
export function breakableCode(): HastPluginDefinition {
  return {
    name: "breakable-code",
    element: {
      filter: ["code"],
      visit(node, context) {
        const [text, ...more] = node.children;
        if (text?.type !== "text" || more.length > 0) return;
        const pieces = piecesOf(text.value);
        if (pieces.length === 1) return;
        let around = context.parent(node);
        while (around.type === "element" && !["td", "th", "pre"].includes(around.tagName)) {
          around = context.parent(around);
        }
        if (around.type !== "element" || around.tagName === "pre") return;
        const children = pieces.flatMap((value, i) => [
          ...(i > 0
            ? [{ type: "element" as const, tagName: "wbr", properties: {}, children: [] }]
            : []),
          { type: "text" as const, value },
        ]);
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
