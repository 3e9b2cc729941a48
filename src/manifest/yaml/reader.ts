import type { Mark } from "./tokens.ts";

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const NEL = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/** A text read character by character, with line and column; the end of the text reads as NaN. */
export class Reader {
  readonly text: string;
  index = 0;
  line = 0;
  column = 0;

  constructor(text: string) {
    this.text = text;
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  /** Code of the character `ahead` of the current one; NaN past the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.index + ahead);
  }

  char(ahead = 0): string {
    return this.text[this.index + ahead] ?? "";
  }

  isEnd(ahead = 0): boolean {
    return this.index + ahead >= this.text.length;
  }

  isBlank(ahead = 0): boolean {
    const code = this.code(ahead);
    return code === SPACE || code === TAB;
  }

  isTab(): boolean {
    return this.code() === TAB;
  }

  isSpace(): boolean {
    return this.code() === SPACE;
  }

  isBreak(ahead = 0): boolean {
    const code = this.code(ahead);
    return (
      code === LF ||
      code === CR ||
      code === NEL ||
      code === LINE_SEPARATOR ||
      code === PARAGRAPH_SEPARATOR
    );
  }

  isBreakOrEnd(ahead = 0): boolean {
    return this.isEnd(ahead) || this.isBreak(ahead);
  }

  isBlankBreakOrEnd(ahead = 0): boolean {
    return this.isBlank(ahead) || this.isBreakOrEnd(ahead);
  }

  /** Goes past characters of one line. */
  skip(count = 1): void {
    this.index += count;
    this.column += count;
  }

  /** Goes past a line break and returns what it counts for in a scalar. */
  readBreak(): string {
    const code = this.code();
    this.index += code === CR && this.code(1) === LF ? 2 : 1;
    this.line += 1;
    this.column = 0;
    return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR
      ? String.fromCharCode(code)
      : "\n";
  }

  /** Does a line `---` or `...` begin here? */
  isDocumentIndicator(): boolean {
    if (this.column !== 0) return false;
    const { text, index } = this;
    if (!text.startsWith("---", index) && !text.startsWith("...", index)) return false;
    return this.isBlankBreakOrEnd(3);
  }
}
