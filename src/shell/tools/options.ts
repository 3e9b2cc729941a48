/** Options of a tool as getopt reads them: letters in `withValue` take a value. */
export interface Options {
  readonly on: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly words: readonly string[];
  /** A letter that the tool does not have. */
  readonly unknown?: string;
}

/** Takes options out of arguments: `letters` such as `ivcn`, long names with the letter that they stand for. */
export function optionsOf(
  args: readonly string[],
  letters: string,
  withValue: string,
  long: Readonly<Record<string, string>> = {},
): Options {
  const on = new Set<string>();
  const values = new Map<string, string>();
  const words: string[] = [];
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === "--") return { on, values, words: [...words, ...rest] };
    if (!arg.startsWith("-") || arg === "-") {
      words.push(arg);
      continue;
    }
    if (arg.startsWith("--")) {
      const [name = "", value] = arg.slice(2).split(/=(.*)/s);
      const letter = long[name];
      if (letter === undefined) return { on, values, words, unknown: arg };
      if (withValue.includes(letter)) values.set(letter, value ?? rest.shift() ?? "");
      else on.add(letter);
      continue;
    }
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg[i]!;
      if (withValue.includes(letter)) {
        const value = arg.slice(i + 1);
        values.set(letter, value === "" ? (rest.shift() ?? "") : value);
        break;
      }
      if (!letters.includes(letter)) return { on, values, words, unknown: letter };
      on.add(letter);
    }
  }
  return { on, values, words };
}
