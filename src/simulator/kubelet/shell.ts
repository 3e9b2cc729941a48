/*
 * A small shell: what hooks, exec probes and entrypoints of labs use. Simplified: no pipes, variables, redirections or control
 * structures; a hook's command that it does not know succeeds at once, and the run says so in a warning.
 */

import { nginxNotice } from "../runtime/nginx-log.ts";
import type { ContainerView } from "./container-view.ts";
import { fetchUrl } from "./shell-fetch.ts";
import { failed, OK, type CommandResult } from "./shell-result.ts";
import { INSPECTION } from "./shell-inspection.ts";
import { waitsMs } from "./shell-sleepers.ts";

/** One simple command of a script and when it runs. */
export interface Command {
  readonly words: readonly string[];
  /** `a && b`: after success; `a || b`: after failure; `a; b`: always. */
  readonly when: "always" | "success" | "failure";
}

/** What commands can do to the container that they run in. */
export interface ShellHost {
  /** Whether the image does not have a program of that name. */
  lacks(program: string): boolean;
  hasFile(path: string): boolean;
  createFile(path: string): void;
  removeFile(path: string): void;
  /** Sends a signal to the main process. */
  signal(signal: "SIGTERM" | "SIGQUIT" | "SIGKILL"): void;
  /** GET to the container itself. */
  httpGet(port: number, path: string): { readonly status?: number; readonly afterMs: number };
  warn(message: string): void;
  /** What there is to be seen. */
  readonly view: ContainerView;
}

const SHELLS = new Set(["sh", "bash", "ash", "dash", "busybox"]);

/** The commands of an argument vector: the script of `sh -c`, or the one command. */
export function parseCommand(argv: readonly string[]): Command[] {
  const script = SHELLS.has(baseName(argv[0] ?? "")) ? scriptOf(argv) : undefined;
  if (script !== undefined) return parseScript(script);
  return [{ words: argv, when: "always" }];
}

const CONTROL = new Set([
  ..."if then elif else fi for while until do done case esac { } !".split(" "),
  "[[",
]);

/** Whether a script decides what it runs in ways that this shell does not know: its commands in their order are not what happens. */
export function hasControlFlow(commands: readonly Command[]): boolean {
  return commands.some(({ words }) => CONTROL.has(words[0]!));
}

/** The script of `sh -ec SCRIPT`, `sh -c -e SCRIPT` or `bash -euo pipefail -c SCRIPT`. */
function scriptOf(argv: readonly string[]): string | undefined {
  let at = 1;
  let hasScript = false;
  for (; /^[-+]\w/.test(argv[at] ?? ""); at += 1) {
    const flags = argv[at]!;
    if (flags.startsWith("-") && flags.includes("c")) hasScript = true;
    if (flags.endsWith("o")) at += 1;
  }
  return hasScript ? argv[at] : undefined;
}

/** Is the program of that name part of a shell image, and missing without one? */
export function needsShell(program: string): boolean {
  const name = baseName(program);
  return SHELLS.has(name) || name in TOOLS;
}

/** Runs one command; with `exec` the script ends in it. */
export function runCommand({ words }: Command, host: ShellHost): CommandResult {
  return words[0] === "exec" ? { ...run(words.slice(1), host), ends: true } : run(words, host);
}

function run(words: readonly string[], host: ShellHost): CommandResult {
  const [program = ""] = words;
  if (host.lacks(program)) return failed(`sh: ${program}: not found\n`, 127);
  const name = baseName(program);
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (tool !== undefined) return tool(words.slice(1), host);
  const takesMs = waitsMs(words);
  return takesMs === undefined ? { ...OK, unknown: true } : { ...OK, takesMs };
}

/** The command that a shell goes over to by `exec`, or runs. */
function withoutExec(words: readonly string[]): readonly string[] {
  return words[0] === "exec" ? words.slice(1) : words;
}

/** How long a command waits that does nothing else; undefined: it is no such command. */
export function sleepsMs(words: readonly string[]): number | undefined {
  const command = withoutExec(words);
  if (baseName(command[0] ?? "") !== "sleep") return waitsMs(command);
  return command.slice(1).reduce((sum, arg) => sum + durationMs(arg), 0);
}

/** Whether a command does here what it does in a container. */
export function isSimulated(words: readonly string[]): boolean {
  const command = withoutExec(words);
  return needsShell(command[0] ?? "") || waitsMs(command) !== undefined;
}

function parseScript(script: string): Command[] {
  const commands: Command[] = [];
  let words: string[] = [];
  let word: string | undefined;
  let quote = "";
  let when: Command["when"] = "always";
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (next: Command["when"]) => {
    endWord();
    if (words.length > 0) commands.push({ words, when });
    words = [];
    when = next;
  };
  for (let i = 0; i < script.length; i += 1) {
    const c = script[i]!;
    if (quote !== "") {
      if (c === quote) quote = "";
      else word = (word ?? "") + c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= "";
    } else if (c === ";" || c === "\n") endCommand("always");
    else if ((c === "&" || c === "|") && script[i + 1] === c) {
      endCommand(c === "&" ? "success" : "failure");
      i += 1;
    } else if (c === " " || c === "\t") endWord();
    else word = (word ?? "") + c;
  }
  endCommand("always");
  return commands;
}

export type Tool = (args: readonly string[], host: ShellHost) => CommandResult;

const TOOLS: Readonly<Record<string, Tool>> = {
  ...INSPECTION,
  true: () => OK,
  ":": () => OK,
  false: () => failed(""),
  echo: (args) => ({ ...OK, output: `${args.join(" ")}\n` }),
  mkdir: () => OK,
  sleep: (args) => {
    const takesMs = args.reduce((sum, arg) => sum + durationMs(arg), 0);
    if (args.length > 0 && !Number.isNaN(takesMs)) return { ...OK, takesMs };
    return failed(`sleep: invalid number '${args[0] ?? ""}'\n`);
  },
  exit: (args) => ({ ...OK, exitCode: Number(args[0] ?? 0) || 0, ends: true }),
  touch: (args, host) => {
    for (const path of args) host.createFile(path);
    return OK;
  },
  rm: (args, host) => {
    for (const path of args) if (!path.startsWith("-")) host.removeFile(path);
    return OK;
  },
  test: (args, host) => testFile(args, host),
  "[": (args, host) => testFile(args, host),
  kill: signalMain,
  pkill: signalMain,
  killall: signalMain,
  nginx: (args, host) => {
    const at = args.indexOf("-s");
    if (at < 0) return { ...OK, unknown: true };
    if (args[at + 1] === "quit") host.signal("SIGQUIT");
    if (args[at + 1] === "stop") host.signal("SIGTERM");
    return { ...OK, output: `${nginxNotice(host.view.nowMs, 40, "signal process started")}\n` };
  },
  wget: (args, host) => fetchUrl("wget", args, host),
  curl: (args, host) => fetchUrl("curl", args, host),
  // Shells themselves are reached only when they run something other than -c.
  ...Object.fromEntries([...SHELLS].map((name) => [name, () => ({ ...OK, unknown: true })])),
};

/** Seconds with an optional unit, or "infinity". */
function durationMs(text: string): number {
  if (text === "infinity" || text === "inf") return Infinity;
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text);
  if (match === null) return Number.NaN;
  const unit = { "": 1, s: 1, m: 60, h: 3600, d: 86400 }[match[2]!] ?? 1;
  return Math.round(Number(match[1]) * unit * 1000);
}

function testFile(args: readonly string[], host: ShellHost): CommandResult {
  const negated = args[0] === "!";
  const [flag = "", path = ""] = negated ? args.slice(1) : args;
  if (!/^-[efdrsx]$/.test(flag)) {
    host.warn(
      `the simulated shell cannot evaluate "test ${args.join(" ")}"; it is taken to be true`,
    );
    return { ...OK, assumed: true };
  }
  const isThere = host.hasFile(path) || host.view.fileText(path) !== undefined;
  return isThere !== negated ? OK : failed("");
}

/** Signals that end most programs; what others mean to a program (reload, fall silent, write a dump) is its own business. */
const ENDING = new Set(["", "TERM", "15", "INT", "2"]);

function signalMain(args: readonly string[], host: ShellHost): CommandResult {
  const at = args.findIndex((arg) => arg.startsWith("-"));
  const option = args[at] === "-s" ? (args[at + 1] ?? "") : (args[at] ?? "");
  const name = option.replace(/^-?(?:SIG)?/i, "").toUpperCase();
  if (name === "QUIT" || name === "3") host.signal("SIGQUIT");
  else if (name === "KILL" || name === "9") host.signal("SIGKILL");
  else if (ENDING.has(name)) host.signal("SIGTERM");
  else if (name !== "0") {
    host.warn(`what the program does on signal ${name} is not simulated; it is taken to go on`);
  }
  return OK;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
