/*
 * Commands that do nothing but wait, by other programs than sleep: preStop hooks of images that have no sleep, or whose program has a wait of its
 * own. What does more than that is no sleeper: the same interpreter runs a worker.
 */

interface Sleeper {
  /** Matches the program's name. */
  readonly program: RegExp;
  /** Matches its arguments, and finds the number. */
  readonly waits: RegExp;
  readonly unitMs: number;
}

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

const SLEEPERS: readonly Sleeper[] = [
  {
    program: /^python[\d.]*$/,
    waits: new RegExp(
      String.raw`^-c\s+(?:import time|from time import sleep)\s*;\s*(?:time\.)?sleep\(${NUMBER}\)\s*;?$`,
    ),
    unitMs: 1000,
  },
  {
    program: /^(?:perl|ruby)[\d.]*$/,
    waits: new RegExp(String.raw`^-e\s+sleep[\s(]+${NUMBER}\)?\s*;?$`),
    unitMs: 1000,
  },
  {
    program: /^node(?:js)?$/,
    waits: new RegExp(
      String.raw`^-e\s+setTimeout\(\s*\(\)\s*=>\s*\{\s*\}\s*,\s*${NUMBER}\s*\)\s*;?$`,
    ),
    unitMs: 1,
  },
  // Kong's command line, kong quit: "-w,--wait (default 0) seconds to wait before initiating the shutdown"; then it sends a QUIT.
  { program: /^kong$/, waits: /^quit\b.*(?:--wait|-w)[= ](\d+)/, unitMs: 1000 },
];

/** How long a command waits that does nothing else; undefined: it is no such command. */
export function waitsMs([program = "", ...args]: readonly string[]): number | undefined {
  const name = program.slice(program.lastIndexOf("/") + 1);
  const sleeper = SLEEPERS.find((one) => one.program.test(name));
  const number = sleeper?.waits.exec(args.join(" ").trim())?.[1];
  return number === undefined ? undefined : Math.round(Number(number) * sleeper!.unitMs);
}
