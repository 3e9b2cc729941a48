import { Cluster } from "../simulator/index.ts";
import type { Input, Run, Scenario } from "../simulator/index.ts";
import { begin } from "./begin.ts";
import { Player } from "./player.ts";

export interface SimulateOptions {
  /** Overrides the scenario's seed. */
  readonly seed?: number;
  /** What is done besides the scenario's steps. At equal times a step comes before an input. */
  readonly inputs?: readonly Input[];
  /** Keep every change of every object. */
  readonly watch?: boolean;
  /** List every request in the summary. */
  readonly requests?: boolean;
}

/** Plays a scenario from its beginning to its end. The same scenario, seed and inputs give the same run, everywhere. */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Run {
  const cluster = new Cluster({
    scenario,
    seed: options.seed ?? scenario.seed,
    ...(options.watch === undefined ? {} : { watch: options.watch }),
  });
  const player = new Player(cluster, begin);
  for (const input of inOrder(scenario, options.inputs ?? [])) {
    player.runUntil(input.atMs);
    player.perform(input.action);
  }
  player.finish();
  return cluster.run({ requests: options.requests ?? false });
}

/** Steps and inputs in the order in which they are carried out; those after the end are left out. */
export function inOrder(scenario: Scenario, inputs: readonly Input[]): Input[] {
  return [...scenario.steps, ...inputs]
    .filter((input) => input.atMs <= scenario.durationMs)
    .sort((a, b) => a.atMs - b.atMs);
}
