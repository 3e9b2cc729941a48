import type { HastNode, HastPluginDefinition, HastVisitorContext } from "satteri";

/** Rows that are wider than this, in letters, cannot be read side by side on a phone. */
const WIDEST_ROW = 70;

/** A fact, or another component in a cell, is about as wide as a number. */
const COMPONENT = 4;

/** Hangul and the like take the room of two letters. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\u1100-\uffdc]/.test(letter) ? 2 : 1), 0);
}

type Parent = Extract<HastNode, { children: unknown[] }>;

const childrenOf = (node: HastNode): readonly HastNode[] =>
  "children" in node ? ((node as Parent).children as HastNode[]) : [];

/** The elements of these names in a node, in order. */
function elements(node: HastNode, names: readonly string[]): HastNode[] {
  return childrenOf(node).flatMap((child) =>
    child.type === "element" && names.includes(child.tagName) ? [child] : elements(child, names),
  );
}

/** The cells of each row. */
const rowsOf = (node: HastNode) => elements(node, ["tr"]).map((row) => elements(row, ["td", "th"]));

function components(node: HastNode): number {
  const own = node.type === "mdxJsxTextElement" || node.type === "mdxJsxFlowElement" ? 1 : 0;
  return childrenOf(node).reduce((sum, child) => sum + components(child), own);
}

/** Marks a table of three columns or more whose rows are long, and gives each cell but a row's first the head of its column. */
function markProse(table: HastNode, context: HastVisitorContext): void {
  const [first = [], ...rows] = rowsOf(table);
  if (first.length < 3) return;
  const heads = first.map((head) => context.textContent(head));
  const wide = rows.some((cells) => {
    const widths = cells.map((cell) => {
      return widthOf(context.textContent(cell)) + COMPONENT * components(cell);
    });
    return widths.reduce((sum, width) => sum + width, 0) > WIDEST_ROW;
  });
  if (!wide) return;
  context.setProperty(table, "className", ["rl-prose"]);
  for (const cells of rows) {
    cells.forEach((cell, i) => {
      if (i > 0) context.setProperty(cell, "dataHead", heads[i] ?? "");
    });
  }
}

/** Readable tables: on a phone, rows of prose are shown as one cell below the other (`text.css`). */
export function readableTables(): HastPluginDefinition {
  return { name: "readable-tables", element: { filter: ["table"], visit: markProse } };
}
