import { Reader } from "./reader.ts";
import { scanBlockScalar, scanPlain, scanQuoted } from "./scalars.ts";
import { scannerError, type Mark, type Token, type TokenKind } from "./tokens.ts";

/** A place where a key may have begun: only the `:` after it tells. */
interface SimpleKey {
  possible: boolean;
  /** At the indentation of a block mapping there must be a key. */
  required: boolean;
  tokenNumber: number;
  mark: Mark;
}

/** A key on one line ends within that many characters. */
const SIMPLE_KEY_LENGTH_MAX = 1024;

/**
 * Cuts a text into the tokens of YAML 1.1, as libyaml's scanner does (yaml_parser_fetch_next_token and its kin), so that what is refused
 * and how it is worded is what kubectl says.
 */
export class Scanner {
  private readonly reader: Reader;
  private readonly queue: Token[] = [];
  private parsed = 0;
  private ended = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private simpleKeyAllowed = true;
  private readonly simpleKeys: SimpleKey[] = [];

  constructor(text: string) {
    this.reader = new Reader(text);
    this.simpleKeys.push(this.noKey());
    if (text.charCodeAt(0) === 0xfeff) this.reader.index = 1;
  }

  /** The next token, which stays the next one. */
  peek(): Token {
    while (!this.ended && (this.queue.length === 0 || this.mayBeKey())) this.fetch();
    return this.queue[0]!;
  }

  /** Takes the next token. */
  next(): Token {
    const token = this.peek();
    this.queue.shift();
    this.parsed += 1;
    return token;
  }

  /** Could the first token in the queue still turn out to be a key? Then the token KEY must go before it. */
  private mayBeKey(): boolean {
    return this.simpleKeys.some((key) => key.tokenNumber === this.parsed && this.isValid(key));
  }

  private noKey(): SimpleKey {
    return { possible: false, required: false, tokenNumber: -1, mark: this.reader.mark };
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, index } = this.reader;
    if (key.mark.line === line && key.mark.index + SIMPLE_KEY_LENGTH_MAX >= index) return true;
    if (key.required) throw scannerError("could not find expected ':'", this.reader.mark, key.mark);
    key.possible = false;
    return false;
  }

  private get lastKey(): SimpleKey {
    return this.simpleKeys[this.simpleKeys.length - 1]!;
  }

  private saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return;
    this.removeSimpleKey();
    const { mark } = this.reader;
    this.simpleKeys[this.simpleKeys.length - 1] = {
      possible: true,
      required: this.flowLevel === 0 && this.indent === mark.column,
      tokenNumber: this.parsed + this.queue.length,
      mark,
    };
  }

  private removeSimpleKey(): void {
    const key = this.lastKey;
    if (key.possible && key.required) {
      throw scannerError("could not find expected ':'", this.reader.mark, key.mark);
    }
    key.possible = false;
  }

  /** Opens a block collection where the text is indented more than before. */
  private rollIndent(column: number, kind: TokenKind, mark: Mark, tokenNumber?: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    const token: Token = { kind, start: mark, end: mark, value: "" };
    if (tokenNumber === undefined) this.queue.push(token);
    else this.queue.splice(tokenNumber - this.parsed, 0, token);
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push("block-end", 0);
      this.indent = this.indents.pop()!;
    }
  }

  private push(kind: TokenKind, length: number, value = ""): void {
    const start = this.reader.mark;
    this.reader.skip(length);
    this.queue.push({ kind, start, end: this.reader.mark, value });
  }

  private fetch(): void {
    const { reader } = this;
    this.skipToToken();
    this.unrollIndent(reader.column);
    if (reader.isEnd()) return this.fetchEnd();
    const character = reader.char();
    if (reader.column === 0 && character === "%") return this.fetchDirective();
    if (reader.isDocumentIndicator()) return this.fetchDocumentIndicator(character);
    const inFlow = this.flowLevel > 0;
    const apart = reader.isBlankBreakOrEnd(1);
    switch (character) {
      case "[":
        return this.fetchFlowStart("flow-sequence-start");
      case "{":
        return this.fetchFlowStart("flow-mapping-start");
      case "]":
        return this.fetchFlowEnd("flow-sequence-end");
      case "}":
        return this.fetchFlowEnd("flow-mapping-end");
      case ",":
        this.removeSimpleKey();
        this.simpleKeyAllowed = true;
        return this.push("flow-entry", 1);
      case "*":
        return this.fetchNamed("alias");
      case "&":
        return this.fetchNamed("anchor");
      case "!":
        return this.fetchTag();
      case "'":
      case '"':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.queue.push(scanQuoted(reader, character === "'"));
        return;
    }
    if (character === "-" && apart) return this.fetchBlockEntry();
    if (character === "?" && (inFlow || apart)) return this.fetchKey();
    if (character === ":" && (inFlow || apart)) return this.fetchValue();
    if ((character === "|" || character === ">") && !inFlow) {
      this.removeSimpleKey();
      this.simpleKeyAllowed = true;
      this.queue.push(scanBlockScalar(reader, this.indent, character === "|"));
      return;
    }
    const startsPlain =
      !reader.isBlank() && (!"-?:,[]{}#&*!|>'\"%@`".includes(character) || character === "-");
    if (startsPlain || (!inFlow && (character === "?" || character === ":"))) {
      return this.fetchPlain();
    }
    throw scannerError("found character that cannot start any token", reader.mark, reader.mark);
  }

  private skipToToken(): void {
    const { reader } = this;
    for (;;) {
      while (
        reader.isSpace() ||
        ((this.flowLevel > 0 || !this.simpleKeyAllowed) && reader.isTab())
      ) {
        reader.skip();
      }
      if (reader.char() === "#") while (!reader.isBreakOrEnd()) reader.skip();
      if (!reader.isBreak()) return;
      reader.readBreak();
      if (this.flowLevel === 0) this.simpleKeyAllowed = true;
    }
  }

  private fetchEnd(): void {
    const { reader } = this;
    if (reader.column !== 0) {
      reader.column = 0;
      reader.line += 1;
    }
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    this.push("stream-end", 0);
    this.ended = true;
  }

  private fetchDirective(): void {
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    const { reader } = this;
    const start = reader.mark;
    reader.skip();
    const from = reader.index;
    while (/[A-Za-z0-9_-]/.test(reader.char())) reader.skip();
    const name = reader.text.slice(from, reader.index);
    if (name === "")
      throw scannerError("could not find expected directive name", reader.mark, start);
    if (!reader.isBlankBreakOrEnd()) {
      throw scannerError("found unexpected non-alphabetical character", reader.mark, start);
    }
    if (name !== "YAML" && name !== "TAG") {
      throw scannerError("found unknown directive name", reader.mark, start);
    }
    while (!reader.isBreakOrEnd()) reader.skip();
    const value = reader.text
      .slice(from, reader.index)
      .replace(/\s+#.*$/, "")
      .trim();
    const words = value.split(/\s+/).join(" ");
    this.queue.push({ kind: "directive", start, end: reader.mark, value: words });
  }

  private fetchDocumentIndicator(character: string): void {
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    this.push(character === "-" ? "document-start" : "document-end", 3);
  }

  private fetchFlowStart(kind: TokenKind): void {
    this.saveSimpleKey();
    this.simpleKeys.push(this.noKey());
    this.flowLevel += 1;
    this.simpleKeyAllowed = true;
    this.push(kind, 1);
  }

  private fetchFlowEnd(kind: TokenKind): void {
    this.removeSimpleKey();
    if (this.flowLevel > 0) {
      this.flowLevel -= 1;
      this.simpleKeys.pop();
    }
    this.simpleKeyAllowed = false;
    this.push(kind, 1);
  }

  private fetchBlockEntry(): void {
    const { reader } = this;
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) {
        const problem = "block sequence entries are not allowed in this context";
        throw scannerError(problem, reader.mark, reader.mark);
      }
      this.rollIndent(reader.column, "block-sequence-start", reader.mark);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = true;
    this.push("block-entry", 1);
  }

  private fetchKey(): void {
    const { reader } = this;
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) {
        const problem = "mapping keys are not allowed in this context";
        throw scannerError(problem, reader.mark, reader.mark);
      }
      this.rollIndent(reader.column, "block-mapping-start", reader.mark);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = this.flowLevel === 0;
    this.push("key", 1);
  }

  private fetchValue(): void {
    const { reader } = this;
    const key = this.lastKey;
    if (this.isValid(key)) {
      const token: Token = { kind: "key", start: key.mark, end: key.mark, value: "" };
      this.queue.splice(key.tokenNumber - this.parsed, 0, token);
      this.rollIndent(key.mark.column, "block-mapping-start", key.mark, key.tokenNumber);
      key.possible = false;
      this.simpleKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.simpleKeyAllowed) {
          const problem = "mapping values are not allowed in this context";
          throw scannerError(problem, reader.mark, reader.mark);
        }
        this.rollIndent(reader.column, "block-mapping-start", reader.mark);
      }
      this.simpleKeyAllowed = this.flowLevel === 0;
    }
    this.push("value", 1);
  }

  private fetchNamed(kind: "alias" | "anchor"): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const { reader } = this;
    const start = reader.mark;
    let length = 1;
    while (/[A-Za-z0-9_-]/.test(reader.char(length))) length += 1;
    const after = reader.char(length);
    if (length === 1 || !(reader.isBlankBreakOrEnd(length) || "?:,]}%@`".includes(after))) {
      reader.skip(length);
      const problem = "did not find expected alphabetic or numeric character";
      throw scannerError(problem, reader.mark, start);
    }
    this.push(kind, length, reader.text.slice(reader.index + 1, reader.index + length));
  }

  private fetchTag(): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    let length = 1;
    while (!this.reader.isBlankBreakOrEnd(length)) {
      if (this.flowLevel > 0 && ",[]{}".includes(this.reader.char(length))) break;
      length += 1;
    }
    this.push("tag", length, this.reader.text.slice(this.reader.index, this.reader.index + length));
  }

  private fetchPlain(): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const { token, multiline } = scanPlain(this.reader, this.indent, this.flowLevel > 0);
    this.queue.push(token);
    if (multiline) this.simpleKeyAllowed = true;
  }
}
