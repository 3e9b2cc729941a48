import type { RandomStream } from "../kernel/random.ts";
import type { Delay } from "../scenario.ts";

/** One delay in whole milliseconds. */
export function drawDelay(delay: Delay, random: RandomStream): number {
  switch (delay.kind) {
    case "exact":
      return delay.ms;
    case "range":
      return random.integer(delay.minMs, delay.maxMs);
    case "measured":
      return random.spread(delay.spread);
  }
}
