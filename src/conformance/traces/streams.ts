/*
 * Recorded commands that print for a while, `get -w` and `rollout status`, held against ours. Ours runs on the recorded objects, from a
 * state that the command may have begun with, while the recorded changes come in; it must print the same lines and end in the same way.
 */
import { kubectl } from "../../kubectl/kubectl.ts";
import { splitWords } from "../../kubectl/split-words.ts";
import type { Result } from "../result.ts";
import { RecordedApi } from "./recorded-api.ts";
import type { Recording, Stream, StreamLine } from "./recording.ts";
import { HEARD_LATE_MS, moments, normalized, recordedWorld } from "./typed-commands.ts";

/** A line comes at the time of the change that it tells of, up to so much later: kubectl had to start, to read and to print. */
const PRINTED_LATE_MS = 1500;

interface Printed {
  readonly lines: readonly StreamLine[];
  /** Undefined: it was still running when the recorded one ended. */
  readonly code: number | undefined;
}

/** Holds every stream of a recording against our kubectl. */
export function checkStreams(recording: Recording): Result {
  const messages: string[] = [];
  let compared = 0;
  for (const stream of recording.streams) {
    compared += stream.lines.length;
    const problem = difference(recording, stream);
    if (problem !== undefined) messages.push(`${stream.name}, ${stream.cmd}: ${problem}`);
  }
  const pass = messages.length === 0;
  return { name: `traces/${recording.name}/streams`, pass, compared, messages, notes: [] };
}

/** Undefined where some state that the command may have begun with gives what was printed. */
function difference(recording: Recording, stream: Stream): string | undefined {
  // It had begun to read when it printed first, however long it took to start; where that was not noted, before it ended.
  const [first] = stream.lines;
  const begun = first === undefined ? stream.t : (first.t ?? stream.exit?.t ?? stream.t);
  let closest: { problem: string; line: number } | undefined;
  for (const { count, t } of moments(recording, stream.t, begun)) {
    const found = compare(stream, run(recording, stream, count, t));
    if (found === undefined) return undefined;
    if (closest === undefined || found.line > closest.line) closest = found;
  }
  return closest?.problem ?? "no state to run it on";
}

/** Where our lines differ from the recorded ones first. */
function compare(stream: Stream, got: Printed): { problem: string; line: number } | undefined {
  const { cmd, exit } = stream;
  const wanted = stream.lines.map((line) => ({ ...line, text: masked(cmd, line.text) }));
  const printed = got.lines.map((line) => ({ ...line, text: masked(cmd, line.text) }));
  for (const [i, want] of wanted.entries()) {
    const have = printed[i];
    if (have?.text !== want.text || have.from !== want.from) {
      const problem = `line ${i + 1}: wanted ${JSON.stringify(want.text)}, printed ${JSON.stringify(have?.text)}`;
      return { problem, line: i };
    }
    if (want.t === undefined) continue;
    const late = want.t - have.t!;
    if (late < -HEARD_LATE_MS || late > PRINTED_LATE_MS) {
      const problem = `line ${i + 1}, ${JSON.stringify(want.text)}: recorded at ${want.t} ms, printed at ${Math.round(have.t!)} ms`;
      return { problem, line: i };
    }
  }
  const more = printed[wanted.length];
  const line = wanted.length;
  if (got.code === undefined) {
    // One that does not end by itself was stopped, which gives it another status than 0; what was on its way then is lost.
    if (exit?.code === 0) return { problem: "has not ended", line };
    if (more === undefined || exit === undefined || more.t! > exit.t - HEARD_LATE_MS)
      return undefined;
  }
  if (more !== undefined) return { problem: `printed also ${JSON.stringify(more.text)}`, line };
  if (got.code === exit?.code) return undefined;
  return { problem: `exit status ${got.code} for ${exit?.code}`, line };
}

function masked(cmd: string, text: string): string {
  return normalized(cmd, { stdout: text, stderr: "", code: 0 }).stdout;
}

/** Runs the command while the recorded changes come in, until the recorded one had surely ended. */
function run(recording: Recording, stream: Stream, count: number, t: number): Printed {
  const { startMs } = recording;
  const api = new RecordedApi(recording, count, t);
  const [, ...args] = splitWords(stream.cmd);
  const program = kubectl(args, recordedWorld(recording, api));
  const endMs = startMs + (stream.exit?.t ?? recording.changes.at(-1)!.t) + PRINTED_LATE_MS;
  const lines: StreamLine[] = [];
  const print = (from: StreamLine["from"], text: string) => {
    for (const line of text.replace(/\n$/, "").split("\n")) {
      lines.push({ t: api.now - startMs, from, text: line });
    }
  };
  for (;;) {
    const { done, value } = program.next();
    if (done === true) return { lines, code: value };
    if ("stdout" in value) print("stdout", value.stdout);
    else if ("stderr" in value) print("stderr", value.stderr);
    else if ("waitMs" in value || "waitForChange" in value) {
      const untilMs = "waitMs" in value ? api.now + value.waitMs : (value.untilMs ?? Infinity);
      if (!api.wait(Math.min(untilMs, endMs), "waitForChange" in value)) {
        if (untilMs > endMs) return { lines, code: undefined };
      }
    }
  }
}
