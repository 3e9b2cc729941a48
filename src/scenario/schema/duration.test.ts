import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

describe("durations", () => {
  it.each([
    ["250ms", 250],
    ["40s", 40_000],
    ["1.5s", 1500],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["2m30s", 150_000],
    ["0", 0],
    ["0s", 0],
  ])("%s is %i ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "40", "s", "-1s", "1 s", "1d", "1s2", "five"])("%j is none", (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it.each([0, 1, 999, 1000, 1500, 60_000, 150_000, 5_400_000, 86_400_000])(
    "%i ms is read back as it was written",
    (ms) => expect(parseDuration(formatDuration(ms))).toBe(ms),
  );
});
