import type { RandomStream } from "../../kernel/random.ts";
import { priorityOf } from "../nominations.ts";
import type { Candidate, Surroundings } from "./victims.ts";

/** Makes sums of priorities positive, so that more victims of a negative priority never count as less harm. */
const PRIORITY_OFFSET = 2_147_483_648;

/**
 * The candidate that does the least harm (preemption.go pickOneNodeForPreemption): the fewest violations of budgets, the lowest of the highest
 * priorities, the lowest sum of priorities, the fewest victims, the victims that started last. What is left is alike, and one of it is drawn.
 */
export function pickCandidate(
  candidates: readonly Candidate[],
  { startedMs }: Pick<Surroundings, "startedMs">,
  random: () => RandomStream,
): Candidate {
  const scores: readonly ((candidate: Candidate) => number)[] = [
    ({ violations }) => -violations,
    ({ victims }) => -priorityOf(victims[0]!.pod),
    ({ victims }) => -victims.reduce((sum, { pod }) => sum + priorityOf(pod) + PRIORITY_OFFSET, 0),
    ({ victims }) => -victims.length,
    ({ victims }) => {
      const highest = Math.max(...victims.map(({ pod }) => priorityOf(pod)));
      const important = victims.filter(({ pod }) => priorityOf(pod) === highest);
      return Math.min(...important.map(({ pod }) => startedMs(pod)));
    },
  ];
  let left = candidates;
  for (const score of scores) {
    if (left.length === 1) break;
    const points = left.map(score);
    const best = Math.max(...points);
    left = left.filter((_, i) => points[i] === best);
  }
  return left.length === 1 ? left[0]! : random().pick(left);
}
