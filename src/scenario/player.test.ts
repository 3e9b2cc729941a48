import { describe, expect, it } from "vitest";
import type { Program } from "../kubectl/program.ts";
import { Cluster, type InputRecord } from "../simulator/index.ts";
import type { Begin } from "./player.ts";
import { Player } from "./player.ts";
import { filesInMemory } from "./read-files.ts";
import { readScenario } from "./read.ts";

const { scenario } = readScenario(
  "apiVersion: rollout-lab/v1\nkind: Scenario\nmetadata: { name: empty }\nspec: { duration: 60s }",
  { file: "empty.yaml", readFile: filesInMemory({}) },
);

type Script = (cluster: Cluster) => Program;

const namespace = (name: string) =>
  ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }) as const;

const scripts: Readonly<Record<string, Script>> = {
  *ticks({ now }) {
    yield { stdout: `${now} ` };
    for (let i = 0; i < 3; i += 1) yield { waitMs: 1000 };
    yield { stderr: "done" };
    return 3;
  },
  *changes(cluster) {
    for (;;) {
      yield { waitForChange: true };
      yield { stdout: `${cluster.now}:${cluster.api.list("namespaces").length} ` };
    }
  },
  *patience(cluster) {
    yield { waitForChange: true, untilMs: cluster.now + 2500 };
    yield { stdout: `${cluster.now}` };
    return 1;
  },
  *create({ api }) {
    yield { waitMs: 500 };
    api.create("namespaces", namespace("shop"));
    return 0;
  },
  *edits() {
    const text = yield { edit: { name: "web.yaml", text: "replicas: 1" } };
    yield { stdout: text ?? "cancelled" };
    yield { write: { path: "out.txt", text: "kept" } };
    return 0;
  },
  *babbles() {
    for (;;) yield { stdout: "x".repeat(50_000) };
  },
  *spins() {
    for (;;) yield { stdout: "" };
  },
};

const begin: Begin = (cluster, action) => {
  const label = action.kind === "shell" ? action.line : "";
  return { label, program: scripts[label]!(cluster) };
};

/** Plays lines at times, time being cut at every `step`. */
function play(
  lines: readonly (readonly [number, string])[],
  { step = 10_000, untilMs = 10_000 } = {},
): readonly InputRecord[] {
  const cluster = new Cluster({ scenario: scenario!, seed: 1 });
  const player = new Player(cluster, begin);
  const to = (ms: number) => {
    while (cluster.now < ms) player.runUntil(Math.min(ms, cluster.now + step));
  };
  for (const [atMs, line] of lines) {
    to(atMs);
    if (line === "^C") player.perform({ kind: "interrupt" });
    else if (line.startsWith("edited"))
      player.perform({ kind: "edited", text: line.split(":")[1] });
    else player.perform({ kind: "shell", line, files: {} });
  }
  to(untilMs);
  return cluster.run({ requests: false }).timeline.inputs;
}

const outline = ({ output, code, endMs }: InputRecord) => ({ output, code, endMs });

describe("Player", () => {
  it("goes on with a program at its time, and says when each piece was printed", () => {
    const [record] = play([[1000, "ticks"]]);
    expect(record).toMatchObject({ atMs: 1000, endMs: 4000, code: 3, output: "1000 done" });
    expect(record!.chunks).toEqual([
      { atMs: 1000, stream: "stdout", text: "1000 " },
      { atMs: 4000, stream: "stderr", text: "done" },
    ]);
  });

  it("wakes who waits for a change at the very change, also one that another program makes", () => {
    const [watching] = play([
      [1000, "changes"],
      [2000, "create"],
    ]);
    expect(watching!.output).toContain("2500:5");
    expect(watching!.endMs).toBeUndefined();
  });

  it("lets patience end at its time", () => {
    // The nodes' heartbeats are changes too: this one comes after 2.5 s without any.
    const [record] = play([[3000, "patience"]]);
    expect(record!.code).toBe(1);
    expect(Number(record!.output)).toBeLessThanOrEqual(5500);
  });

  it("ends the last typed line on Ctrl+C, and nothing where none runs", () => {
    const [first, second] = play([
      [1000, "changes"],
      [1500, "ticks"],
      [2000, "^C"],
    ]);
    expect(outline(second!)).toEqual({ output: "1500 ^C", code: 130, endMs: 2000 });
    expect(first!.endMs).toBeUndefined();
    expect(play([[500, "^C"]])).toEqual([]);
  });

  it("waits for the editor, and goes on with the text that it was left with", () => {
    const [open] = play([[1000, "edits"]]);
    expect(open!.editing).toEqual({ name: "web.yaml", text: "replicas: 1" });
    const [saved] = play([
      [1000, "edits"],
      [5000, "edited:replicas 2"],
    ]);
    expect(outline(saved!)).toEqual({ output: "replicas 2", code: 0, endMs: 5000 });
    expect(saved!.written).toEqual({ "out.txt": "kept" });
    expect(saved!.editing).toBeUndefined();
    const [left] = play([
      [1000, "edits"],
      [5000, "edited"],
    ]);
    expect(left!.output).toBe("cancelled");
  });

  it.each(["babbles", "spins"])("kills what %s without end", (line) => {
    const [record] = play([[1000, line]]);
    expect(record).toMatchObject({ code: 137, endMs: 1000 });
    expect(record!.output).toMatch(/Killed: more than \d+ (characters|steps)/);
  });

  it("gives the same however time is cut up", () => {
    const lines = [
      [1000, "changes"],
      [1200, "ticks"],
      [1700, "create"],
      [4000, "^C"],
    ] as const;
    const whole = play(lines);
    for (const step of [1, 7, 250, 1000]) expect(play(lines, { step })).toEqual(whole);
  });
});
