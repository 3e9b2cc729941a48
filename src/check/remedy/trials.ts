import { isGood, type RunOutcome } from "../runs/outcome.ts";
import type { Edit } from "./edit.ts";
import type { LeverContext, LeverName, Rung } from "./lever.ts";
import type { Part } from "./remedy.ts";

/** What a search needs of the check. */
export interface SearchOptions {
  /** The runs as the manifest is; of an update that does not come to its end, a few. */
  readonly runs: readonly RunOutcome[];
  /** The seeds with all of which a change has to do. */
  readonly seeds: readonly number[];
  /** What a lever looks at, with these changes made; one for each of the unit's workloads. */
  contextsOf(edits: readonly Edit[]): readonly Omit<LeverContext, "runs" | "taken">[];
  /** Plays with these changes; undefined when the API server refuses them. */
  play(
    edits: readonly Edit[],
    seeds: readonly number[],
  ): Promise<readonly RunOutcome[] | undefined>;
}

/** A change that is tried, or was taken. */
export interface Taken {
  readonly lever: LeverName;
  readonly edit: Edit;
  readonly values: Part["values"];
}

/** Seeds that a change is tried with first. */
const SCREEN = 12;

/** Fields that the change of another one may bring along: each is a change of its own, with its number. */
const BROUGHT_ALONG: Readonly<Record<string, { lever: LeverName; value: string }>> = {
  terminationGracePeriodSeconds: { lever: "terminationGracePeriodSeconds", value: "seconds" },
  maxSurge: { lever: "maxSurge", value: "pods" },
  replicas: { lever: "replicas", value: "replicas" },
};

/** The edits of a rung as changes. */
export function takenOf(lever: LeverName, { edits, values }: Rung): Taken[] {
  return edits.map((edit): Taken => {
    const own = BROUGHT_ALONG[String(edit.path.at(-1))];
    if (own === undefined) return { lever, edit, values };
    return { lever: own.lever, edit, values: { [own.value]: Number(edit.value) } };
  });
}

/** Plays a change with a few seeds first, those that were worst before; with all of them when those are good. */
export async function tryOut(
  parts: readonly Taken[],
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
