/** Columns of text that are pleasant to read in a terminal. */
const WIDTH = 96;

/** How many columns a text takes: Hangul and other wide letters take two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) {
    columns +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(
        letter,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** A text broken into lines at its spaces; the first one begins with `mark`, the others as far in. */
export function paragraph(text: string, mark: string): string {
  const indent = " ".repeat(columnsOf(mark));
  const lines: string[] = [];
  let line = mark;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (!isEmpty && columnsOf(line) + 1 + columnsOf(word) > WIDTH) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join("\n");
}

/** Two columns, the second one aligned. */
export function table(rows: readonly (readonly [string, string])[], indent: string): string {
  const width = Math.max(...rows.map(([name]) => columnsOf(name)));
  return rows
    .map(([name, value]) => `${indent}${name}${" ".repeat(width - columnsOf(name) + 2)}${value}`)
    .join("\n");
}
