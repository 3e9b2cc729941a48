/*
 * Recorded commands of the real kubectl, held against ours. Each is run on what the recorded cluster held when it was typed, and must print
 * the same bytes, after what differs by its nature has been made equal by the rules below.
 */
import { findKindByWord } from "../../kubectl/kinds.ts";
import { kubectl } from "../../kubectl/kubectl.ts";
import type { Program } from "../../kubectl/program.ts";
import type { World } from "../../kubectl/world.ts";
import { splitWords } from "../../kubectl/split-words.ts";
import type { Result } from "../result.ts";
import { RecordedApi } from "./recorded-api.ts";
import { surroundingObjects } from "./recorded-surroundings.ts";
import type { Recording, TypedCommand } from "./recording.ts";

/** The recorder heard of a change up to so long after it was made, and the command read at any time between its start and its end. */
export const HEARD_LATE_MS = 300;
const STEP_MS = 50;
/** One that waits has read what it begins with by then. */
const BEGUN_MS = 3000;

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Holds every command of a recording against our kubectl. */
export function checkTypedCommands(recording: Recording): Result {
  const messages: string[] = [];
  const notes: string[] = [];
  const commands = recording.commands.filter(({ t }) => t >= 0);
  for (const command of commands) {
    const problem = difference(recording, command);
    if (problem === undefined) continue;
    const unknown = unrecorded(recording, command);
    const where = `${command.cmd} at ${command.t} ms`;
    if (unknown.length === 0) messages.push(`${where}: ${problem}`);
    else notes.push(`${where}: not recorded: ${unknown.join(", ")}`);
  }
  const early = recording.commands.length - commands.length;
  if (early > 0) notes.push(`${early} typed before the recorder started`);
  return {
    name: `traces/${recording.name}/kubectl`,
    pass: messages.length === 0,
    compared: commands.length,
    messages,
    notes,
  };
}

/** Kinds that the recorded API works out of others. */
const WORKED_OUT = ["endpoints"];

/** What draining needs to know. */
const DRAINED = ["nodes", "pods", "poddisruptionbudgets"];

/** What a command goes by that was not recorded, so that it cannot be said what it should print: kinds, or its standard input. */
function unrecorded(recording: Recording, { cmd }: TypedCommand): string[] {
  const watched = new Set([
    ...recording.changes.map(({ resource }) => resource),
    ...surroundingObjects(recording).map(([resource]) => resource),
    ...WORKED_OUT,
  ]);
  if (/ -f -( |$)/.test(cmd)) return ["standard input"];
  const [, verb = "", ...words] = cmd.split(" ");
  const kinds = /^(drain|cordon|uncordon)$/.test(verb)
    ? DRAINED
    : words
        .flatMap((word) => word.split("/")[0]!.split(","))
        .map((word) => findKindByWord(word)?.plural);
  return [...new Set(kinds)].filter((kind) => kind !== undefined && !watched.has(kind)) as string[];
}

/** Undefined where some state that the command may have seen gives what was printed. */
function difference(recording: Recording, command: TypedCommand): string | undefined {
  const wanted = normalized(command.cmd, command);
  const tables = new Set<string>();
  let closest: Printed | undefined;
  let agreement = -1;
  for (const { count, t } of moments(
    recording,
    command.t,
    Math.min(command.tEnd, command.t + BEGUN_MS),
  )) {
    const got = normalized(command.cmd, run(recording, command, count, t));
    const isSame =
      got.stdout === wanted.stdout && got.stderr === wanted.stderr && got.code === wanted.code;
    if (isSame) return undefined;
    for (const table of got.stdout.trimEnd().split("\n\n")) tables.add(table);
    const equal = commonLength(got.stdout + got.stderr, wanted.stdout + wanted.stderr);
    if (equal > agreement) [closest, agreement] = [got, equal];
  }
  // Each of several kinds is read at a moment of its own.
  const isSeveral = / get (\S+,\S+|all)\b/.test(command.cmd);
  if (
    isSeveral &&
    wanted.stdout
      .trimEnd()
      .split("\n\n")
      .every((table) => tables.has(table))
  ) {
    return undefined;
  }
  return describeDifference(wanted, closest);
}

function commonLength(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}

function describeDifference(wanted: Printed, got: Printed | undefined): string {
  if (got === undefined) return "no state to run it on";
  if (got.code !== wanted.code) {
    return `exit status ${got.code} for ${wanted.code}: ${got.stderr || got.stdout}`;
  }
  for (const stream of ["stdout", "stderr"] as const) {
    const [want, have] = [wanted[stream].split("\n"), got[stream].split("\n")];
    const at = want.findIndex((line, i) => line !== have[i]);
    if (at >= 0 || have.length !== want.length) {
      const line = at < 0 ? want.length : at;
      return `${stream} line ${line + 1}: wanted ${JSON.stringify(want[line])}, printed ${JSON.stringify(have[line])}`;
    }
  }
  return "differs";
}

/** What the cluster may have held, and the time it may have been, when a command read it that had begun to do so at `last`. */
export function moments(
  { changes, startMs }: Recording,
  t: number,
  last: number,
): { count: number; t: number }[] {
  const found = new Map<string, { count: number; t: number }>();
  for (let at = t - HEARD_LATE_MS; at <= last + STEP_MS; at += STEP_MS) {
    const count = changes.filter((change) => change.t <= at + HEARD_LATE_MS).length;
    const early = changes.filter((change) => change.t <= at).length;
    for (let one = early; one <= count; one += 1) {
      const key = `${one} ${Math.floor((startMs + at) / 1000)}`;
      if (!found.has(key)) found.set(key, { count: one, t: at });
    }
  }
  return [...found.values()];
}

/** What kubectl finds around it on a recorded state: the recording's files, and nobody to edit. */
export function recordedWorld({ files }: Recording, api: RecordedApi): World {
  return { api, now: () => api.now, read: (path) => files.get(path), hasEditor: false };
}

/** Runs a command on a recorded state; while it waits, what was recorded goes on. */
function run(recording: Recording, command: TypedCommand, count: number, t: number): Printed {
  const api = new RecordedApi(recording, count, t);
  const args = command.args ?? splitWords(command.cmd).slice(1);
  const printed = play(kubectl(args, recordedWorld(recording, api)), api);
  if (command.args === undefined) return printed;
  // A transcript has both streams in one.
  return { ...printed, stdout: printed.output, stderr: "" };
}

/** Runs a program to its end, or until nothing more was recorded; `output`: both streams in the order of printing. */
export function play(program: Program, api: RecordedApi): Printed & { readonly output: string } {
  let [stdout, stderr, output] = ["", "", ""];
  for (;;) {
    const { done, value } = program.next();
    if (done === true) return { stdout, stderr, output, code: value };
    if ("stdout" in value) {
      stdout += value.stdout;
      output += value.stdout;
    } else if ("stderr" in value) {
      stderr += value.stderr;
      output += value.stderr;
    }
    if ("waitMs" in value) api.wait(api.now + value.waitMs, false);
    else if ("waitForChange" in value) {
      const untilMs = value.untilMs ?? Infinity;
      if (api.next === undefined && untilMs === Infinity)
        return { stdout, stderr, output, code: 0 };
      api.wait(untilMs, true);
    }
  }
}

type Rule = readonly [when: RegExp, pattern: RegExp, replacement: string];

/** What cannot be equal, and why; the first part says of which commands. */
const RULES: readonly Rule[] = [
  // An object that is made anew has a uid, an address, a version and a time of its own.
  [
    / (diff|apply|create|-o (yaml|json))/,
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    "UID",
  ],
  [/ diff/, /\b10\.96\.\d+\.\d+\b/g, "ADDRESS"],
  [/ diff/, /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+ \+0000|Z)/g, "TIME"],
  // Begun in one second, it may end in the next.
  [/ (get|describe) (?!.*-o (yaml|json))/, /\b\d+m?\d*s\b( +|$)/gm, "AGE"],
  // A line of a log has its time and process.
  [/ scale/, /^E\d{4} [\d:.]+ +\d+ /gm, "E "],
  // This kubectl was built under another name, and its cluster had another.
  [/ version/, /v1\.32\.4\S*/g, "v1.32.4"],
  [/ cluster-info/, /127\.0\.0\.1:\d+/g, "127.0.0.1"],
  [/ config current-context/, /^[\w-]+$/gm, "CONTEXT"],
  // No kubelet could be reached: what the network said of that is not kubectl's.
  [/ (logs|exec) /, /^(Error from server|error: ).*$/gm, "UNREACHABLE"],
  // Which fields there are and of which type; what they mean is told in other words.
  [/ explain /, /^    .*$\n?/gm, ""],
  [/ explain /, /^  enum: .*$\n?/gm, ""],
  [/ explain /, /\n{2,}/g, "\n"],
];

/** What a command printed, without what cannot be equal. */
export function normalized(cmd: string, printed: Printed): Printed {
  const equal = (text: string) =>
    RULES.filter(([when]) => when.test(cmd)).reduce(
      (all, [, pattern, replacement]) => all.replace(pattern, replacement),
      text,
    );
  return { stdout: equal(printed.stdout), stderr: equal(printed.stderr), code: printed.code };
}
