import { failing, LineFilter } from "../stage.ts";
import { CLASSES } from "./character-classes.ts";
import { optionsOf } from "./options.ts";
import { invalid, over, type Tool } from "./tool.ts";

class Grep extends LineFilter {
  private readonly pattern: RegExp;
  private readonly flags: ReadonlySet<string>;
  private readonly most: number;
  private number = 0;
  private found = 0;

  constructor(pattern: RegExp, flags: ReadonlySet<string>, most: number) {
    super();
    this.pattern = pattern;
    this.flags = flags;
    this.most = most;
  }

  protected line(line: string): string | undefined {
    this.number += 1;
    this.pattern.lastIndex = 0;
    if (this.pattern.test(line) === this.flags.has("v")) return undefined;
    this.found += 1;
    if (this.found >= this.most || this.flags.has("q")) this.closed = true;
    if (this.flags.has("c") || this.flags.has("q")) return undefined;
    const number = this.flags.has("n") ? `${this.number}:` : "";
    if (!this.flags.has("o")) return `${number}${line}\n`;
    return (line.match(new RegExp(this.pattern, `${this.pattern.flags}g`)) ?? [])
      .map((match) => `${number}${match}\n`)
      .join("");
  }

  protected override end(): string {
    return this.flags.has("c") ? `${this.found}\n` : "";
  }

  protected override status(): number {
    return this.found > 0 ? 0 : 1;
  }
}

/** A basic regular expression in JavaScript's form: there `+ ? | ( ) { }` are signs of their own only behind a backslash. */
function basic(pattern: string): string {
  return pattern.replace(/\\([+?|(){}])|([+?|(){}])/g, (_, escaped: string, plain: string) =>
    escaped === undefined ? `\\${plain}` : escaped,
  );
}

function regExp(pattern: string, flags: string): RegExp | undefined {
  const classes = pattern.replace(/\[:[a-z]+:\]/g, (name) => CLASSES[name] ?? name);
  try {
    return new RegExp(classes, flags);
  } catch {
    return undefined;
  }
}

/** grep (GNU grep). */
export const grep: Tool = (args, environment) => {
  const { on, values, words, unknown } = optionsOf(args, "ivcnoqEFwxhHs", "em", {
    "ignore-case": "i",
    "invert-match": "v",
    count: "c",
    quiet: "q",
    "line-number": "n",
    "only-matching": "o",
    "extended-regexp": "E",
    "fixed-strings": "F",
    "word-regexp": "w",
    regexp: "e",
    "max-count": "m",
  });
  if (unknown !== undefined) return invalid("grep", unknown);
  const given = values.get("e") ?? words[0];
  if (given === undefined) return failing("Usage: grep [OPTION]... PATTERNS [FILE]...", 2);
  const source = on.has("F")
    ? given.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    : on.has("E")
      ? given
      : basic(given);
  const whole = on.has("x") ? `^(?:${source})$` : on.has("w") ? `\\b(?:${source})\\b` : source;
  const pattern = regExp(whole, on.has("i") ? "i" : "");
  if (pattern === undefined) return failing("grep: Invalid regular expression", 2);
  const most = values.has("m") ? Number(values.get("m")) : Infinity;
  const paths = values.has("e") ? words : words.slice(1);
  return over("grep", paths, environment, new Grep(pattern, on, most));
};
