/* wc, sort, uniq, head, tail and cut (GNU coreutils). */
import { Collector, failing, ignoringInput, LineFilter, printing } from "../stage.ts";
import { grep } from "./grep.ts";
import { optionsOf } from "./options.ts";
import { invalid, over, type Tool } from "./tool.ts";
import { tr } from "./tr.ts";

const wc: Tool = (args, environment) => {
  const { on, words, unknown } = optionsOf(args, "lwcm", "", {
    lines: "l",
    words: "w",
    bytes: "c",
    chars: "m",
  });
  if (unknown !== undefined) return invalid("wc", unknown);
  const count = (text: string, name: string) => {
    const numbers = {
      l: text.split("\n").length - 1,
      w: text.split(/\s+/).filter((word) => word !== "").length,
      c: new TextEncoder().encode(text).length,
    };
    const chosen = (["l", "w", "c"] as const).filter(
      (letter) => on.size === 0 || on.has(letter) || (letter === "c" && on.has("m")),
    );
    const cells = chosen.map((letter) => String(numbers[letter]));
    const width = chosen.length > 1 ? 7 : 1;
    return `${cells.map((cell) => cell.padStart(width)).join(" ")}${name === "" ? "" : ` ${name}`}\n`;
  };
  const [path] = words;
  const text = path === undefined ? undefined : environment.read(path);
  if (path === undefined) return new Collector((input) => printing(count(input, "")));
  if (typeof text !== "string") return failing(`wc: ${path}: No such file or directory`);
  return ignoringInput(() => printing(count(text, path)));
};

const sort: Tool = (args, environment) => {
  const { on, values, words, unknown } = optionsOf(args, "nruhVfb", "kt", {
    "numeric-sort": "n",
    reverse: "r",
    unique: "u",
    key: "k",
    "field-separator": "t",
    "human-numeric-sort": "h",
    "version-sort": "V",
  });
  if (unknown !== undefined) return invalid("sort", unknown);
  const key = /^(\d+)(?:,(\d+))?([nrhV]*)$/.exec(values.get("k") ?? "");
  const numeric = on.has("n") || on.has("h") || /[nh]/.test(key?.[3] ?? "");
  const reversed = on.has("r") || (key?.[3] ?? "").includes("r");
  const keyOf = (line: string) => {
    if (key === null) return line;
    const separator = values.get("t");
    const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
    return fields
      .slice(Number(key[1]) - 1, key[2] === undefined ? undefined : Number(key[2]))
      .join(" ");
  };
  const compare = (a: string, b: string) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    const order = numeric ? numberIn(x) - numberIn(y) : x < y ? -1 : x > y ? 1 : 0;
    return (order || (a < b ? -1 : a > b ? 1 : 0)) * (reversed ? -1 : 1);
  };
  const stage = new Collector((input) => {
    const lines = input.replace(/\n$/, "").split("\n");
    if (input === "") return printing("");
    const sorted = lines.toSorted(compare);
    const kept = on.has("u")
      ? sorted.filter((line, i) => i === 0 || keyOf(line) !== keyOf(sorted[i - 1]!))
      : sorted;
    return printing(`${kept.join("\n")}\n`);
  });
  return over("sort", words, environment, stage);
};

function numberIn(text: string): number {
  const match = /^\s*(-?\d+(?:\.\d+)?)([KMGT]?)/.exec(text);
  if (match === null) return 0;
  const scale = { "": 1, K: 1024, M: 1_048_576, G: 1_073_741_824, T: 1_099_511_627_776 };
  return Number(match[1]) * scale[match[2] as keyof typeof scale];
}

class Uniq extends LineFilter {
  private readonly counts: boolean;
  private last: string | undefined;
  private times = 0;

  constructor(counts: boolean) {
    super();
    this.counts = counts;
  }

  protected line(line: string): string | undefined {
    if (line === this.last) {
      this.times += 1;
      return undefined;
    }
    const out = this.end();
    this.last = line;
    this.times = 1;
    return out;
  }

  protected override end(): string {
    if (this.last === undefined) return "";
    return this.counts ? `${String(this.times).padStart(7)} ${this.last}\n` : `${this.last}\n`;
  }
}

const uniq: Tool = (args, environment) => {
  const { on, words, unknown } = optionsOf(args, "c", "", { count: "c" });
  if (unknown !== undefined) return invalid("uniq", unknown);
  return over("uniq", words, environment, new Uniq(on.has("c")));
};

class Head extends LineFilter {
  private left: number;

  constructor(count: number) {
    super();
    this.left = count;
    this.closed = count <= 0;
  }

  protected line(line: string): string {
    this.left -= 1;
    if (this.left <= 0) this.closed = true;
    return `${line}\n`;
  }
}

/** `-5`, `-n 5`, `-n5`, `-n +2`. */
function lineCount(args: readonly string[]): {
  count: string;
  words: readonly string[];
  unknown?: string;
} {
  const plain = args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));
  const { values, words, unknown } = optionsOf(plain, "qf", "nc", { lines: "n" });
  return { count: values.get("n") ?? "10", words, ...(unknown === undefined ? {} : { unknown }) };
}

const head: Tool = (args, environment) => {
  const { count, words, unknown } = lineCount(args);
  if (unknown !== undefined) return invalid("head", unknown);
  if (!/^-?\d+$/.test(count)) return failing(`head: invalid number of lines: '${count}'`);
  const number = Number(count);
  const stage =
    number >= 0
      ? new Head(number)
      : new Collector((input) =>
          printing(
            input
              .split(/(?<=\n)/)
              .slice(0, number)
              .join(""),
          ),
        );
  return over("head", words, environment, stage);
};

const tail: Tool = (args, environment) => {
  const { count, words, unknown } = lineCount(args);
  if (unknown !== undefined) return invalid("tail", unknown);
  if (!/^[+-]?\d+$/.test(count)) return failing(`tail: invalid number of lines: '${count}'`);
  const stage = new Collector((input) => {
    const lines = input.split(/(?<=\n)/);
    const from = count.startsWith("+")
      ? Number(count) - 1
      : Math.max(0, lines.length - Math.abs(Number(count)));
    return printing(lines.slice(from).join(""));
  });
  return over("tail", words, environment, stage);
};

class Cut extends LineFilter {
  private readonly cutLine: (line: string) => string;

  constructor(cutLine: (line: string) => string) {
    super();
    this.cutLine = cutLine;
  }

  protected line(line: string): string {
    return `${this.cutLine(line)}\n`;
  }
}

const cut: Tool = (args, environment) => {
  const { values, words, unknown } = optionsOf(args, "s", "dfc", {
    delimiter: "d",
    fields: "f",
    characters: "c",
  });
  if (unknown !== undefined) return invalid("cut", unknown);
  const [fields, characters] = [values.get("f"), values.get("c")];
  const list = fields ?? characters;
  if (list === undefined) {
    return failing("cut: you must specify a list of bytes, characters, or fields");
  }
  const ranges = list.split(",").map((part) => {
    const [from = "", to = from] = part.includes("-") ? part.split("-") : [part, part];
    return [Number(from || 1), to === "" ? Infinity : Number(to)] as const;
  });
  const isWanted = (number: number) => ranges.some(([from, to]) => number >= from && number <= to);
  const separator = values.get("d") ?? "\t";
  const stage = new Cut((line) => {
    if (fields === undefined) return [...line].filter((_, i) => isWanted(i + 1)).join("");
    if (!line.includes(separator)) return line;
    return line
      .split(separator)
      .filter((_, i) => isWanted(i + 1))
      .join(separator);
  });
  return over("cut", words, environment, stage);
};

export const FILTERS: Readonly<Record<string, Tool>> = {
  grep,
  egrep: (args, env) => grep(["-E", ...args], env),
  wc,
  sort,
  uniq,
  head,
  tail,
  cut,
  tr,
};
