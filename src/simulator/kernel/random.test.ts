import { describe, expect, it } from "vitest";
import { exp, ln } from "./arithmetic.ts";
import { RandomStream, seedStream } from "./random.ts";

function stream(name = "test"): RandomStream {
  return new RandomStream(seedStream(1, name));
}

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("ln and exp", () => {
  it.each([1e-9, 0.1, 0.5, 1, 1.5, 2, 10, 12345.678, 1e12])(
    "are right to 14 digits for %d",
    (x) => {
      expect(ln(x)).toBeCloseTo(Math.log(x), 12);
      expect(exp(ln(x)) / x).toBeCloseTo(1, 12);
    },
  );
});

describe("RandomStream", () => {
  it("spreads whole numbers evenly over both ends", () => {
    const random = stream();
    const counts = [0, 0, 0, 0, 0, 0];
    for (const n of draw(60_000, () => random.integer(0, 5))) counts[n]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("draws exponential gaps of the mean asked for", () => {
    const random = stream();
    expect(mean(draw(50_000, () => random.exponential(20)))).toBeCloseTo(20, 0);
  });

  it("keeps the three points of a spread: half below the median, nothing outside", () => {
    const random = stream();
    const spread = { min: 70, median: 1002, max: 1381 };
    const values = draw(20_000, () => random.spread(spread)).sort((a, b) => a - b);
    expect(values[0]).toBeGreaterThanOrEqual(70);
    expect(values.at(-1)).toBeLessThanOrEqual(1381);
    expect(Math.abs(values[10_000]! - 1002)).toBeLessThan(15);
  });

  it("keeps median and 99th percentile of a log-normal", () => {
    const random = stream();
    const values = draw(50_000, () => random.logNormal(20, 120)).sort((a, b) => a - b);
    expect(values[25_000]! / 20).toBeCloseTo(1, 1);
    expect(values[49_500]! / 120).toBeCloseTo(1, 0);
  });

  it("gives streams of other names other numbers", () => {
    const [a, b] = [stream("a"), stream("b")];
    expect(draw(4, () => a.uint32())).not.toEqual(draw(4, () => b.uint32()));
  });
});
