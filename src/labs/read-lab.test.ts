import { describe, expect, it } from "vitest";
import { filesInMemory } from "../scenario/read-files.ts";
import { describe as told } from "../scenario/schema/diagnostic.ts";
import { readLab } from "./read-lab.ts";
import { manifest, SMALL_LAB } from "./testing/small-lab.ts";

function read(files: Readonly<Record<string, string>>) {
  return readLab(files["lab.yaml"]!, {
    file: "labs/small/lab.yaml",
    readFile: filesInMemory(files),
  });
}

/** The diagnostics of the small lab with one text in its document replaced, or a file left out. */
function problems(change: {
  readonly from?: string;
  readonly to?: string;
  readonly without?: string;
}) {
  const { from = "", to = "", without } = change;
  expect(SMALL_LAB["lab.yaml"]).toContain(from);
  const files: Record<string, string> = {
    ...SMALL_LAB,
    "lab.yaml": SMALL_LAB["lab.yaml"]!.replace(from, to),
  };
  if (without !== undefined) delete files[without];
  return read(files).diagnostics.map(told).join("\n");
}

describe("a lab", () => {
  it("is read with all its texts, as plain data", () => {
    const { lab, diagnostics } = read(SMALL_LAB);
    expect(diagnostics).toEqual([]);
    expect(lab).toMatchObject({
      id: "small",
      task: { en: "Do it.", ko: "해 보세요." },
      mode: "deploy",
      // Half-way, since nothing is done later.
      beginMs: 30_000,
      start: [{ name: "web.yaml", text: manifest(3) }],
      solution: { files: [{ name: "web.yaml", text: manifest(4) }], commands: [] },
      answers: [{ name: "nine", files: [{ text: manifest(9) }], commands: [] }],
    });
    expect(Object.keys(lab!.files)).toEqual(["start/web.yaml"]);
    expect(structuredClone(lab)).toEqual(lab);
  });
});

describe("an author's mistake is told with its place", () => {
  it.each([
    [
      "no Korean title",
      { from: ", ko: 작은 실습 }", to: " }" },
      "5:10: spec.title.ko: is missing; wanted a text (in Korean)",
    ],
    [
      "an unknown fact",
      { from: "r.requests.failed == 0", to: "r.request.failed == 0" },
      "18:13: spec.checks[0].expr: CEL: No such key: request",
    ],
    [
      "an unknown fact in a text",
      { from: '"{{ sum(', to: '"{{ total(' },
      "21:13: spec.checks[0].failure.en: in {{ total(",
    ],
    [
      "a check that is not there",
      { from: "fails: [no-request-fails]", to: "fails: [all-good]" },
      "28:15: spec.answers[0].fails[0]: there is no check all-good; there are no-request-fails",
    ],
    [
      "a solution that is not there",
      { without: "solution/web.yaml" },
      "5:3: spec.solution: there is no file in solution/, and nothing is typed: it does nothing",
    ],
    [
      "a wrong answer that is not there",
      { without: "answers/nine/web.yaml" },
      "27:13: spec.answers[0].name: there is no file in answers/nine/",
    ],
    [
      "a file of the editor that nothing applies",
      { from: "apply: [start/]", to: "apply: [answers/nine/]" },
      "10:11: spec.files[0]: no step of the scenario applies start/web.yaml",
    ],
    [
      "a path out of the folder",
      { from: "en: task.en.md", to: "en: ../task.en.md" },
      "8:15: spec.task.en: the path leads out of the lab's folder",
    ],
    [
      "lines that cannot be typed",
      {
        from: "order: 1",
        to: 'order: 1\n  solution: { commands: [{ at: 1s, run: "kubectl get pods" }] }',
      },
      "10:25: spec.solution.commands: commands are typed in mode operate only",
    ],
    [
      "a mistake in the scenario",
      { from: "duration: 1m", to: "duration: soon" },
      "12:15: spec.scenario.duration: wanted a duration",
    ],
    [
      "a folder that is not there",
      { from: "apply: [start/]", to: "apply: [begin/]" },
      "14:31: spec.scenario.steps[0].apply[0]: there is no file or folder begin/",
    ],
  ])("%s", (_, change, message) => {
    expect(problems(change)).toContain(`labs/small/lab.yaml:${message}`);
  });
});
