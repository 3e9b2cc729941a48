import { scenarioOf, type Attempt, type Lab } from "../../labs/index.ts";
import { simulate } from "../../scenario/index.ts";
import type { Run } from "../../simulator/index.ts";

/** How a lab's cluster came about: with the lab, all that decides its run. */
export interface Stand {
  readonly attempt: Attempt;
  /** Whether the lab's later steps are carried out, the deploy; otherwise the cluster just serves. */
  readonly deploys: boolean;
  readonly seed: number;
}

/**
 * The run of a stand.
 *
 * @throws where a file that the scenario begins with cannot be applied; the page checks texts before
 */
export function playLab(lab: Lab, { attempt, deploys, seed }: Stand): Run {
  const { scenario, problems, diagnostics } = scenarioOf(lab, attempt);
  if (scenario === undefined) {
    throw new Error(problems[0]?.message ?? diagnostics[0]?.message ?? "the lab has no scenario");
  }
  const steps = deploys ? scenario.steps : scenario.steps.filter((step) => step.atMs === 0);
  return simulate({ ...scenario, steps }, { seed, inputs: attempt.inputs });
}
