import { describe, expect, it } from "vitest";
import { simulate } from "../scenario/index.ts";
import { filesInMemory } from "../scenario/read-files.ts";
import { attemptOf, scenarioOf, typed, untouched } from "./attempt.ts";
import { readLab } from "./read-lab.ts";
import { manifest, SMALL_LAB } from "./testing/small-lab.ts";

/** The small lab with its document changed. */
function labWith(from: string, to: string, files: Readonly<Record<string, string>> = {}) {
  const text = SMALL_LAB["lab.yaml"]!.replace(from, to);
  const { lab, diagnostics } = readLab(text, {
    file: "lab.yaml",
    readFile: filesInMemory({ ...SMALL_LAB, ...files }),
  });
  expect(diagnostics).toEqual([]);
  return lab!;
}

const replicasOf = (object: unknown) => (object as { spec: { replicas: number } }).spec.replicas;

describe("what an attempt plays", () => {
  it("has the learner's files from the start in mode deploy", () => {
    const lab = labWith("", "");
    const { scenario } = scenarioOf(lab, { files: { "web.yaml": manifest(7) }, inputs: [] });
    const { action } = scenario!.steps[0]!;
    expect(action.kind === "apply" && action.objects.map(replicasOf)).toEqual([7]);
  });

  it("has them from when they are applied in mode operate, as they were then", () => {
    const lab = labWith("order: 1", "order: 1\n  mode: operate\n  begin: 20s");
    expect(lab.beginMs).toBe(20_000);
    const apply = (atMs: number, replicas: number) =>
      typed(atMs, "kubectl apply -f web.yaml", { "web.yaml": manifest(replicas) });
    const inputs = [apply(21_000, 5), apply(22_000, 6)];
    const { scenario } = scenarioOf(lab, { files: { "web.yaml": manifest(7) }, inputs });
    const { timeline } = simulate(scenario!, { seed: 1, inputs });
    expect(
      timeline.scales.map(({ atMs, replicas }) => [Math.floor(atMs / 1000), replicas]),
    ).toEqual([
      [0, 3],
      [21, 5],
      [22, 6],
    ]);
  });

  it("has the lines of a solution that is typed", () => {
    const lab = labWith(
      "order: 1",
      'order: 1\n  mode: operate\n  solution: { commands: [{ at: 30s, run: "kubectl rollout undo deployment/web" }] }',
    );
    const files = { "web.yaml": manifest(4) };
    expect(attemptOf(lab.solution).inputs).toEqual([
      {
        atMs: 30_000,
        action: { kind: "shell", line: "kubectl rollout undo deployment/web", files },
      },
    ]);
  });

  it("is told what is wrong with a file, by its place", () => {
    const lab = labWith("", "");
    const { scenario, diagnostics } = scenarioOf(lab, {
      files: { "web.yaml": "kind: [\n" },
      inputs: [],
    });
    expect(scenario).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ file: "start/web.yaml", line: 2 });
  });

  it("is the start where nothing was done", () => {
    const lab = labWith("", "");
    expect(untouched(lab)).toEqual({ files: { "web.yaml": manifest(3) }, inputs: [] });
  });
});
