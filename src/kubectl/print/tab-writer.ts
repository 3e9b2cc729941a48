/** Characters of the narrowest column, and between a column's widest cell and the next (cli-runtime printers/tabwriter.go). */
const MIN_WIDTH = 6;
const PADDING = 3;

/**
 * Lines cells up in columns as kubectl does. Columns are as wide as their widest cell, and never get narrower, so that lines which a watch
 * prints one by one stay under their headers. The last cell of a line is not padded.
 */
export class TabWriter {
  #widths: number[] = [];

  /** The lines of text that these lines of cells make. */
  write(lines: readonly (readonly string[])[]): string[] {
    for (const line of lines) {
      for (let i = 0; i < line.length - 1; i += 1) {
        const width = Math.max(MIN_WIDTH, [...line[i]!].length + PADDING);
        this.#widths[i] = Math.max(this.#widths[i] ?? 0, width);
      }
    }
    return lines.map((line) =>
      line.map((cell, i) => (i < line.length - 1 ? this.#pad(cell, i) : cell)).join(""),
    );
  }

  #pad(cell: string, column: number): string {
    return cell + " ".repeat(this.#widths[column]! - [...cell].length);
  }
}
