import type { RunOutcome } from "./outcome.ts";
import type { ManyRuns } from "./run-many.ts";

/** Somebody who plays runs: this thread, another one, a Web Worker. */
export type Player = (runs: ManyRuns) => Promise<readonly RunOutcome[]>;

/** Seeds that are handed out at a time: few, so that all players come to the end together. */
const CHUNK = 4;

/**
 * Spreads runs over players, who take chunks of seeds as they become free. The outcomes are in the order of the seeds, whoever played them. `onRuns` hears
 * of runs as they are done.
 */
export async function spreadRuns(
  { scenario, seeds }: ManyRuns,
  players: readonly Player[],
  onRuns: (done: number) => void = () => undefined,
): Promise<readonly RunOutcome[]> {
  const chunks = Math.ceil(seeds.length / CHUNK);
  const outcomes: (readonly RunOutcome[])[] = [];
  let next = 0;
  const play = async (player: Player) => {
    while (next < chunks) {
      const chunk = next++;
      const own = seeds.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
      outcomes[chunk] = await player({ scenario, seeds: own });
      onRuns(own.length);
    }
  };
  await Promise.all(players.map(play));
  return outcomes.flat();
}
