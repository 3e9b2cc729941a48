/*
 * Flags as github.com/spf13/pflag reads them, with its error texts.
 */

/** `bool` takes no value; `optional` takes one only behind `=`, and has `implied` without. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly type?: "string" | "bool" | "int" | "duration" | "list";
  /** Value of the flag without `=value`. */
  readonly implied?: string;
  /** What the flag does, in a few words, for `--help`. */
  readonly about?: string;
  /** Said when it is used. */
  readonly deprecated?: string;
  /** Why using it is refused: the simulator does not have it. */
  readonly missing?: true;
}

/** A flag as typed, by its long name. */
export class Flags {
  private readonly values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.values = values;
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  isOn(name: string): boolean {
    return this.text(name) === "true";
  }

  /** All values of a flag that may be repeated. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** As `all`, where commas separate too. */
  list(name: string): string[] {
    return this.all(name).flatMap((value) => value.split(","));
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  /** Milliseconds. */
  duration(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : goDuration(text);
  }
}

/** A command line taken apart, or why it cannot be. */
export type Parsed =
  | {
      readonly words: readonly string[];
      readonly flags: Flags;
      readonly used: readonly Flag[];
      /** How many words came before `--`; undefined where there was none. */
      readonly dash?: number;
    }
  | { readonly error: string };

/** Takes flags out of arguments. */
export function parseFlags(args: readonly string[], known: readonly Flag[]): Parsed {
  const values = new Map<string, string[]>();
  const used: Flag[] = [];
  const words: string[] = [];
  const rest = [...args];
  const set = (flag: Flag, value: string): string | undefined => {
    const wrong = problemOf(flag, value);
    if (wrong !== undefined) return wrong;
    if (!used.includes(flag)) used.push(flag);
    const bool = flag.type === "bool" ? { t: "true", "1": "true", f: "false", "0": "false" } : {};
    const clean = (bool as Record<string, string>)[value] ?? value;
    values.set(flag.name, [...(values.get(flag.name) ?? []), clean]);
    return undefined;
  };
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === "--") {
      const dash = words.length;
      return { words: [...words, ...rest], flags: new Flags(values), used, dash };
    }
    if (!arg.startsWith("-") || arg === "-") {
      words.push(arg);
      continue;
    }
    const error = arg.startsWith("--")
      ? long(arg, rest, known, set)
      : shorts(arg, rest, known, set);
    if (error !== undefined) return { error };
  }
  return { words, flags: new Flags(values), used };
}

type SetFlag = (flag: Flag, value: string) => string | undefined;

function impliedBy(flag: Flag): string | undefined {
  return flag.type === "bool" ? "true" : flag.implied;
}

function long(arg: string, rest: string[], known: readonly Flag[], set: SetFlag) {
  const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg)!;
  if (name === "" || name.startsWith("-")) return `bad flag syntax: ${arg}`;
  const flag = known.find((one) => one.name === name);
  if (flag === undefined) return `unknown flag: --${name}`;
  if (value !== undefined) return set(flag, value);
  const implied = impliedBy(flag);
  if (implied !== undefined) return set(flag, implied);
  const next = rest.shift();
  return next === undefined ? `flag needs an argument: --${name}` : set(flag, next);
}

function shorts(arg: string, rest: string[], known: readonly Flag[], set: SetFlag) {
  for (let letters = arg.slice(1); letters !== "";) {
    const letter = letters[0]!;
    const flag = known.find(({ short }) => short === letter);
    if (flag === undefined) {
      return `unknown shorthand flag: '${letter}' in -${letters}`;
    }
    const after = letters.slice(1);
    if (after.startsWith("=")) return set(flag, after.slice(1));
    const implied = impliedBy(flag);
    if (implied !== undefined) {
      const wrong = set(flag, implied);
      if (wrong !== undefined) return wrong;
      letters = after;
      continue;
    }
    if (after !== "") return set(flag, after);
    const next = rest.shift();
    return next === undefined
      ? `flag needs an argument: '${letter}' in -${letters}`
      : set(flag, next);
  }
  return undefined;
}

function problemOf(flag: Flag, value: string): string | undefined {
  const quoted = JSON.stringify(value);
  const called = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
  const wrong = (why: string) => `invalid argument ${quoted} for "${called}" flag: ${why}`;
  switch (flag.type) {
    case "bool":
      return /^(true|false|t|f|1|0|T|F|TRUE|FALSE|True|False)$/.test(value)
        ? undefined
        : wrong(`strconv.ParseBool: parsing ${quoted}: invalid syntax`);
    case "int":
      return /^[+-]?\d+$/.test(value)
        ? undefined
        : wrong(`strconv.ParseInt: parsing ${quoted}: invalid syntax`);
    case "duration": {
      if (goDuration(value) !== undefined) return undefined;
      return /^[+-]?\d+$/.test(value)
        ? wrong(`time: missing unit in duration ${quoted}`)
        : wrong(`time: invalid duration ${quoted}`);
    }
    default:
      return undefined;
  }
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of `1h2m3.5s`; undefined for what Go's time.ParseDuration refuses. */
export function goDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return undefined;
  let ms = 0;
  for (const [, number, unit] of match[2]!.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    ms += Number(number) * UNITS[unit!]!;
  }
  return match[1] === "-" ? -ms : ms;
}
