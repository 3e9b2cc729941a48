/* Every command of the recorded clusters, and all that printed for a while, against our kubectl on the same objects. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { recordingsIn } from "../../src/conformance/check-traces.ts";
import type { Recording, Stream } from "../../src/conformance/traces/recording.ts";
import { checkStreams } from "../../src/conformance/traces/streams.ts";
import { checkTypedCommands } from "../../src/conformance/traces/typed-commands.ts";

const recordings = [...recordingsIn(fileURLToPath(new URL("../facts/traces", import.meta.url)))];
const byName = (some: readonly Recording[]) => some.map((one) => [one.name, one] as const);
const typed = recordings.filter(({ commands }) => commands.some(({ t }) => t >= 0));
const streaming = recordings.filter(({ streams }) => streams.length > 0);

it("the open recordings are all there", () => {
  const commands = typed.flatMap((one) => one.commands).filter(({ t }) => t >= 0);
  const streams = streaming.flatMap((one) => one.streams);
  expect([commands.length, streams.length]).toEqual([642, 98]);
});

describe("kubectl prints what the real one printed", () => {
  it.each(byName(typed))("%s", (_, recording) => {
    expect(checkTypedCommands(recording).messages).toEqual([]);
  });
});

describe("kubectl goes on printing what the real one did, and ends as it did", () => {
  it.each(byName(streaming))("%s", (_, recording) => {
    expect(checkStreams(recording).messages).toEqual([]);
  });
});

it.each([
  ["get deploy", /3\/3/, "2/3"],
  ["get ep", /10\.244\.0\.88:80/, "10.244.0.88:81"],
  ["rollout history deployment/web", /again/, "afresh"],
])("what `kubectl %s` did not print is found out", (cmd, printed, other) => {
  const all = typed.find(({ name }) => name.endsWith("01-create-3"))!;
  const commands = all.commands
    .filter((one) => one.cmd === `kubectl ${cmd}` && printed.test(one.stdout))
    .map((one) => ({ ...one, stdout: one.stdout.replace(printed, other) }));
  expect(commands).not.toEqual([]);
  expect(checkTypedCommands({ ...all, commands }).messages.join()).toContain(other);
});

describe("a stream that is not true is found out", () => {
  const rolling = streaming.find(({ name }) => name.endsWith("02-roll-10-default"))!;

  function changed(name: string, change: (stream: Stream) => Stream): string {
    const streams = rolling.streams.map((one) => (one.name === name ? change(one) : one));
    return checkStreams({ ...rolling, streams }).messages.join("\n");
  }

  const status = "rollout-status-2";
  const pods = "get-pods-w";

  it.each<[string, string, (stream: Stream) => Stream, string]>([
    ["a line is missing", pods, (s) => ({ ...s, lines: s.lines.toSpliced(20, 1) }), "line 21"],
    [
      "a line is told twice",
      status,
      (s) => ({ ...s, lines: s.lines.toSpliced(3, 0, s.lines[2]!) }),
      "wanted",
    ],
    [
      "a line came long after its change",
      pods,
      ({ lines, ...s }) => ({
        ...s,
        lines: lines.map((line, i) => (i < 40 ? line : { ...line, t: line.t! + 4000 })),
      }),
      "line 41",
    ],
    ["it ended too soon", status, (s) => ({ ...s, lines: s.lines.slice(0, -1) }), "printed also"],
    ["it failed", status, (s) => ({ ...s, exit: { ...s.exit!, code: 1 } }), "exit status 0 for 1"],
    [
      "it was stopped before all was told",
      pods,
      (s) => ({ ...s, lines: s.lines.slice(0, -8) }),
      "printed also",
    ],
  ])("%s", (_, name, change, told) => {
    expect(changed(name, change)).toContain(told);
  });
});
