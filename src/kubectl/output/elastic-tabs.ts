/** Blanks between a column's widest cell and the next column. */
const PADDING = 2;

/**
 * Lines cells up that end in tabs, as Go's text/tabwriter does for `kubectl describe`: a column is as wide as the cells that stand right
 * below one another, and a line without a cell there begins a new one.
 */
export function alignTabs(text: string): string {
  const lines = text.split("\n").map((line) => line.split("\t"));
  const out: string[] = [];
  format(lines, 0, lines.length, [], out);
  return out.join("\n");
}

function format(
  lines: readonly (readonly string[])[],
  from: number,
  to: number,
  widths: readonly number[],
  out: string[],
): void {
  const column = widths.length;
  const hasCell = (at: number) => column < lines[at]!.length - 1;
  let begin = from;
  for (let at = from; at < to; at += 1) {
    if (!hasCell(at)) continue;
    write(lines.slice(begin, at), widths, out);
    begin = at;
    let width = 0;
    for (; at < to && hasCell(at); at += 1) {
      width = Math.max(width, [...lines[at]![column]!].length + PADDING);
    }
    format(lines, begin, at, [...widths, width], out);
    begin = at;
  }
  write(lines.slice(begin, to), widths, out);
}

function write(
  lines: readonly (readonly string[])[],
  widths: readonly number[],
  out: string[],
): void {
  for (const cells of lines) {
    out.push(
      cells
        .map((cell, i) => {
          const width = widths[i];
          return width === undefined
            ? cell
            : cell + " ".repeat(Math.max(0, width - [...cell].length));
        })
        .join(""),
    );
  }
}
