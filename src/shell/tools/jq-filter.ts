/* Filters of jq, read and made into functions: a filter gives any number of values for one. */

export type Filter = (input: unknown) => readonly unknown[];

export class JqError extends Error {}

const TOKEN =
  /\s*(?:("(?:\\.|[^"\\])*")|(\d+(?:\.\d+)?)|(\.\.|\.[A-Za-z_]\w*|[A-Za-z_]\w*)|(==|!=|<=|>=|\/\/|[-+*/%<>|,.()[\]{}:?]))/y;

/** Reads a filter; a JqError says what is wrong or not simulated. */
export function readFilter(program: string): Filter {
  const tokens: string[] = [];
  for (let at = 0; program.slice(at).trim() !== "";) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(program);
    if (match === null)
      throw new JqError(`syntax error, unexpected ${program.slice(at).trim()[0]}`);
    tokens.push(match[0].trim());
    at += match[0].length;
  }
  if (tokens.length === 0) return (input) => [input];
  const reader = new Reader(tokens);
  const filter = reader.pipe();
  reader.end();
  return filter;
}

type Plain = Readonly<Record<string, unknown>>;

class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  end(): void {
    const token = this.tokens[this.at];
    if (token !== undefined) throw new JqError(`syntax error, unexpected ${token}`);
  }

  pipe(): Filter {
    const left = this.comma();
    if (!this.take("|")) return left;
    const right = this.pipe();
    return (input) => left(input).flatMap(right);
  }

  private comma(): Filter {
    const parts = [this.either()];
    while (this.take(",")) parts.push(this.either());
    return parts.length === 1 ? parts[0]! : (input) => parts.flatMap((part) => part(input));
  }

  /** `a // b`, then `or`, `and`, comparisons, sums and products. */
  private either(): Filter {
    const left = this.logic();
    if (!this.take("//")) return left;
    const right = this.either();
    return (input) => {
      const found = left(input).filter(isTrue);
      return found.length > 0 ? found : right(input);
    };
  }

  private logic(): Filter {
    const left = this.comparison();
    const word = ["and", "or"].find((one) => this.take(one));
    if (word === undefined) return left;
    const right = this.logic();
    return binary(left, right, (a, b) =>
      word === "and" ? isTrue(a) && isTrue(b) : isTrue(a) || isTrue(b),
    );
  }

  private comparison(): Filter {
    const left = this.sum();
    const sign = ["==", "!=", "<=", ">=", "<", ">"].find((one) => this.take(one));
    if (sign === undefined) return left;
    const right = this.sum();
    return binary(left, right, (a, b) => {
      const order = compare(a, b);
      return {
        "==": order === 0,
        "!=": order !== 0,
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
      }[sign];
    });
  }

  private sum(): Filter {
    let left = this.product();
    for (let sign = this.sign("+", "-"); sign !== undefined; sign = this.sign("+", "-")) {
      const plus = sign === "+";
      left = binary(left, this.product(), (a, b) => (plus ? added(a, b) : number(a) - number(b)));
    }
    return left;
  }

  private product(): Filter {
    let left = this.postfix();
    for (let sign = this.sign("*", "/", "%"); sign !== undefined; sign = this.sign("*", "/", "%")) {
      const operator = sign;
      left = binary(left, this.postfix(), (a, b) => {
        if (operator === "*") return number(a) * number(b);
        return operator === "/" ? number(a) / number(b) : number(a) % number(b);
      });
    }
    return left;
  }

  private postfix(): Filter {
    let filter = this.term();
    for (;;) {
      const token = this.tokens[this.at] ?? "";
      if (/^\.[A-Za-z_]/.test(token)) {
        this.at += 1;
        filter = then(filter, (value) => [field(value, token.slice(1))]);
      } else if (token === "." && this.tokens[this.at + 1] === "[") this.at += 1;
      else if (token === "." && this.tokens[this.at + 1]?.startsWith('"')) {
        const name = JSON.parse(this.tokens[this.at + 1]!) as string;
        this.at += 2;
        filter = then(filter, (value) => [field(value, name)]);
      } else if (this.take("[")) filter = this.index(filter);
      else if (this.take("?")) filter = forgiving(filter);
      else return filter;
    }
  }

  private index(filter: Filter): Filter {
    if (this.take("]")) return then(filter, values);
    if (this.take(":")) return this.slice(filter, () => [0]);
    const index = this.pipe();
    if (this.take(":")) return this.slice(filter, index);
    this.expect("]");
    return (input) =>
      filter(input).flatMap((value) => index(input).map((key) => field(value, key)));
  }

  private slice(filter: Filter, from: Filter): Filter {
    const to = this.tokens[this.at] === "]" ? undefined : this.pipe();
    this.expect("]");
    return (input) =>
      filter(input).map((value) => {
        const [start, end] = [
          number(from(input)[0]),
          to === undefined ? undefined : number(to(input)[0]),
        ];
        return typeof value === "string" || Array.isArray(value) ? value.slice(start, end) : null;
      });
  }

  private term(): Filter {
    const token = this.tokens[this.at];
    if (token === undefined) throw new JqError("syntax error, unexpected end of input");
    this.at += 1;
    if (token === ".") {
      if (this.tokens[this.at]?.startsWith('"') || this.tokens[this.at] === "[") this.at -= 1;
      return (input) => [input];
    }
    if (token === "..") return (input) => descendants(input, 0);
    if (/^\.[A-Za-z_]/.test(token)) return (input) => [field(input, token.slice(1))];
    if (token.startsWith('"')) return template(token);
    if (/^\d/.test(token)) return () => [Number(token)];
    if (token === "-") return then(this.postfix(), (value) => [-number(value)]);
    if (token === "(") {
      const inner = this.pipe();
      this.expect(")");
      return inner;
    }
    if (token === "[") {
      if (this.take("]")) return () => [[]];
      const inner = this.pipe();
      this.expect("]");
      return (input) => [inner(input)];
    }
    if (token === "{") return this.object();
    if (/^[A-Za-z_]/.test(token)) return this.call(token);
    throw new JqError(`syntax error, unexpected ${token}`);
  }

  private object(): Filter {
    const fields: { name: string; value: Filter }[] = [];
    while (!this.take("}")) {
      const token = this.tokens[this.at++] ?? "";
      const name = token.startsWith('"') ? (JSON.parse(token) as string) : token;
      if (!/^[A-Za-z_"]/.test(token)) throw new JqError(`syntax error, unexpected ${token}`);
      const value: Filter = this.take(":") ? this.either() : (input) => [field(input, name)];
      fields.push({ name, value });
      if (!this.take(",") && this.tokens[this.at] !== "}")
        throw new JqError("syntax error in an object");
    }
    return (input) =>
      fields.reduce<Plain[]>(
        (objects, { name, value }) =>
          objects.flatMap((object) => value(input).map((one) => ({ ...object, [name]: one }))),
        [{}],
      );
  }

  private call(name: string): Filter {
    if (name === "true" || name === "false") return () => [name === "true"];
    if (name === "null") return () => [null];
    const argument = this.take("(") ? this.pipe() : undefined;
    if (argument !== undefined) this.expect(")");
    const made = argument === undefined ? SIMPLE[name] : WITH_FILTER[name]?.(argument);
    if (made === undefined) {
      throw new JqError(
        `${name}/${argument === undefined ? 0 : 1} is not defined, or not simulated`,
      );
    }
    return made;
  }

  private take(text: string): boolean {
    if (this.tokens[this.at] !== text) return false;
    this.at += 1;
    return true;
  }

  private sign(...signs: string[]): string | undefined {
    return signs.find((one) => this.take(one));
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new JqError(`syntax error, wanted ${text}`);
  }
}

const SIMPLE: Readonly<Record<string, Filter>> = {
  length: (input) => [
    Array.isArray(input) || typeof input === "string"
      ? input.length
      : input === null
        ? 0
        : Object.keys(input as Plain).length,
  ],
  keys: (input) => [
    Array.isArray(input) ? input.map((_, i) => i) : Object.keys(input as Plain).sort(),
  ],
  not: (input) => [!isTrue(input)],
  empty: () => [],
  add: (input) => [list(input).reduce(added, null)],
  first: (input) => [list(input)[0] ?? null],
  last: (input) => [list(input).at(-1) ?? null],
  unique: (input) => [
    list(input)
      .toSorted(compare)
      .filter((one, i, all) => i === 0 || compare(one, all[i - 1]) !== 0),
  ],
  sort: (input) => [list(input).toSorted(compare)],
  reverse: (input) => [list(input).toReversed()],
  min: (input) => [list(input).toSorted(compare)[0] ?? null],
  max: (input) => [list(input).toSorted(compare).at(-1) ?? null],
  type: (input) => [Array.isArray(input) ? "array" : input === null ? "null" : typeof input],
  tostring: (input) => [typeof input === "string" ? input : JSON.stringify(input)],
  tonumber: (input) => [number(Number(input))],
  to_entries: (input) => [Object.entries(input as Plain).map(([key, value]) => ({ key, value }))],
};

const WITH_FILTER: Readonly<Record<string, (argument: Filter) => Filter>> = {
  select: (condition) => (input) =>
    condition(input)
      .filter(isTrue)
      .map(() => input),
  map: (filter) => (input) => [list(input).flatMap(filter)],
  sort_by: (key) => (input) => [list(input).toSorted((a, b) => compare(key(a)[0], key(b)[0]))],
  group_by: (key) => (input) => {
    const groups: unknown[][] = [];
    for (const one of list(input).toSorted((a, b) => compare(key(a)[0], key(b)[0]))) {
      const group = groups.at(-1);
      if (group !== undefined && compare(key(group[0])[0], key(one)[0]) === 0) group.push(one);
      else groups.push([one]);
    }
    return [groups];
  },
  has: (key) => (input) => [Object.hasOwn(input as object, String(key(input)[0]))],
  join: (separator) => (input) => [
    list(input)
      .map((one) => String(one ?? ""))
      .join(String(separator(input)[0])),
  ],
  test: (pattern) => (input) => [new RegExp(String(pattern(input)[0])).test(String(input))],
  startswith: (prefix) => (input) => [String(input).startsWith(String(prefix(input)[0]))],
  endswith: (suffix) => (input) => [String(input).endsWith(String(suffix(input)[0]))],
  split: (separator) => (input) => [String(input).split(String(separator(input)[0]))],
};

/** A string, in which `\(…)` stands for a filter's value. */
function template(token: string): Filter {
  const parts = token.slice(1, -1).split(/\\\(((?:[^()]|\([^()]*\))*)\)/);
  const made = parts.map((part, i) =>
    i % 2 === 1 ? readFilter(part) : ((text) => () => [text])(JSON.parse(`"${part}"`) as string),
  );
  return (input) => [
    made
      .map((one) =>
        one(input)
          .map((v) => (typeof v === "string" ? v : JSON.stringify(v)))
          .join(""),
      )
      .join(""),
  ];
}

function then(filter: Filter, next: Filter): Filter {
  return (input) => filter(input).flatMap(next);
}

function forgiving(filter: Filter): Filter {
  return (input) => {
    try {
      return filter(input);
    } catch (error) {
      if (error instanceof JqError) return [];
      throw error;
    }
  };
}

function binary(left: Filter, right: Filter, act: (a: unknown, b: unknown) => unknown): Filter {
  return (input) => right(input).flatMap((b) => left(input).map((a) => act(a, b)));
}

function isTrue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false;
}

function typeName(value: unknown): string {
  return SIMPLE.type!(value)[0] as string;
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new JqError(`Cannot iterate over ${typeName(value)}`);
}

function values(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "object" && value !== null) return Object.values(value);
  throw new JqError(`Cannot iterate over ${typeName(value)}`);
}

function number(value: unknown): number {
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  throw new JqError(`${typeName(value)} cannot be used as a number`);
}

function field(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && typeof key === "number") return (value.at(key) as unknown) ?? null;
  if (typeof value === "object" && typeof key === "string" && !Array.isArray(value)) {
    return (value as Plain)[key] ?? null;
  }
  throw new JqError(
    `Cannot index ${typeName(value)} with ${typeof key === "string" ? `"${key}"` : String(key)}`,
  );
}

function added(a: unknown, b: unknown): unknown {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  if (typeof a === "object" && typeof b === "object") return { ...a, ...b };
  return number(a) + number(b);
}

function descendants(value: unknown, depth: number): unknown[] {
  if (typeof value !== "object" || value === null || depth > 64) return [value];
  return [value, ...values(value).flatMap((child) => descendants(child, depth + 1))];
}

const ORDER = ["null", "boolean", "number", "string", "array", "object"];

function compare(a: unknown, b: unknown): number {
  const [x, y] = [a ?? null, b ?? null];
  const kinds = ORDER.indexOf(typeName(x)) - ORDER.indexOf(typeName(y));
  if (kinds !== 0) return kinds;
  if (typeof x === "number" || typeof x === "boolean") return Number(x) - Number(y);
  const [left, right] =
    typeof x === "string" ? [x, y as string] : [JSON.stringify(x), JSON.stringify(y)];
  return left < right ? -1 : left > right ? 1 : 0;
}
