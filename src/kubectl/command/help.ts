/* `--help`, and what a command without a subcommand prints: the layout of kubectl's templates (pkg/util/templates), in words of our own. */
import type { Flag } from "./flags.ts";
import { GLOBAL_FLAGS, type Verb } from "./verb.ts";

/** Help of the last command of a path. */
export function helpOf(path: readonly Verb[], known: readonly Flag[]): string {
  const verb = path.at(-1)!;
  const command = path.map(({ name }) => name).join(" ");
  const own = known.filter((flag) => !GLOBAL_FLAGS.includes(flag) && flag.missing !== true);
  const sections = [
    `${verb.intro ?? `${verb.about}.`}\n`,
    ...(verb.aliases === undefined
      ? []
      : [`Aliases:\n${[verb.name, ...verb.aliases].join(", ")}\n`]),
    ...(verb.examples === undefined ? [] : [`Examples:\n${verb.examples}\n`]),
    ...(verb.verbs === undefined ? [] : [`Available Commands:\n${list(verb.verbs)}\n`]),
    ...(own.length === 0 ? [] : [`Options:\n${own.map(flagText).join("\n\n")}\n`]),
    `Usage:\n  ${command}${verb.usage === undefined ? " [flags] [options]" : ` ${verb.usage}`}\n`,
    verb.verbs === undefined || verb.run !== undefined
      ? `Use "kubectl options" for a list of global command-line options (applies to all commands).\n`
      : `Use "${command} <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`,
  ];
  return sections.join("\n");
}

function list(verbs: readonly Verb[]): string {
  const width = Math.max(12, ...verbs.map(({ name }) => name.length));
  return verbs.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join("\n");
}

function flagText({ name, short, type = "string", about = "" }: Flag): string {
  const value = { bool: "=false", string: "=''", int: "=0", duration: "=0s", list: "=[]" }[type];
  return `    ${short === undefined ? "" : `-${short}, `}--${name}${value}:\n\t${about}`;
}
