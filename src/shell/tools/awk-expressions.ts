/* Expressions of awk, read and worked out. Simplified: no functions but length, no arrays, no ?:. */

export type Value = string | number;

/** What an expression is worked out in: the record's fields, and variables. */
export interface Scope {
  readonly fields: readonly string[];
  readonly variables: Map<string, Value>;
}

export type Expression = (scope: Scope) => Value;

export class AwkError extends Error {}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:\\.|[^"\\])*)"|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||\+\+|--|\+=|-=|!~|[-+*/%<>=!~$(),;{}\n]))/y;

export type Token =
  | { readonly kind: "number" | "string" | "name" | "sign"; readonly text: string }
  | { readonly kind: "regexp"; readonly text: string };

/** Splits a program. A slash begins a pattern where a value may begin. */
export function tokensOf(program: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < program.length;) {
    if (program.slice(at).trim() === "") break;
    const slash = /^\s*\/((?:\\.|[^/\\])*)\//.exec(program.slice(at));
    const last = tokens.at(-1);
    const mayBegin = last === undefined || (last.kind === "sign" && last.text !== ")");
    if (slash !== null && mayBegin) {
      tokens.push({ kind: "regexp", text: slash[1]! });
      at += slash[0].length;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(program);
    if (match === null)
      throw new AwkError(`syntax error at source line 1: ${program.slice(at).trim()}`);
    const [whole, number, text, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (text !== undefined) tokens.push({ kind: "string", text: unescape(text) });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "sign", text: sign! });
    at += whole.length;
  }
  return tokens;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, c: string) => ({ n: "\n", t: "\t" })[c] ?? c);
}

export function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  return Number(/^\s*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
}

/** As awk prints a number: whole, or with six digits. */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function isTrue(value: Value): boolean {
  return typeof value === "number" ? value !== 0 : value !== "";
}

function looksNumeric(value: Value): boolean {
  return typeof value === "number" || /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(value);
}

function compare(a: Value, b: Value): number {
  if (looksNumeric(a) && looksNumeric(b)) return numberOf(a) - numberOf(b);
  const [x, y] = [textOf(a), textOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  ">": (order) => order > 0,
  "<=": (order) => order <= 0,
  ">=": (order) => order >= 0,
};

/** Reads expressions off a list of tokens. */
export class ExpressionReader {
  readonly tokens: readonly Token[];
  at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  peek(text?: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "sign" && (text === undefined || token.text === text);
  }

  take(text: string): boolean {
    if (!this.peek(text)) return false;
    this.at += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw new AwkError(`syntax error at source line 1: wanted ${text}`);
  }

  /** `inPrint`: `>` would be a redirection. */
  expression(): Expression {
    const left = this.conjunction();
    if (!this.take("||")) return left;
    const right = this.expression();
    return (scope) => Number(isTrue(left(scope)) || isTrue(right(scope)));
  }

  private conjunction(): Expression {
    const left = this.match();
    if (!this.take("&&")) return left;
    const right = this.conjunction();
    return (scope) => Number(isTrue(left(scope)) && isTrue(right(scope)));
  }

  private match(): Expression {
    const left = this.comparison();
    const negated = this.peek("!~");
    if (!this.take("~") && !this.take("!~")) return left;
    const token = this.tokens[this.at];
    const pattern: Expression =
      token?.kind === "regexp" ? ((this.at += 1), () => token.text) : this.comparison();
    return (scope) =>
      Number(new RegExp(textOf(pattern(scope))).test(textOf(left(scope))) !== negated);
  }

  private comparison(): Expression {
    const left = this.concatenation();
    const token = this.tokens[this.at];
    const decide = token?.kind === "sign" ? COMPARISONS[token.text] : undefined;
    if (decide === undefined) return left;
    this.at += 1;
    const right = this.concatenation();
    return (scope) => Number(decide(compare(left(scope), right(scope))));
  }

  private concatenation(): Expression {
    const parts = [this.sum()];
    while (this.beginsValue()) parts.push(this.sum());
    if (parts.length === 1) return parts[0]!;
    return (scope) => parts.map((part) => textOf(part(scope))).join("");
  }

  private beginsValue(): boolean {
    const token = this.tokens[this.at];
    if (token === undefined) return false;
    return token.kind !== "sign" ? token.kind !== "regexp" : ["$", "("].includes(token.text);
  }

  private sum(): Expression {
    let left = this.product();
    for (;;) {
      const plus = this.take("+");
      if (!plus && !this.take("-")) return left;
      const [a, b] = [left, this.product()];
      left = (scope) =>
        plus ? numberOf(a(scope)) + numberOf(b(scope)) : numberOf(a(scope)) - numberOf(b(scope));
    }
  }

  private product(): Expression {
    let left = this.unary();
    for (;;) {
      const sign = ["*", "/", "%"].find((one) => this.take(one));
      if (sign === undefined) return left;
      const [a, b] = [left, this.unary()];
      left = (scope) => {
        const [x, y] = [numberOf(a(scope)), numberOf(b(scope))];
        if (sign === "*") return x * y;
        if (y === 0) throw new AwkError("division by zero");
        return sign === "/" ? x / y : x % y;
      };
    }
  }

  private unary(): Expression {
    if (this.take("!")) {
      const value = this.unary();
      return (scope) => Number(!isTrue(value(scope)));
    }
    if (this.take("-")) {
      const value = this.unary();
      return (scope) => -numberOf(value(scope));
    }
    return this.primary();
  }

  private primary(): Expression {
    if (this.take("(")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    if (this.take("$")) {
      const index = this.primary();
      return ({ fields, variables }) => {
        const at = numberOf(index({ fields, variables }));
        return fields[at] ?? "";
      };
    }
    const token = this.tokens[this.at];
    if (token === undefined) throw new AwkError("syntax error at source line 1: unexpected end");
    this.at += 1;
    if (token.kind === "number") return () => Number(token.text);
    if (token.kind === "string") return () => token.text;
    if (token.kind === "regexp")
      return ({ fields }) => Number(new RegExp(token.text).test(fields[0]!));
    if (token.kind === "name" && token.text === "length") {
      const argument = this.take("(") ? (this.take(")") ? undefined : this.closed()) : undefined;
      return (scope) => [...textOf(argument?.(scope) ?? scope.fields[0]!)].length;
    }
    if (token.kind === "name") {
      if (this.peek("(")) throw new AwkError(`the function ${token.text} is not simulated`);
      return ({ variables }) => variables.get(token.text) ?? "";
    }
    throw new AwkError(`syntax error at source line 1: unexpected ${token.text}`);
  }

  private closed(): Expression {
    const inner = this.expression();
    this.expect(")");
    return inner;
  }
}
