/* Finds what is wrong with a JSON text, in the words and with the offsets of Go's encoding/json scanner. */

export interface JsonProblem {
  /** Bytes read when the problem was seen, the bad one among them. */
  readonly offset: number;
  readonly message: string;
}

/** Where one JSON value ends that begins at `from`, or what is wrong with it; undefined when there is nothing but space. */
export function scanJsonValue(text: string, from: number): number | JsonProblem | undefined {
  const scan = new JsonScan(text, from);
  scan.space();
  if (scan.at >= text.length) return undefined;
  try {
    scan.value("looking for beginning of value");
    return scan.at;
  } catch (problem) {
    if (problem instanceof Problem) return { offset: problem.offset, message: problem.message };
    throw problem;
  }
}

/** What encoding/json says of a text that is to be an object; undefined when it is one. */
export function jsonObjectProblem(text: string): string | undefined {
  const end = scanJsonValue(text, 0);
  if (end === undefined) return EARLY_END;
  if (typeof end === "object") return end.message === "unexpected EOF" ? EARLY_END : end.message;
  const behind = text.slice(end).trim();
  if (behind !== "") return `invalid character ${quoted([...behind][0]!)} after top-level value`;
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && !Array.isArray(value)) return undefined;
  const kind = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}

const EARLY_END = "unexpected end of JSON input";

class Problem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Nesting beyond this is left to the YAML parser, which refuses it. */
const DEPTH_MAX = 1000;

class JsonScan {
  private readonly text: string;
  at: number;
  private depth = 0;

  constructor(text: string, from: number) {
    this.text = text;
    this.at = from;
  }

  space(): void {
    while (" \t\r\n".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  value(context: string): void {
    this.space();
    const character = this.text[this.at] ?? "";
    if (character === "{") return this.nested("}", () => this.member());
    if (character === "[") return this.nested("]", () => this.element());
    if (character === '"') return this.string();
    if (character === "-" || (character >= "0" && character <= "9")) return this.number();
    for (const word of ["true", "false", "null"]) {
      if (character === word[0]) return this.word(word);
    }
    this.fail(context);
  }

  private nested(end: string, item: () => void): void {
    this.depth += 1;
    if (this.depth > DEPTH_MAX) throw new Problem("exceeded max depth", this.at);
    this.at += 1;
    this.space();
    if (this.text[this.at] === end) {
      this.at += 1;
    } else {
      for (;;) {
        item();
        this.space();
        const next = this.text[this.at];
        if (next === end) break;
        if (next !== ",")
          this.fail(end === "}" ? "after object key:value pair" : "after array element");
        this.at += 1;
      }
      this.at += 1;
    }
    this.depth -= 1;
  }

  private member(): void {
    this.space();
    if (this.text[this.at] !== '"') this.fail("looking for beginning of object key string");
    this.string();
    this.space();
    if (this.text[this.at] !== ":") this.fail("after object key");
    this.at += 1;
    this.value("looking for beginning of value");
  }

  private element(): void {
    this.value("looking for beginning of value");
  }

  private string(): void {
    this.at += 1;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || character < " ") this.fail("in string literal");
      this.at += 1;
      if (character === '"') return;
      if (character !== "\\") continue;
      const escape = this.text[this.at] ?? "";
      if (escape === "u") {
        for (let i = 1; i <= 4; i += 1) {
          this.at += 1;
          if (!/[0-9a-fA-F]/.test(this.text[this.at] ?? ""))
            this.fail("in \\u hexadecimal character escape");
        }
      } else if (!'bfnrt\\/"'.includes(escape) || escape === "") {
        this.fail("in string escape code");
      }
      this.at += 1;
    }
  }

  private number(): void {
    if (this.text[this.at] === "-") this.at += 1;
    this.digits("in numeric literal", this.text[this.at] === "0");
    if (this.text[this.at] === ".") {
      this.at += 1;
      this.digits("after decimal point in numeric literal", false);
    }
    if (/[eE]/.test(this.text[this.at] ?? "")) {
      this.at += 1;
      if (/[-+]/.test(this.text[this.at] ?? "")) this.at += 1;
      this.digits("in exponent of numeric literal", false);
    }
  }

  private digits(context: string, single: boolean): void {
    if (!/[0-9]/.test(this.text[this.at] ?? "")) this.fail(context);
    this.at += 1;
    while (!single && /[0-9]/.test(this.text[this.at] ?? "")) this.at += 1;
  }

  private word(word: string): void {
    for (let i = 0; i < word.length; i += 1) {
      if (this.text[this.at] !== word[i]) this.fail(`in literal ${word} (expecting '${word[i]}')`);
      this.at += 1;
    }
  }

  private fail(context: string): never {
    const character = this.text[this.at];
    if (character === undefined) throw new Problem("unexpected EOF", this.at);
    throw new Problem(`invalid character ${quoted(character)} ${context}`, this.at + 1);
  }
}

function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}
