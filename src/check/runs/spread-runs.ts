import type { RunOutcome } from "./outcome.ts";
import type { ManyRuns } from "./run-many.ts";

/** Somebody who plays runs: this thread, another one, a Web Worker. */
export type Player = (runs: ManyRuns) => Promise<readonly RunOutcome[]>;

/** Seeds that are handed out at a time, at most; fewer towards the end, so that all players come to it together. */
const CHUNK_MAX = 4;

/**
 * Spreads runs over players, who take chunks of seeds as they become free. The outcomes are in the order of the seeds, whoever played them. `onRuns` hears
 * of runs as they are done.
 */
export async function spreadRuns(
  { scenario, seeds }: ManyRuns,
  players: readonly Player[],
  onRuns: (done: number) => void = () => undefined,
): Promise<readonly RunOutcome[]> {
  const chunks: (readonly RunOutcome[])[] = [];
  let next = 0;
  const play = async (player: Player) => {
    while (next < seeds.length) {
      const share = Math.ceil((seeds.length - next) / (2 * players.length));
      const own = seeds.slice(next, (next += Math.min(CHUNK_MAX, share)));
      const place = chunks.push([]) - 1;
      chunks[place] = await player({ scenario, seeds: own });
      onRuns(own.length);
    }
  };
  await Promise.all(players.map(play));
  return chunks.flat();
}
