import { describe, expect, it } from "vitest";
import { panned, widest, zoomed } from "./view.ts";

const run = { fromMs: 0, toMs: 10_000 };
const of = (fromMs: number, toMs: number) => ({ fromMs, toMs });

describe("a view", () => {
  it("zooms in with the time under the pointer staying where it is", () => {
    expect(zoomed(of(0, 4000), 0.5, 1000, run)).toEqual(of(500, 2500));
  });
  it("zooms out to the whole run and no further", () => {
    expect(zoomed(of(4000, 6000), 100, 5000, run)).toEqual(run);
  });
  it("zooms in to 50 ms and no further", () => {
    const { fromMs, toMs } = zoomed(of(4000, 6000), 1e-6, 5000, run);
    expect(toMs - fromMs).toBe(50);
  });
  it.each([
    ["on", 500, of(2500, 4500)],
    ["to the end", 1e6, of(8000, 10_000)],
    ["back to the start", -1e6, of(0, 2000)],
  ])("moves %s", (_, by, wanted) => {
    expect(panned(of(2000, 4000), by, run)).toEqual(wanted);
  });
  it("widens to hold another", () => {
    expect(widest(of(2, 4), of(3, 9))).toEqual(of(2, 9));
  });
});
