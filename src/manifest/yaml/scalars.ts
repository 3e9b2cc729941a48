/* The scalars of YAML, read as libyaml's scannerc.c does, with its error texts. */
import type { Reader } from "./reader.ts";
import { scannerError, type Mark, type ScalarStyle, type Token } from "./tokens.ts";

function token(value: string, style: ScalarStyle, start: Mark, end: Mark): Token {
  return { kind: "scalar", value, style, start, end };
}

/** A line break between two lines of a scalar becomes a space; each further one stays. */
class Folding {
  private whitespace = "";
  private leadingBreak = "";
  private trailingBreaks = "";
  leadingBlanks = false;

  blank(character: string): void {
    if (!this.leadingBlanks) this.whitespace += character;
  }

  lineBreak(text: string): void {
    if (this.leadingBlanks) {
      this.trailingBreaks += text;
    } else {
      this.whitespace = "";
      this.leadingBreak = text;
      this.leadingBlanks = true;
    }
  }

  /** What has been gathered, as it stands in the scalar. */
  take(): string {
    let joined = this.whitespace;
    if (this.leadingBlanks) {
      joined =
        this.leadingBreak === "\n" && this.trailingBreaks === ""
          ? " "
          : (this.leadingBreak === "\n" ? "" : this.leadingBreak) + this.trailingBreaks;
    }
    this.whitespace = "";
    this.leadingBreak = "";
    this.trailingBreaks = "";
    this.leadingBlanks = false;
    return joined;
  }

  /** After an escaped line break nothing joins the lines. */
  escapedBreak(): void {
    this.leadingBlanks = true;
  }
}

/** A scalar without quotes. `multiline` says whether it ended at the start of a line. */
export function scanPlain(
  reader: Reader,
  parentIndent: number,
  inFlow: boolean,
): { token: Token; multiline: boolean } {
  const start = reader.mark;
  const indent = parentIndent + 1;
  const folding = new Folding();
  let value = "";
  let end = start;
  for (;;) {
    if (reader.isDocumentIndicator() || reader.char() === "#") break;
    const before = reader.index;
    while (!reader.isBlankBreakOrEnd() && !endsPlain(reader, inFlow)) {
      if (reader.index === before) value += folding.take();
      value += reader.char();
      reader.skip();
    }
    if (reader.index > before) end = reader.mark;
    if (!reader.isBlank() && !reader.isBreak()) break;
    while (reader.isBlank() || reader.isBreak()) {
      if (reader.isBreak()) {
        folding.lineBreak(reader.readBreak());
      } else {
        if (folding.leadingBlanks && reader.column < indent && reader.isTab()) {
          throw scannerError("found a tab character that violates indentation", reader.mark, start);
        }
        folding.blank(reader.char());
        reader.skip();
      }
    }
    if (!inFlow && reader.column < indent) break;
  }
  return { token: token(value, "plain", start, end), multiline: folding.leadingBlanks };
}

function endsPlain(reader: Reader, inFlow: boolean): boolean {
  const character = reader.char();
  if (character === ":" && reader.isBlankBreakOrEnd(1)) return true;
  return inFlow && (",?[]{}" as string).includes(character);
}

/** A scalar in quotes. */
export function scanQuoted(reader: Reader, single: boolean): Token {
  const start = reader.mark;
  const quote = single ? "'" : '"';
  const folding = new Folding();
  let value = "";
  reader.skip();
  for (;;) {
    if (reader.isDocumentIndicator()) {
      throw scannerError("found unexpected document indicator", reader.mark, start);
    }
    if (reader.isEnd()) throw scannerError("found unexpected end of stream", reader.mark, start);
    while (!reader.isBlankBreakOrEnd()) {
      const character = reader.char();
      if (single && character === quote && reader.char(1) === quote) {
        value += folding.take() + quote;
        reader.skip(2);
      } else if (character === quote) {
        break;
      } else if (!single && character === "\\" && reader.isBreak(1)) {
        value += folding.take();
        reader.skip();
        reader.readBreak();
        folding.escapedBreak();
        break;
      } else if (!single && character === "\\") {
        value += folding.take() + scanEscape(reader, start);
      } else {
        value += folding.take() + character;
        reader.skip();
      }
    }
    if (reader.char() === quote) break;
    while (reader.isBlank() || reader.isBreak()) {
      if (reader.isBreak()) {
        folding.lineBreak(reader.readBreak());
      } else {
        folding.blank(reader.char());
        reader.skip();
      }
    }
  }
  value += folding.take();
  reader.skip();
  return token(value, single ? "single" : "double", start, reader.mark);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function scanEscape(reader: Reader, start: Mark): string {
  const kind = reader.char(1);
  const length = HEX_LENGTH[kind];
  if (length === undefined) {
    const plain = ESCAPES[kind];
    if (plain === undefined) {
      throw scannerError("found unknown escape character", reader.mark, start);
    }
    reader.skip(2);
    return plain;
  }
  reader.skip(2);
  const digits = reader.text.slice(reader.index, reader.index + length);
  if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits)) {
    throw scannerError("did not find expected hexdecimal number", reader.mark, start);
  }
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerError("found invalid Unicode character escape code", reader.mark, start);
  }
  reader.skip(length);
  return String.fromCodePoint(code);
}

/** A block scalar: `|` keeps its lines, `>` joins them. */
export function scanBlockScalar(reader: Reader, parentIndent: number, literal: boolean): Token {
  const start = reader.mark;
  reader.skip();
  const { chomping, increment } = scanHeader(reader, start);
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let end = reader.mark;
  let value = "";
  let leadingBreak = "";
  let leadingBlank = false;
  const breaks = scanBreaks(reader, indent, parentIndent, start);
  indent = breaks.indent;
  let trailingBreaks = breaks.text;
  while (reader.column === indent && !reader.isEnd()) {
    const trailingBlank = reader.isBlank();
    if (!literal && leadingBreak === "\n" && !leadingBlank && !trailingBlank) {
      value += trailingBreaks === "" ? " " : "";
    } else {
      value += leadingBreak;
    }
    value += trailingBreaks;
    leadingBlank = reader.isBlank();
    const from = reader.index;
    while (!reader.isBreakOrEnd()) reader.skip();
    value += reader.text.slice(from, reader.index);
    end = reader.mark;
    leadingBreak = reader.isEnd() ? "" : reader.readBreak();
    trailingBreaks = scanBreaks(reader, indent, parentIndent, start).text;
  }
  if (chomping !== "-") value += leadingBreak;
  if (chomping === "+") value += trailingBreaks;
  return token(value, literal ? "literal" : "folded", start, end);
}

function scanHeader(reader: Reader, start: Mark): { chomping: string; increment: number } {
  let chomping = "";
  let increment = 0;
  for (let i = 0; i < 2; i += 1) {
    const character = reader.char();
    if (chomping === "" && (character === "+" || character === "-")) {
      chomping = character;
    } else if (increment === 0 && character >= "0" && character <= "9") {
      if (character === "0") {
        throw scannerError("found an indentation indicator equal to 0", reader.mark, start);
      }
      increment = Number(character);
    } else {
      break;
    }
    reader.skip();
  }
  while (reader.isBlank()) reader.skip();
  if (reader.char() === "#") while (!reader.isBreakOrEnd()) reader.skip();
  if (!reader.isBreakOrEnd()) {
    throw scannerError("did not find expected comment or line break", reader.mark, start);
  }
  if (reader.isBreak()) reader.readBreak();
  return { chomping, increment };
}

/** Reads the indentation and empty lines before a line's text; an indentation of 0 is found out. */
function scanBreaks(
  reader: Reader,
  given: number,
  parentIndent: number,
  start: Mark,
): { text: string; indent: number } {
  let text = "";
  let widest = 0;
  for (;;) {
    while ((given === 0 || reader.column < given) && reader.isSpace()) reader.skip();
    widest = Math.max(widest, reader.column);
    if ((given === 0 || reader.column < given) && reader.isTab()) {
      const problem = "found a tab character where an indentation space is expected";
      throw scannerError(problem, reader.mark, start);
    }
    if (!reader.isBreak()) break;
    text += reader.readBreak();
  }
  return { text, indent: given === 0 ? Math.max(widest, parentIndent + 1, 1) : given };
}
