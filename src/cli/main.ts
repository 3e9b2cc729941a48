import { checkCommand } from "./check.ts";
import { conformanceCommand } from "./conformance.ts";
import { print, STATUS, tell, UnusableInput, type Command } from "./command.ts";
import { kubectlCommand } from "./kubectl.ts";
import { labListCommand } from "./lab-list.ts";
import { labTestCommand } from "./lab-test.ts";
import { simulateCommand } from "./simulate.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify.ts";

const COMMANDS: readonly Command[] = [
  kubectlCommand,
  simulateCommand,
  checkCommand,
  validateCommand,
  labListCommand,
  labTestCommand,
  verifyCommand,
  conformanceCommand,
];

/** Runs the command line and returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that closes the pipe early (head) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? STATUS.good : STATUS.fault);
  });
  try {
    return await run(args);
  } catch (error) {
    if (error instanceof UnusableInput) {
      for (const line of error.lines) tell(line);
      return STATUS.unusable;
    }
    tell(`rollout-lab: a fault of this program: ${error instanceof Error ? error.stack : error}`);
    return STATUS.fault;
  }
}

async function run(args: readonly string[]): Promise<number> {
  if (args.length === 0) throw new UnusableInput([overview()]);
  if (isHelp(args[0]!)) {
    print(overview());
    return STATUS.good;
  }
  const command = COMMANDS.find(({ name }) => {
    const words = name.split(" ");
    return words.every((word, i) => args[i] === word);
  });
  if (command !== undefined) {
    const rest = args.slice(command.name.split(" ").length);
    if (rest.some(isHelp)) {
      print(helpOf(command));
      return STATUS.good;
    }
    return command.run(rest);
  }
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${args[0]!} `));
  if (group.length > 0 && args.slice(1).some(isHelp)) {
    print(group.map(helpOf).join("\n\n"));
    return STATUS.good;
  }
  const names = COMMANDS.map(({ name }) => name).join(", ");
  throw new UnusableInput([`there is no command "${args.join(" ")}"; there are ${names}`]);
}

function isHelp(arg: string): boolean {
  return arg === "--help" || arg === "-h" || arg === "help";
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `usage: rollout-lab COMMAND …

${list.join("\n")}

rollout-lab COMMAND --help says more. Exit status: 0 done and good; 1 done, and the answer is no;
2 the input cannot be used; 3 a fault of this program.`;
}

function helpOf({ name, usage, summary, help }: Command): string {
  return `usage: rollout-lab ${name}${usage === "" ? "" : ` ${usage}`}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n\n${help}`.trimEnd();
}
