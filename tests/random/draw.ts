import type { RandomStream } from "../../src/simulator/kernel/random.ts";

/** Draws what a plan is made of from one stream. */
export class Draw {
  private readonly stream: RandomStream;

  constructor(stream: RandomStream) {
    this.stream = stream;
  }

  whole(min: number, max: number): number {
    return this.stream.integer(min, max);
  }

  chance(probability: number): boolean {
    return this.stream.chance(probability);
  }

  pick<T>(items: readonly T[]): T {
    return this.stream.pick(items);
  }

  maybe<T extends object>(probability: number, make: () => T): T | Record<string, never> {
    return this.chance(probability) ? make() : {};
  }

  /** A number of pods or a percentage. */
  amount(): number | string {
    return this.chance(0.5) ? this.whole(0, 3) : `${this.pick([0, 10, 25, 34, 50, 100])}%`;
  }
}

/** Is it nothing? */
export function isZero(amount: number | string): boolean {
  return amount === 0 || amount === "0%";
}
