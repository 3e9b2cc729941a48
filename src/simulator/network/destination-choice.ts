import type { RandomStream } from "../kernel/random.ts";
import { destinationAt, type Destination } from "./destinations.ts";
import type { ServicePortRules } from "./service-rules.ts";

/** The order of turns: plain data. */
export interface RoundState {
  /** Version of the rules that the order is of; 0 before the first. */
  version: number;
  order: number[];
  next: number;
}

/** No round yet. */
export function emptyRound(): RoundState {
  return { version: 0, order: [], next: 0 };
}

/** Any of the destinations, whatever was chosen before: iptables' `statistic --mode random`. */
export function chooseAtRandom(rules: ServicePortRules, random: RandomStream): Destination {
  return destinationAt(rules.destinations, random.integer(0, rules.destinations.count - 1));
}

/**
 * The next destination of rounds in which each has its turn once, always in the same order, which is drawn anew when the rules change.
 * Evenly spaced requests so chosen reach a destination evenly spaced too: over any interval they give the expected number of failures
 * to within one, not a sample around it.
 */
export function chooseInRounds(
  rules: ServicePortRules,
  round: RoundState,
  random: RandomStream,
): Destination {
  if (round.version !== rules.version) {
    round.version = rules.version;
    round.order = shuffled(rules.destinations.count, random);
    round.next = 0;
  }
  const index = round.order[round.next]!;
  round.next = (round.next + 1) % round.order.length;
  return destinationAt(rules.destinations, index);
}

function shuffled(length: number, random: RandomStream): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i -= 1) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
