import type { Program, Step } from "../kubectl/program.ts";
import { SHELL_LIMITS, type Environment } from "./environment.ts";

/** A command of a pipeline: text comes in piece by piece, and goes out. */
export interface Stage {
  /** Takes a piece of input; returns what is printed for it. */
  feed(text: string): string;
  /** Wants no more input: the command before it may end (SIGPIPE). */
  readonly closed: boolean;
  /** The input has ended: what is still to be done. */
  finish(): Program;
}

/** A command that works line by line, such as grep. `line` has no newline; undefined prints nothing. */
export abstract class LineFilter implements Stage {
  closed = false;
  private rest = "";

  feed(text: string): string {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop()!;
    let out = "";
    for (const line of lines) {
      if (this.closed) break;
      out += this.line(line) ?? "";
    }
    return out;
  }

  *finish(): Program {
    if (this.rest !== "" && !this.closed) {
      const out = this.line(this.rest) ?? "";
      if (out !== "") yield { stdout: out };
    }
    this.rest = "";
    const last = this.end();
    if (last !== "") yield { stdout: last };
    return this.status();
  }

  /** What is printed for a line, newline included. */
  protected abstract line(line: string): string | undefined;

  /** What is printed at the end. */
  protected end(): string {
    return "";
  }

  protected status(): number {
    return 0;
  }
}

/** A command that wants all of its input before it does anything. */
export class Collector implements Stage {
  readonly closed = false;
  private text = "";
  private readonly run: (input: string) => Program;

  constructor(run: (input: string) => Program) {
    this.run = run;
  }

  feed(text: string): string {
    if (this.text.length < SHELL_LIMITS.text) this.text += text;
    return "";
  }

  finish(): Program {
    return this.run(this.text);
  }
}

/** A command without input. */
export function ignoringInput(run: () => Program): Stage {
  return { feed: () => "", closed: true, finish: run };
}

/** A program that prints a text and ends. */
export function* printing(text: string, code = 0, stream: "stdout" | "stderr" = "stdout"): Program {
  if (text !== "") yield stream === "stdout" ? { stdout: text } : { stderr: text };
  return code;
}

/** A command that ends with a message on standard error. */
export function failing(message: string, code = 1): Stage {
  return ignoringInput(() => printing(`${message}\n`, code, "stderr"));
}

/** The files that a command names, put into the stage instead of its standard input; a file that is not there is told of. */
export function* fromFiles(
  command: string,
  paths: readonly string[],
  environment: Environment,
  stage: Stage,
): Program {
  let code = 0;
  for (const path of paths) {
    const content = environment.read(path);
    if (typeof content !== "string") {
      const why = content === undefined ? "No such file or directory" : "Is a directory";
      yield { stderr: `${command}: ${path}: ${why}\n` };
      code = command === "grep" ? 2 : 1;
      continue;
    }
    const out = stage.feed(content);
    if (out !== "") yield { stdout: out };
  }
  return Math.max(code, yield* stage.finish());
}

/** Runs stages one behind the other. Waits of any of them are waits of the whole. */
export function* pipeline(stages: readonly Stage[]): Program {
  const codes: number[] = [];
  for (let i = 0; i < stages.length; i += 1) {
    const program = stages[i]!.finish();
    let answer: string | undefined;
    for (;;) {
      const { done, value } = program.next(answer);
      if (done === true) {
        codes.push(value);
        break;
      }
      const step: Step = value;
      if (!("stdout" in step)) {
        answer = yield step;
        continue;
      }
      answer = undefined;
      const { text, stopped } = passOn(step.stdout, stages, i + 1);
      if (text !== "") yield { stdout: text };
      if (stopped) {
        program.return(141);
        codes.push(141);
        break;
      }
    }
  }
  return codes.at(-1) ?? 0;
}

/** Hands a text on to the later stages; what comes out at the end is printed. */
function passOn(
  text: string,
  stages: readonly Stage[],
  from: number,
): { text: string; stopped: boolean } {
  let current = text;
  for (let i = from; i < stages.length; i += 1) {
    if (stages[i]!.closed) return { text: "", stopped: true };
    current = stages[i]!.feed(current);
    if (stages[i]!.closed) return { text: passOn(current, stages, i + 1).text, stopped: true };
    if (current === "") return { text: "", stopped: false };
  }
  return { text: current, stopped: false };
}
