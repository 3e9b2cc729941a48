import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

/** Exit statuses, the same for every command. */
export const STATUS = {
  /** Done, and good. */
  good: 0,
  /** Done, and the answer is no. */
  no: 1,
  /** The input cannot be used. */
  unusable: 2,
  /** A fault of this program. */
  fault: 3,
} as const;

/** A command of the command line. */
export interface Command {
  /** `simulate` or `lab test` */
  readonly name: string;
  /** What follows the name: `SCENARIO.yaml [--seed N]`. */
  readonly usage: string;
  readonly summary: string;
  /** What `--help` says besides. */
  readonly help: string;
  /** Carries the command out and returns the exit status. */
  run(args: readonly string[]): Promise<number> | number;
}

/** The input cannot be used; every line goes to standard error, and the exit status is 2. */
export class UnusableInput extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "UnusableInput";
    this.lines = lines;
  }
}

/** Takes the arguments of a command apart; an unknown or incomplete option is unusable input. */
export function parseArguments<const O extends ParseArgsOptionsConfig>(
  { name, usage }: Command,
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message.split(". ")[0]! : String(error);
    throw new UnusableInput([message, `usage: rollout-lab ${name} ${usage}`]);
  }
}

/** A whole number given as an option; undefined when it was not given. */
export function wholeNumber(
  option: string,
  value: string | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new UnusableInput([
    `${option}: wanted a whole number from ${min} to ${max}, got "${value}"`,
  ]);
}

/** Writes a result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a message. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
