import { describe, expect, it } from "vitest";
import { readLab } from "../../labs/authoring.ts";
import { filesInMemory, typed } from "../../labs/index.ts";
import { manifest, SMALL_LAB } from "../../labs/testing/small-lab.ts";
import { begin, canUndo, current, deploy, doAt, reseed, typeAt, undo } from "./stand.ts";

const lab = readLab(SMALL_LAB["lab.yaml"]!, {
  file: "lab.yaml",
  readFile: filesInMemory(SMALL_LAB),
}).lab!;
const start = begin(lab);
const files = { "web.yaml": manifest(9) };

const linesOf = (history: typeof start) =>
  current(history).attempt.inputs.map(({ action }) => (action.kind === "shell" ? action.line : ""));

describe("what the page has done to the cluster", () => {
  it("begins with the lab's own files, and nothing to take back", () => {
    expect(current(start)).toEqual({
      attempt: { files: { "web.yaml": manifest(3) }, inputs: [] },
      deploys: false,
      seed: 1,
    });
    expect(canUndo(start)).toBe(false);
    expect(undo(start)).toEqual(start);
  });

  it("plays the steps from the beginning where the learner takes over a running cluster", () => {
    expect(current(begin({ ...lab, mode: "operate" })).deploys).toBe(true);
  });

  it("cuts off the future behind what is done", () => {
    const late = typeAt(typeAt(start, 60_000, "late", files), 40_000, "early", files);
    expect(current(late).attempt.inputs).toEqual([typed(40_000, "early", files)]);
  });

  it("keeps what was done before, and at the very time", () => {
    const line = typeAt(start, 40_000, "kubectl get pods -w", files);
    const both = doAt(line, { atMs: 40_000, action: { kind: "interrupt" } });
    expect(linesOf(both)).toEqual(["kubectl get pods -w", ""]);
  });

  it("takes back exactly the last change, the cut-off future included", () => {
    const late = typeAt(start, 60_000, "late", files);
    const deployed = deploy(typeAt(late, 40_000, "early", files), files, 7);
    expect(current(deployed)).toEqual({ attempt: { files, inputs: [] }, deploys: true, seed: 7 });
    expect(undo(undo(deployed))).toEqual(late);
    expect(undo(undo(undo(deployed)))).toEqual(start);
  });

  it("plays the same with another seed", () => {
    const stand = current(typeAt(start, 40_000, "one", files));
    expect(current(reseed(start, stand, 5))).toEqual({ ...stand, seed: 5 });
  });
});
