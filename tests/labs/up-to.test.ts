/** What a run tells up to a time is what a run tells that ends then. */
import { describe, expect, it } from "vitest";
import { labIds, LABS_FOLDER, loadLab } from "../../src/cli/lab-folders.ts";
import { attemptOf, scenarioOf, untouched } from "../../src/labs/index.ts";
import { simulate } from "../../src/scenario/index.ts";
import { tellRun } from "../../src/words/tell-run.ts";
import { upTo } from "../../src/words/up-to.ts";

const operated = labIds(LABS_FOLDER)
  .map((id) => loadLab(LABS_FOLDER, id))
  .filter(({ mode }) => mode === "operate");

describe.each(operated)("$id", (lab) => {
  it.each([
    ["untouched", untouched(lab)],
    ["solved", attemptOf(lab.solution)],
  ])("%s", (_, attempt) => {
    const scenario = scenarioOf(lab, attempt).scenario!;
    const run = (durationMs: number) =>
      simulate(
        { ...scenario, durationMs },
        {
          seed: 1,
          inputs: attempt.inputs.filter(({ atMs }) => atMs <= durationMs),
        },
      ).timeline;
    const whole = run(scenario.durationMs);
    for (const part of [0, 0.1, 0.25, 0.4, 0.5, 0.75, 1]) {
      const ms = Math.round(lab.beginMs + part * (scenario.durationMs - lab.beginMs));
      const texts = (timeline: typeof whole) => tellRun(timeline, "en").map(({ text }) => text);
      expect(texts(upTo(whole, ms)), `at ${ms} ms`).toEqual(texts(run(ms)));
    }
  });
});
