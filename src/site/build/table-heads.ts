import type { HastNode, HastPluginDefinition } from "satteri";

type Element = Extract<HastNode, { readonly type: "element" }>;

const elementsOf = (node: Element): Element[] =>
  node.children.filter((child): child is Element => child.type === "element");

/**
 * Where the corner of a Markdown table is left empty, its first column says what each row is about: those cells become
 * the rows' heads, and the corner no head at all, since it heads nothing.
 */
export function tableHeads(): HastPluginDefinition {
  return {
    name: "table-heads",
    element: {
      filter: ["table"],
      visit(table, context) {
        const [head, ...bodies] = elementsOf(table);
        const corner = head && elementsOf(head).flatMap(elementsOf)[0];
        if (corner?.tagName !== "th" || corner.children.length > 0) return;
        context.replaceNode(corner, { ...corner, tagName: "td" });
        for (const row of bodies.flatMap(elementsOf)) {
          const [first] = elementsOf(row);
          if (first === undefined) continue;
          const properties = { ...first.properties, scope: "row" };
          context.replaceNode(first, { ...first, tagName: "th", properties });
        }
      },
    },
  };
}
