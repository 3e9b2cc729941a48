/** A word, number, quoted text or sign of a condition or query, and where it begins. */
export interface Token {
  readonly kind: "number" | "word" | "text" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

/** A condition or query that cannot be read or worked out; the message is what the measurement shows. */
export class ExpressionError extends Error {}

const TOKEN =
  /\s+|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_:][\w:]*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<sign>&&|\|\||==|!=|=~|!~|<=|>=|[-+*/%<>=!()[\]{},.])/y;

/** Takes a text apart. A range such as `[5m]` comes as `[`, `5`, `m`, `]`. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) {
      throw new ExpressionError(`unexpected character ${JSON.stringify(source[at])} at ${at + 1}`);
    }
    const { number, word, text, sign } = match.groups!;
    if (number !== undefined) tokens.push({ kind: "number", text: number, at });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, at });
    else if (text !== undefined) {
      tokens.push({ kind: "text", text: text.slice(1, -1).replace(/\\(.)/g, "$1"), at });
    } else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, at });
  }
  tokens.push({ kind: "end", text: "", at: source.length });
  return tokens;
}

/** Goes through tokens one by one. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(source: string) {
    this.tokens = tokensOf(source);
  }

  get current(): Token {
    return this.tokens[this.next]!;
  }

  take(): Token {
    const token = this.current;
    if (token.kind !== "end") this.next += 1;
    return token;
  }

  /** Takes the token if it is that sign or word. */
  accept(text: string): boolean {
    const { kind, text: own } = this.current;
    if ((kind !== "sign" && kind !== "word") || own !== text) return false;
    this.next += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.wanted(`"${text}"`);
  }

  end(): void {
    if (this.current.kind !== "end") throw this.wanted("the end");
  }

  wanted(what: string): ExpressionError {
    const { kind, text, at } = this.current;
    const got = kind === "end" ? "the end" : `"${text}"`;
    return new ExpressionError(`wanted ${what} and found ${got} at ${at + 1}`);
  }
}
