import { simulate } from "../../scenario/index.ts";
import type { Run } from "../../simulator/record.ts";
import { settledValues, type KnobValues } from "../../ui/figure/figure.ts";
import { loadFigure } from "../../ui/figure/load.ts";

const runs = new Map<string, Run>();

/**
 * The run of a figure with some of its knobs moved, made once for all that a build says of it. `shift` is added to the scenario's seed.
 *
 * @throws where there is no such figure, knob or stop
 */
export async function figureRun(id: string, knobs: KnobValues = {}, shift = 0): Promise<Run> {
  const figure = await loadFigure(id);
  const values = settledValues(figure, knobs);
  const key = JSON.stringify([id, values, shift]);
  const known = runs.get(key);
  if (known !== undefined) return known;
  const scenario = figure.scenario(values);
  const run = simulate(scenario, { seed: scenario.seed + shift });
  runs.set(key, run);
  return run;
}
