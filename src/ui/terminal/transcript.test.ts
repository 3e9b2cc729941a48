import { describe, expect, test } from "vitest";
import type { Input, InputRecord } from "../../simulator/index.ts";
import { piecesUntil, runningAt, transcriptOf } from "./transcript.ts";

function typed(atMs: number, line: string): Input {
  return { atMs, action: { kind: "shell", line, files: {} } };
}

function record(atMs: number, rest: Partial<InputRecord>): InputRecord {
  return { atMs, label: "", code: 0, output: "", endMs: atMs, ...rest };
}

function screen(inputs: Input[], records: InputRecord[], ms: number): string {
  const transcript = transcriptOf(inputs, records);
  const shown = transcript.pieces.slice(0, piecesUntil(transcript, ms));
  return shown.map(({ text }) => text).join("");
}

const chunk = (atMs: number, text: string) => ({ atMs, stream: "stdout" as const, text });
const status = record(60, {
  endMs: 90,
  chunks: [chunk(61, "Waiting for 1 of 4\n"), chunk(90, "successfully rolled out\n")],
});

describe("what the terminal shows", () => {
  test.each([
    [59, ""],
    [60, "$ kubectl rollout status\n"],
    [89, "$ kubectl rollout status\nWaiting for 1 of 4\n"],
    [90, "$ kubectl rollout status\nWaiting for 1 of 4\nsuccessfully rolled out\n"],
  ])("at %i ms, as the playhead passes", (ms, wanted) => {
    expect(screen([typed(60, "kubectl rollout status")], [status], ms)).toBe(wanted);
  });

  test("a step of the same millisecond comes before, and is not of the terminal", () => {
    const records = [record(60, { output: "step\n" }), record(60, { output: "one\n" })];
    expect(screen([typed(60, "first")], records, 60)).toBe("$ first\none\n");
  });

  test("several lines at one time keep their order, what a button did is left out", () => {
    const apply: Input = { atMs: 60, action: { kind: "apply", objects: [], label: "web.yaml" } };
    const records = ["one", "two", "three"].map((word) => record(60, { output: `${word}\n` }));
    const inputs = [typed(60, "a"), apply, typed(60, "b")];
    expect(screen(inputs, records, 60)).toBe("$ a\none\n$ b\nthree\n");
  });

  test("Ctrl+C has no record of its own", () => {
    const inputs = [typed(60, "watch"), { atMs: 70, action: { kind: "interrupt" } } as const];
    const records = [record(60, { endMs: 70, chunks: [chunk(60, "NAME"), chunk(70, "^C\n")] })];
    expect(screen(inputs, records, 100)).toBe("$ watch\nNAME^C\n");
  });

  test("an unfinished line of output is ended before the next prompt", () => {
    const records = [record(60, { endMs: 65, chunks: [chunk(60, "web web")] })];
    expect(screen([typed(60, "get")], records, 64)).toBe("$ get\nweb web");
    expect(screen([typed(60, "get")], records, 65)).toBe("$ get\nweb web\n");
  });

  test("no more than colours and cursor movements come through", () => {
    const hostile = "\x1b[31mred\x1b[0m\x1b]8;;https://example.org\x07link\x9b\x00";
    const records = [record(60, { output: hostile })];
    expect(screen([typed(60, "a")], records, 60)).toBe(
      "$ a\n\x1b[31mred\x1b[0m]8;;https://example.orglink\n",
    );
  });

  test.each([
    [59, undefined],
    [60, "status"],
    [89, "status"],
    [90, undefined],
  ])("what runs at %i ms", (ms, wanted) => {
    expect(runningAt(transcriptOf([typed(60, "status")], [status]), ms)?.line).toBe(wanted);
  });
});
