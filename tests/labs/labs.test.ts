/** Every lab of the checkout can be failed and passed as it says, in every language. */
import { describe, expect, it } from "vitest";
import { labIds, LABS_FOLDER, loadLab } from "../../src/cli/lab-folders.ts";
import { proveLab } from "../../src/labs/authoring.ts";
import { simulate } from "../../src/scenario/index.ts";

describe.each(labIds(LABS_FOLDER))("%s", (id) => {
  it(
    "is failed by its start and its wrong answers, passed by its solution",
    { timeout: 300_000 },
    () => {
      const proofs = [...proveLab(loadLab(LABS_FOLDER, id), simulate)].flatMap((step) =>
        "proof" in step ? [step.proof] : [],
      );
      expect(proofs.length).toBeGreaterThan(3);
      expect(proofs.filter(({ holds }) => !holds)).toEqual([]);
    },
  );
});
