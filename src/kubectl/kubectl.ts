/* kubectl: from words to a program. github.com/spf13/cobra decides which command is meant, in its words. */
import { Client } from "./client.ts";
import { dryRunWarning } from "./command/dry-run.ts";
import { helpOf } from "./command/help.ts";
import { parseFlags, type Flag } from "./command/flags.ts";
import { told } from "./command/told.ts";
import { GLOBAL_FLAGS, type Verb } from "./command/verb.ts";
import { KubectlError, usageError } from "./kubectl-error.ts";
import type { Program } from "./program.ts";
import { ROOT } from "./verbs/index.ts";
import type { World } from "./world.ts";

/** Runs kubectl with arguments, `kubectl` itself not among them. It never throws for what a user got wrong. */
export function kubectl(args: readonly string[], world: World): Program {
  const client = new Client(world.api);
  return told(dispatch(args, world, client), client);
}

function* dispatch(args: readonly string[], world: World, client: Client): Program {
  const { path, rest } = commandOf(args);
  const verb = path.at(-1)!;
  const command = path.map(({ name }) => name).join(" ");
  const known = flagsOf(path);
  const at = path.length === 1 ? firstWord(rest, known) : -1;
  // cobra looks for the command before it looks at flags.
  if (at >= 0) throw new KubectlError(unknownCommand(rest[at]!));
  const parsed = parseFlags(rest, known);
  if ("error" in parsed) {
    throw new KubectlError(`${parsed.error}\nSee '${command} --help' for usage.`);
  }
  const { flags, words, used, dash } = parsed;
  if (flags.isOn("help")) {
    yield { stdout: helpOf(path, known) };
    return 0;
  }
  if (verb.run === undefined) {
    const [unknown] = words;
    if (unknown === undefined) {
      yield { stdout: helpOf(path, known) };
      return verb === ROOT ? 0 : 1;
    }
    throw new KubectlError(unknownSubcommand(command, words));
  }
  for (const flag of used) {
    if (flag.missing) throw new KubectlError(`--${flag.name} is not simulated`);
    if (flag.deprecated !== undefined) {
      yield { stderr: `Flag --${flag.name} has been deprecated, ${flag.deprecated}\n` };
    }
  }
  const deprecated = dryRunWarning({ flags }, world.now());
  if (deprecated !== undefined) yield { stderr: `${deprecated}\n` };
  return yield* verb.run({
    world,
    client,
    command,
    typed: rest,
    words,
    flags,
    ...(dash === undefined ? {} : { dash }),
  });
}

/** The commands that words lead to, from `kubectl` down, and what is left; flags may stand in front (cobra Find). */
function commandOf(args: readonly string[]): { path: readonly Verb[]; rest: readonly string[] } {
  const path: Verb[] = [ROOT];
  const rest = [...args];
  for (;;) {
    const known = flagsOf(path);
    const at = firstWord(rest, known);
    const word = rest[at] ?? "";
    const found = path
      .at(-1)!
      .verbs?.find(({ name, aliases }) => name === word || aliases?.includes(word));
    if (found === undefined) return { path, rest };
    rest.splice(at, 1);
    path.push(found);
  }
}

/** Where the first argument is that is neither a flag nor a flag's value; -1 where none is. */
function firstWord(args: readonly string[], known: readonly Flag[]): number {
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i]!;
    if (arg === "--") return -1;
    if (!arg.startsWith("-") || arg === "-") return i;
    if (arg.includes("=")) continue;
    const flag = known.find(
      ({ name, short }) => arg === `--${name}` || (short !== undefined && arg === `-${short}`),
    );
    if (flag !== undefined && flag.type !== "bool" && flag.implied === undefined) i += 1;
  }
  return -1;
}

function flagsOf(path: readonly Verb[]): Flag[] {
  return [...path.flatMap(({ flags = [] }) => flags), ...GLOBAL_FLAGS];
}

/** What a group of commands says of words that are none of them (cmdutil.RequireNoArguments). */
function unknownSubcommand(command: string, words: readonly string[]): string {
  return usageError(command, `unknown command ${JSON.stringify(words.join(" "))}`).message;
}

/** cobra's findSuggestions: names within two edits of the word, or that it begins. */
function unknownCommand(word: string): string {
  const near = (ROOT.verbs ?? [])
    .map(({ name }) => name)
    .filter(
      (name) => distance(name, word) <= 2 || name.toLowerCase().startsWith(word.toLowerCase()),
    )
    .sort();
  if (near.length === 0 && NOT_SIMULATED.has(word)) return `kubectl ${word} is not simulated`;
  const hint =
    near.length === 0
      ? ""
      : `\n\nDid you mean this?\n${near.map((name) => `\t${name}`).join("\n")}`;
  return `unknown command ${JSON.stringify(word)} for "kubectl"${hint}`;
}

/** Commands of the real kubectl that this one does not have. */
const NOT_SIMULATED = new Set([
  "alpha",
  "attach",
  "auth",
  "certificate",
  "completion",
  "cp",
  "debug",
  "kustomize",
  "options",
  "plugin",
  "port-forward",
  "proxy",
  "taint",
]);

/** Levenshtein's distance, as cobra's ld counts it without case. */
function distance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[to.length]!;
}
