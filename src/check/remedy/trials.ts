import { isGood, type RunOutcome } from "../runs/outcome.ts";
import type { Edit } from "./edit.ts";
import type { Change, LeverContext } from "./lever.ts";

/** What a search needs of the check. */
export interface SearchOptions {
  /** The runs as the manifest is; of an update that does not come to its end, a few. */
  readonly runs: readonly RunOutcome[];
  /** The seeds with all of which a change has to do. */
  readonly seeds: readonly number[];
  /** What a lever looks at, with these changes made; one for each of the unit's workloads. */
  contextsOf(edits: readonly Edit[]): readonly Omit<LeverContext, "runs" | "measured" | "taken">[];
  /** Plays with these changes; undefined when the API server refuses them. */
  play(
    edits: readonly Edit[],
    seeds: readonly number[],
  ): Promise<readonly RunOutcome[] | undefined>;
}

/** Seeds that a change is tried with first. */
const SCREEN = 12;

/** Plays a change with a few seeds first, those that were worst before; with all of them when those are good. */
export async function tryOut(
  parts: readonly Change[],
  { play, runs, seeds }: SearchOptions,
): Promise<readonly RunOutcome[] | undefined> {
  const edits = parts.map(({ edit }) => edit);
  const few = await play(edits, screenSeeds(runs));
  if (few === undefined || !few.every(isGood)) return few;
  const played = new Map(few.map((run) => [run.seed, run]));
  const others = seeds.filter((seed) => !played.has(seed));
  for (const run of (await play(edits, others))!) played.set(run.seed, run);
  return seeds.map((seed) => played.get(seed)!);
}

/** The seeds with the most failures, and the first ones. */
function screenSeeds(runs: readonly RunOutcome[]): number[] {
  const worst = [...runs].sort((a, b) => b.requests.failed - a.requests.failed || a.seed - b.seed);
  const chosen = [...worst.slice(0, SCREEN / 2), ...runs.slice(0, SCREEN / 2)];
  return [...new Set(chosen.map(({ seed }) => seed))].sort((a, b) => a - b);
}
