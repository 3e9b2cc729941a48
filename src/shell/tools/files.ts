/* cat, ls, cp, mv, rm, tee: the lab's files. */
import type { Environment } from "../environment.ts";
import {
  Collector,
  failing,
  fromFiles,
  ignoringInput,
  LineFilter,
  printing,
  type Stage,
} from "../stage.ts";
import type { Tool } from "./tool.ts";
import { optionsOf } from "./options.ts";

class Cat extends LineFilter {
  private readonly numbers: boolean;
  private count = 0;

  constructor(numbers: boolean) {
    super();
    this.numbers = numbers;
  }

  protected line(line: string): string {
    this.count += 1;
    return this.numbers ? `${String(this.count).padStart(6)}\t${line}\n` : `${line}\n`;
  }
}

const cat: Tool = (args, environment) => {
  const { on, words } = optionsOf(args, "n", "");
  const stage = new Cat(on.has("n"));
  return words.length === 0
    ? stage
    : ignoringInput(() => fromFiles("cat", words, environment, stage));
};

const ls: Tool = (args, environment) => {
  const { words } = optionsOf(args, "la1hAR", "");
  const names: string[] = [];
  for (const path of words.length === 0 ? ["."] : words) {
    const content = environment.read(path);
    if (content === undefined) {
      return failing(`ls: cannot access '${path}': No such file or directory`, 2);
    }
    names.push(...(typeof content === "string" ? [path] : content.names));
  }
  const sorted = [...new Set(names)].sort();
  return ignoringInput(() => printing(sorted.map((name) => `${name}\n`).join("")));
};

const cp: Tool = ([from, to, ...more], environment) => {
  if (from === undefined) return failing("cp: missing file operand");
  if (to === undefined) return failing(`cp: missing destination file operand after '${from}'`);
  const text = environment.read(from);
  if (more.length > 0) return failing("cp: one file at a time");
  if (typeof text !== "string")
    return failing(`cp: cannot stat '${from}': No such file or directory`);
  return writing(to, text, environment);
};

function writing(path: string, text: string, environment: Environment): Stage {
  return ignoringInput(function* () {
    environment.write(path, text);
    yield { write: { path, text } };
    return 0;
  });
}

const tee: Tool = (args, environment) => {
  const { words } = optionsOf(args, "a", "");
  return new Collector(function* (text) {
    for (const path of words) {
      environment.write(path, text);
      yield { write: { path, text } };
    }
    if (text !== "") yield { stdout: text };
    return 0;
  });
};

const keptFiles =
  (name: string): Tool =>
  () =>
    failing(`${name}: files are renamed and removed in the editor`);

export const FILES: Readonly<Record<string, Tool>> = {
  cat,
  ls,
  cp,
  tee,
  mv: keptFiles("mv"),
  rm: keptFiles("rm"),
};
