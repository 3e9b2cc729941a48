/*
 * successCondition and failureCondition: expressions over `result` (argo-rollouts utils/evaluate, in the language of expr-lang).
 * Simplified: numbers, truth values, lists, the operators on them, and the functions len, isNaN, isInf, default, asInt, asFloat and all/any
 * without closures are known; texts, maps and closures are not.
 */
import { ExpressionError, TokenReader } from "./tokens.ts";

export type Value = number | boolean | null | readonly number[];

/** Works a condition out for a result. Throws an ExpressionError when it cannot be read, or is not a truth value. */
export function holds(condition: string, result: Value): boolean {
  const reader = new TokenReader(condition);
  const value = new Evaluation(reader, result).whole();
  if (typeof value === "boolean") return value;
  throw new ExpressionError(`expected bool, but got ${typeName(value)}`);
}

type Infix = (left: Value, right: Value) => Value;

/** Operators from the weakest to the strongest. */
const LEVELS: readonly Readonly<Record<string, Infix>>[] = [
  { "||": (a, b) => truth(a) || truth(b), or: (a, b) => truth(a) || truth(b) },
  { "&&": (a, b) => truth(a) && truth(b), and: (a, b) => truth(a) && truth(b) },
  {
    "==": (a, b) => a === b,
    "!=": (a, b) => a !== b,
    "<=": (a, b) => number(a) <= number(b),
    ">=": (a, b) => number(a) >= number(b),
    "<": (a, b) => number(a) < number(b),
    ">": (a, b) => number(a) > number(b),
  },
  { "+": (a, b) => number(a) + number(b), "-": (a, b) => number(a) - number(b) },
  { "*": (a, b) => number(a) * number(b), "/": (a, b) => number(a) / number(b) },
];

const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  len: (list) => items(list).length,
  isNaN: (value) => Number.isNaN(number(value)),
  isInf: (value) => Math.abs(number(value)) === Infinity,
  default: (value, otherwise = null) => (isNothing(value) ? otherwise : value),
  asInt: (value) => Math.trunc(number(value)),
  asFloat: (value) => number(value),
};

class Evaluation {
  private readonly reader: TokenReader;
  private readonly result: Value;

  constructor(reader: TokenReader, result: Value) {
    this.reader = reader;
    this.result = result;
  }

  whole(): Value {
    const value = this.level(0);
    this.reader.end();
    return value;
  }

  /** Both sides are worked out, as a wrong right side is a mistake whatever the left one is; the one exception is below. */
  private level(depth: number): Value {
    const operators = LEVELS[depth];
    if (operators === undefined) return this.unary();
    let left = this.level(depth + 1);
    for (;;) {
      const name = Object.keys(operators).find((operator) => this.reader.accept(operator));
      if (name === undefined) return left;
      const isDecided = depth < 2 && truth(left) === (depth === 0);
      left = isDecided ? this.skip(depth, left) : operators[name]!(left, this.level(depth + 1));
    }
  }

  /** `len(result) == 0 || result[0] > 1`: the right side is read, and may fail, since the left one decides. */
  private skip(depth: number, decided: Value): Value {
    const lenient = new Evaluation(this.reader, LENIENT);
    lenient.level(depth + 1);
    return decided;
  }

  private unary(): Value {
    if (this.reader.accept("!") || this.reader.accept("not")) return !truth(this.unary());
    if (this.reader.accept("-")) return -number(this.unary());
    return this.postfix();
  }

  private postfix(): Value {
    let value = this.primary();
    while (this.reader.accept("[")) {
      const index = number(this.level(0));
      this.reader.expect("]");
      value = at(value, index);
    }
    return value;
  }

  private primary(): Value {
    const { reader } = this;
    if (reader.accept("(")) {
      const value = this.level(0);
      reader.expect(")");
      return value;
    }
    const { kind, text } = reader.current;
    if (kind === "number") return Number(reader.take().text);
    if (kind !== "word") throw reader.wanted("a value");
    reader.take();
    if (text === "result") return this.result;
    if (text === "true" || text === "false") return text === "true";
    if (text === "nil") return null;
    const call = FUNCTIONS[text];
    if (call === undefined || !reader.accept("(")) {
      throw new ExpressionError(`unknown name ${text}`);
    }
    const values: Value[] = [this.level(0)];
    while (reader.accept(",")) values.push(this.level(0));
    reader.expect(")");
    return call(...values);
  }
}

/** Any index of it is there: for the part of a condition that does not matter. */
const LENIENT: readonly number[] = [0];

function at(value: Value, index: number): Value {
  const list = items(value);
  const i = index < 0 ? list.length + index : index;
  if (list === LENIENT) return 0;
  if (i < 0 || i >= list.length) {
    throw new ExpressionError(
      `reflect: slice index out of range: result has ${list.length} values`,
    );
  }
  return list[i]!;
}

function truth(value: Value): boolean {
  if (typeof value === "boolean") return value;
  throw new ExpressionError(`expected bool, but got ${typeName(value)}`);
}

function number(value: Value): number {
  if (typeof value === "number") return value;
  throw new ExpressionError(`invalid operation: ${typeName(value)} is no number`);
}

function items(value: Value): readonly number[] {
  if (Array.isArray(value)) return value as readonly number[];
  throw new ExpressionError(`invalid argument: ${typeName(value)} is no list`);
}

function isNothing(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function typeName(value: Value): string {
  if (value === null) return "nil";
  return Array.isArray(value) ? "[]float64" : typeof value === "number" ? "float64" : "bool";
}
