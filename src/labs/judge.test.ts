import { describe, expect, it } from "vitest";
import { filesInMemory } from "../scenario/read-files.ts";
import type { Scenario } from "../simulator/index.ts";
import type { Attempt } from "./attempt.ts";
import { judge, type Judgement, type Simulate } from "./judge.ts";
import type { Lab } from "./lab.ts";
import { proveLab, type Proof } from "./prove.ts";
import { readLab } from "./read-lab.ts";
import { manifest, SMALL_LAB } from "./testing/small-lab.ts";
import { someRun } from "./testing/some-run.ts";

const { lab } = readLab(SMALL_LAB["lab.yaml"]!, {
  file: "lab.yaml",
  readFile: filesInMemory(SMALL_LAB),
});

/** A simulator in which every second seed loses a request for each replica less or more than four. */
const simulate: Simulate = (scenario, { seed }) =>
  someRun({ seed, failed: seed % 2 === 0 ? Math.abs(replicas(scenario) - 4) : 0 });

/** What a learner has done who has written that text. */
const web = (text: string): Attempt => ({ files: { "web.yaml": text }, inputs: [] });

function replicas({ steps }: Scenario): number {
  const { action } = steps[0]!;
  if (action.kind !== "apply") return 0;
  return (action.objects[0] as { spec: { replicas: number } }).spec.replicas;
}

describe("judging", () => {
  it("plays one run a seed, and yields after each", () => {
    const steps = [...judge(lab!, web(manifest(3)), simulate)];
    expect(steps).toEqual([1, 2, 3].map((done) => ({ done, total: 3 })));
  });

  it("says what failed, in which seeds, in both languages", () => {
    const judgement = judgeAtOnce(lab!, web(manifest(2)), simulate);
    expect(judgement).toMatchObject({
      kind: "judged",
      passed: false,
      checks: [
        {
          id: "no-request-fails",
          passed: false,
          seeds: 3,
          failedSeeds: [2],
          failure: { en: "2 failed", ko: "2건이 실패했습니다" },
        },
      ],
    });
    expect(judgement).not.toHaveProperty("answer");
  });

  it("shows the hint of a wrong answer that people give", () => {
    expect(judgeAtOnce(lab!, web(manifest(9)), simulate)).toMatchObject({
      answer: { index: 0, hint: { en: "Nine is too many: 0." } },
    });
  });

  it("shows no failure and no hint when all is well", () => {
    const judgement = judgeAtOnce(lab!, web(manifest(4)), simulate);
    expect(judgement).toMatchObject({ passed: true, checks: [{ failedSeeds: [] }] });
    expect(judgement).not.toHaveProperty("answer");
  });

  it("runs nothing when the manifest is broken, and says where it is", () => {
    const never: Simulate = () => expect.fail("nothing is to be run");
    expect(judgeAtOnce(lab!, web("kind: [Deployment\n"), never)).toMatchObject({
      kind: "refused",
      diagnostics: [{ file: "start/web.yaml", line: 2, column: 1 }],
    });
  });
});

describe("proving a lab", () => {
  function proofs(changed: Partial<typeof lab>, play = simulate): Proof[] {
    return [...proveLab({ ...lab!, ...changed }, play, 5)].flatMap((step) =>
      "proof" in step ? [step.proof] : [],
    );
  }
  const failed = (all: readonly Proof[]) =>
    all.filter(({ holds }) => !holds).map(({ what }) => what);

  it("holds of a good lab", () => {
    expect(failed(proofs({}))).toEqual([]);
    expect(proofs({}).map(({ what }) => what)).toEqual([
      "the start does not pass",
      "the solution passes in 5 runs",
      "nine fails no-request-fails",
      "nine shows its own hint",
      "every text is there in both languages",
    ]);
  });

  it("fails when everything passes", () => {
    expect(failed(proofs({}, (_, { seed }) => someRun({ seed })))).toEqual([
      "the start does not pass",
      "nine fails no-request-fails",
      "nine shows its own hint",
    ]);
  });

  it("fails when the solution does not pass", () => {
    const solution = { files: [{ name: "web.yaml", text: manifest(1) }], commands: [] };
    expect(failed(proofs({ solution }))).toEqual(["the solution passes in 5 runs"]);
  });

  it("fails when a text has not been translated", () => {
    expect(failed(proofs({ title: { en: "Small", ko: "Small" } }))).toEqual([
      "every text is there in both languages",
    ]);
  });
});

/** Drives `judge` to its end in one go. */
function judgeAtOnce(lab: Lab, attempt: Attempt, simulate: Simulate): Judgement {
  const judging = judge(lab, attempt, simulate);
  for (;;) {
    const step = judging.next();
    if (step.done === true) return step.value;
  }
}
