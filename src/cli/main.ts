import { print, STATUS, tell, UnusableInput, type Command } from "./command.ts";

/** The commands by name; a command's code is read when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  kubectl: async () => (await import("./kubectl.ts")).kubectlCommand,
  simulate: async () => (await import("./simulate.ts")).simulateCommand,
  check: async () => (await import("./check.ts")).checkCommand,
  validate: async () => (await import("./validate.ts")).validateCommand,
  "lab list": async () => (await import("./lab-list.ts")).labListCommand,
  "lab test": async () => (await import("./lab-test.ts")).labTestCommand,
  verify: async () => (await import("./verify.ts")).verifyCommand,
  conformance: async () => (await import("./conformance.ts")).conformanceCommand,
};

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
  if (args.length === 0) throw new UnusableInput([await overview()]);
  if (isHelp(args[0]!)) {
    print(await overview());
    return STATUS.good;
  }
  const names = Object.keys(COMMANDS);
  const name = names.find((one) => one.split(" ").every((word, i) => args[i] === word));
  if (name !== undefined) {
    const command = await COMMANDS[name]!();
    const rest = args.slice(name.split(" ").length);
    if (rest.some(isHelp)) {
      print(helpOf(command));
      return STATUS.good;
    }
    return command.run(rest);
  }
  const group = names.filter((one) => one.startsWith(`${args[0]!} `));
  if (group.length > 0 && args.slice(1).some(isHelp)) {
    print((await load(group)).map(helpOf).join("\n\n"));
    return STATUS.good;
  }
  throw new UnusableInput([
    `there is no command "${args.join(" ")}"; there are ${names.join(", ")}`,
  ]);
}

function load(names: readonly string[]): Promise<Command[]> {
  return Promise.all(names.map((name) => COMMANDS[name]!()));
}

function isHelp(arg: string): boolean {
  return arg === "--help" || arg === "-h" || arg === "help";
}

async function overview(): Promise<string> {
  const names = Object.keys(COMMANDS);
  const width = Math.max(...names.map(({ length }) => length));
  const commands = await load(names);
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `usage: rollout-lab COMMAND …

${list.join("\n")}

rollout-lab COMMAND --help says more. Exit status: 0 done and good; 1 done, and the answer is no;
2 the input cannot be used; 3 a fault of this program.`;
}

function helpOf({ name, usage, summary, help }: Command): string {
  return `usage: rollout-lab ${name}${usage === "" ? "" : ` ${usage}`}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n\n${help}`.trimEnd();
}
