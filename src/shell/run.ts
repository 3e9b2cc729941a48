/* A line of the shell as a program in virtual time. Errors are worded as bash words them. */
import type { Program, Step } from "../kubectl/program.ts";
import { arithmetic } from "./arithmetic.ts";
import { BUILTINS } from "./builtins.ts";
import { Environment, SHELL_LIMITS, type ShellState, type ShellWorld } from "./environment.ts";
import {
  parseLine,
  ShellSyntaxError,
  type Command,
  type List,
  type Piece,
  type Pipeline,
  type Redirection,
  type Word,
} from "./parse.ts";
import { Collector, ignoringInput, pipeline, printing, type Stage } from "./stage.ts";
import { stageOf } from "./tools/index.ts";

/** Something made on the way of a program, whose steps it may take. */
type Making<T> = Generator<Step, T, string | undefined>;

/** A stream of a command, led to or from a file. */
interface Led {
  readonly stream: Redirection["stream"];
  readonly mode: Redirection["mode"];
  readonly path: string;
}

/** Ends the line: a limit, or something that the shell cannot do. */
class ShellError extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** A line on its way, and what the terminal remembers after it. */
export interface RunningLine {
  readonly program: Program;
  /** The state as it is now: after the end, that for the next line. */
  state(): ShellState;
}

/** Begins a line. It never throws for what was typed wrong. */
export function runLine(line: string, world: ShellWorld, before: ShellState): RunningLine {
  const environment = new Environment(world, before);
  return { program: guarded(line, environment), state: () => environment.state(line) };
}

function* guarded(line: string, environment: Environment): Program {
  try {
    yield* list(parseLine(line), environment);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError) && !(error instanceof ShellError)) throw error;
    yield { stderr: `bash: ${error.message}\n` };
    environment.status = error instanceof ShellError ? error.code : 2;
  }
  return environment.status;
}

function* list(entries: List, environment: Environment): Program {
  if ((environment.depth += 1) > SHELL_LIMITS.depth)
    throw new ShellError("commands are nested too deeply");
  for (const { pipeline: one, when } of entries) {
    if (when === "success" && environment.status !== 0) continue;
    if (when === "failure" && environment.status === 0) continue;
    environment.status = yield* piped(one, environment);
  }
  environment.depth -= 1;
  return environment.status;
}

function* piped({ commands, negated }: Pipeline, environment: Environment): Program {
  const [first] = commands;
  let code: number;
  if (commands.length === 1 && first!.kind !== "simple")
    code = yield* compound(first!, environment);
  else {
    const stages: Stage[] = [];
    for (const [i, command] of commands.entries())
      stages.push(yield* stage(command, environment, i > 0));
    code = yield* pipeline(stages);
  }
  return negated ? Number(code === 0) : code;
}

/** Loops, conditions and groups. What they print is printed; their input is what is left of the line's. */
function* compound(
  command: Exclude<Command, { kind: "simple" }>,
  environment: Environment,
): Program {
  switch (command.kind) {
    case "group":
      return yield* list(command.body, environment);
    case "if": {
      for (const { condition, body } of command.arms) {
        if ((yield* list(condition, environment)) === 0) return yield* list(body, environment);
      }
      environment.status = 0;
      return command.otherwise === undefined ? 0 : yield* list(command.otherwise, environment);
    }
    case "for": {
      let code = 0;
      for (const value of yield* expandAll(command.words, environment)) {
        round(environment);
        environment.variables[command.name] = value;
        code = yield* list(command.body, environment);
      }
      return code;
    }
    case "while": {
      let code = 0;
      for (;;) {
        round(environment);
        const met = (yield* list(command.condition, environment)) === 0;
        if (met === command.until) return code;
        code = yield* list(command.body, environment);
      }
    }
  }
}

function round(environment: Environment): void {
  if ((environment.rounds += 1) > SHELL_LIMITS.rounds) {
    throw new ShellError(`the loop was stopped after ${SHELL_LIMITS.rounds} rounds`);
  }
}

/** A command of a pipeline. `hasInput`: another one is before it. */
function* stage(command: Command, environment: Environment, hasInput: boolean): Making<Stage> {
  if (command.kind !== "simple") {
    return new Collector((text) => {
      environment.input = { text, at: 0 };
      return compound(command, environment);
    });
  }
  const values: [string, string][] = [];
  for (const { name, value } of command.assignments) {
    values.push([name, (yield* expand(value, environment)).join(" ")]);
  }
  const words = yield* expandAll(command.words, environment);
  const redirections: Led[] = [];
  for (const { stream, mode, target } of command.redirections) {
    redirections.push({ stream, mode, path: (yield* expand(target, environment)).join(" ") });
  }
  if (words.length === 0) {
    for (const [name, value] of values) environment.variables[name] = value;
    return redirected(
      ignoringInput(() => printing("")),
      redirections,
      environment,
    );
  }
  const [name = "", ...args] = words;
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  const made =
    builtin === undefined ? stageOf(name, args, environment, hasInput) : builtin(args, environment);
  return redirected(made, redirections, environment);
}

/** The stage with its streams led to and from files. */
function redirected(inner: Stage, redirections: readonly Led[], environment: Environment): Stage {
  if (redirections.length === 0) return inner;
  const input = redirections.find(({ mode }) => mode === "read");
  const content = input === undefined ? undefined : environment.read(input.path);
  const text = typeof content === "string" ? content : undefined;
  if (input !== undefined && text === undefined) {
    const why = content === undefined ? "No such file or directory" : "Is a directory";
    return ignoringInput(() => printing(`bash: ${input.path}: ${why}\n`, 1, "stderr"));
  }
  return {
    get closed() {
      return inner.closed;
    },
    feed: (piece) => inner.feed(piece),
    finish: () => toFiles(inner, text, redirections, environment),
  };
}

function* toFiles(
  inner: Stage,
  input: string | undefined,
  redirections: readonly Led[],
  environment: Environment,
): Program {
  const sinks = new Map<1 | 2, { path: string; text: string } | 1 | 2>();
  for (const { stream, mode, path } of redirections) {
    if (mode === "read" || stream === 0) continue;
    if (mode === "both" && /^[12]$/.test(path)) {
      const target = Number(path) as 1 | 2;
      sinks.set(stream, sinks.get(target) ?? target);
      continue;
    }
    const before = mode === "append" ? environment.read(path) : "";
    const sink = { path, text: typeof before === "string" ? before : "" };
    sinks.set(stream, sink);
    if (mode === "both") sinks.set(2, sink);
  }
  let fed = input === undefined ? "" : inner.feed(input);
  const program = inner.finish();
  let answer: string | undefined;
  let code = 0;
  for (;;) {
    const { done, value } =
      fed === "" ? program.next(answer) : { done: false as const, value: { stdout: fed } };
    fed = "";
    answer = undefined;
    if (done === true) {
      code = value as number;
      break;
    }
    const step = value as Step;
    if (!("stdout" in step) && !("stderr" in step)) {
      answer = yield step;
      continue;
    }
    const stream = "stdout" in step ? 1 : 2;
    const text = "stdout" in step ? step.stdout : step.stderr;
    const sink = sinks.get(stream) ?? stream;
    if (typeof sink === "number") yield sink === 1 ? { stdout: text } : { stderr: text };
    else if (sink.text.length < SHELL_LIMITS.text) sink.text += text;
  }
  for (const sink of new Set(sinks.values())) {
    if (typeof sink === "number" || sink.path === "/dev/null") continue;
    environment.write(sink.path, sink.text);
    yield { write: { path: sink.path, text: sink.text } };
  }
  return code;
}

/** Words after expansion: variables and commands are filled in, what is not quoted is split at blanks, and `*` names files. */
function* expandAll(words: readonly Word[], environment: Environment): Making<string[]> {
  const expanded: string[] = [];
  for (const word of words) expanded.push(...(yield* expand(word, environment)));
  return expanded;
}

function* expand(word: Word, environment: Environment): Making<string[]> {
  const fields: string[] = [];
  let field: string | undefined;
  for (const piece of word) {
    const text = yield* valueOf(piece, environment);
    if (piece.quoted || piece.kind === "text") {
      field = (field ?? "") + text;
      continue;
    }
    const parts = text.split(/\s+/);
    for (const [i, part] of parts.entries()) {
      if (i > 0 && field !== undefined) {
        fields.push(field);
        field = undefined;
      }
      if (part !== "") field = (field ?? "") + part;
    }
  }
  if (field !== undefined) fields.push(field);
  const isPattern = word.some(
    (piece) => piece.kind === "text" && !piece.quoted && piece.text.includes("*"),
  );
  return isPattern ? fields.flatMap((one) => filesLike(one, environment)) : fields;
}

/** Files of a folder that a pattern fits; the pattern itself where none does. */
function filesLike(pattern: string, environment: Environment): string[] {
  const slash = pattern.lastIndexOf("/");
  const folder = slash < 0 ? "." : pattern.slice(0, slash);
  const content = environment.read(folder);
  if (typeof content !== "object") return [pattern];
  const source = pattern
    .slice(slash + 1)
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*");
  const fit = new RegExp(`^${source}$`);
  const found = content.names.filter((name) => fit.test(name)).toSorted();
  return found.length === 0
    ? [pattern]
    : found.map((name) => (slash < 0 ? name : `${folder}/${name}`));
}

function* valueOf(piece: Piece, environment: Environment): Making<string> {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "variable":
      if (piece.name === "?") return String(environment.status);
      return environment.variables[piece.name] ?? "";
    case "arithmetic": {
      const value = arithmetic(piece.text, environment.variables);
      if (value === undefined) throw new ShellError(`${piece.text}: syntax error in expression`);
      return String(value);
    }
    case "command": {
      let text = "";
      const program = list(piece.list, environment);
      let answer: string | undefined;
      for (;;) {
        const { done, value } = program.next(answer);
        if (done === true) return text.replace(/\n+$/, "");
        answer = undefined;
        if (!("stdout" in value)) answer = yield value;
        else if (text.length < SHELL_LIMITS.text) text += value.stdout;
      }
    }
  }
}
