import { simulate } from "../../scenario/index.ts";
import type { Scenario } from "../../simulator/index.ts";
import { outcomeOf, type RunOutcome } from "./outcome.ts";

/** A scenario to be played with each of some seeds. */
export interface ManyRuns {
  readonly scenario: Scenario;
  readonly seeds: readonly number[];
}

/**
 * Plays many runs and gives their outcomes in the order of the seeds. How it spreads them (one after the other, threads, Web Workers) is its own affair:
 * each run depends on its scenario and seed alone, so the answer is the same however many play.
 */
export type RunMany = (runs: ManyRuns) => Promise<readonly RunOutcome[]>;

/** Plays one run. */
export function playOnce(scenario: Scenario, seed: number): RunOutcome {
  return outcomeOf(simulate(scenario, { seed }));
}

/** Plays them one after the other, here and now. */
export const runInTurn: RunMany = ({ scenario, seeds }) =>
  Promise.resolve(seeds.map((seed) => playOnce(scenario, seed)));
