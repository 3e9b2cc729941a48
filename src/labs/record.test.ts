import { describe, expect, it } from "vitest";
import { filesInMemory } from "../scenario/read-files.ts";
import { attemptOf, untouched } from "./attempt.ts";
import { readLab } from "./read-lab.ts";
import { readRecord, verifyRecord, type CompletionRecord } from "./record.ts";
import { SMALL_LAB } from "./testing/small-lab.ts";
import { someRun } from "./testing/some-run.ts";

const lab = readLab(SMALL_LAB["lab.yaml"]!, {
  file: "lab.yaml",
  readFile: filesInMemory(SMALL_LAB),
}).lab!;

const schema = "rollout-lab/record/v1" as const;

/** Only four replicas lose no request. */
const replay = (record: CompletionRecord) => {
  const verifying = verifyRecord(
    record,
    (id) => (id === lab.id ? lab : undefined),
    ({ steps }, { seed }) => {
      const { action } = steps[0]!;
      const [object] = action.kind === "apply" ? action.objects : [];
      const { replicas } = (object as { spec: { replicas: number } }).spec;
      return someRun({ seed, failed: replicas === 4 ? 0 : 1 });
    },
  );
  for (;;) {
    const step = verifying.next();
    if (step.done === true) return step.value;
  }
};

describe("a completion record", () => {
  it("is believed when its attempts pass again", () => {
    const labs = [{ id: "small", attempt: attemptOf(lab.solution) }];
    expect(replay({ schema, labs })).toEqual([{ id: "small", passed: true, why: "" }]);
  });

  it("is refused when it only claims so, and says which check fails", () => {
    const labs = [{ id: "small", attempt: untouched(lab) }];
    expect(replay({ schema, labs })).toEqual([
      { id: "small", passed: false, why: "no-request-fails: 3 failed" },
    ]);
  });

  it("is refused where its files are no manifests, with the place", () => {
    const labs = [{ id: "small", attempt: { files: { "web.yaml": "kind: [" }, inputs: [] } }];
    expect(replay({ schema, labs })[0]).toMatchObject({
      passed: false,
      why: expect.stringMatching(/^its files are refused: start\/web\.yaml:1:/) as string,
    });
  });

  it("says so when there is no such lab", () => {
    const labs = [{ id: "gone", attempt: untouched(lab) }];
    expect(replay({ schema, labs })).toEqual([
      { id: "gone", passed: false, why: "there is no such lab" },
    ]);
  });

  it("comes back from its text", () => {
    const record = {
      schema,
      name: "Mina",
      labs: [{ id: "small", at: 5, attempt: untouched(lab) }],
    };
    expect(readRecord(JSON.stringify(record))).toEqual({ record });
  });

  it.each<[string, unknown, string]>([
    [
      "another document",
      { schema: "x", labs: [] },
      'schema: wanted rollout-lab/record/v1, got "x"',
    ],
    ["no list", { schema, labs: {} }, "labs: wanted a list"],
    ["no lab", { schema, labs: [7] }, "labs[0]: wanted an object"],
    ["no attempt", { schema, labs: [{ id: "small" }] }, "labs[0].attempt: wanted an object"],
    [
      "a time before the beginning",
      {
        schema,
        labs: [{ id: "small", attempt: { files: {}, inputs: [{ atMs: -1, action: {} }] } }],
      },
      "labs[0].attempt.inputs[0].atMs: wanted whole milliseconds",
    ],
    [
      "an action that no learner has",
      {
        schema,
        labs: [
          { id: "small", attempt: { files: {}, inputs: [{ atMs: 1, action: { kind: "apply" } }] } },
        ],
      },
      "labs[0].attempt.inputs[0].action: wanted a typed line, an interrupt or an edited text",
    ],
    [
      "a lab twice",
      {
        schema,
        labs: [
          { id: "small", attempt: { files: {}, inputs: [] } },
          { id: "small", attempt: { files: {}, inputs: [] } },
        ],
      },
      "labs: small stands there twice",
    ],
  ])("is told what is wrong with it: %s", (_, document, problem) => {
    expect(readRecord(JSON.stringify(document))).toEqual({ problem });
  });

  it("is told that it is no JSON, or too large", () => {
    expect(readRecord("{")).toMatchObject({
      problem: expect.stringContaining("is not JSON") as string,
    });
    expect(readRecord(" ".repeat(2_000_001))).toEqual({
      problem: "the record has 2000001 characters; at most 2000000 are read",
    });
  });
});
