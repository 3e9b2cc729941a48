import { describe, expect, it } from "vitest";
import { syntheticTimeline } from "../../../tests/ui/synthetic-timeline.ts";
import { failed } from "../../words/findings.ts";
import { focusOf } from "./focus.ts";
import { Moments } from "./moments.ts";
import { niceCeiling, niceStepMs, tickLabel } from "./scale.ts";

const incident = syntheticTimeline();
const moments = new Moments(incident);

describe("the state at the playhead", () => {
  it.each([0, 9999, 10_500, 12_000, 14_300, 16_500, 30_000])(
    "counts as the run has it at %i ms",
    (ms) => {
      const { phases, outcomes, ready } = moments.at(ms);
      const there = incident.pods.filter((p) => p.createdMs <= ms && ms < (p.goneMs ?? Infinity));
      expect(phases.reduce((sum, { pods }) => sum + pods, 0)).toBe(there.length);
      const sent = incident.requests.filter(({ sentMs }) => sentMs <= ms);
      const lost = outcomes.filter(({ outcome }) => outcome !== "200");
      expect(outcomes.reduce((sum, { requests }) => sum + requests, 0)).toBe(sent.length);
      expect(lost.reduce((sum, { requests }) => sum + requests, 0)).toBe(
        sent.filter(failed).length,
      );
      expect(ready?.ready).toBe(incident.ready.findLast(({ atMs }) => atMs <= ms)?.ready);
    },
  );
});

describe("steps", () => {
  it("visit every instant once, forwards and back", () => {
    const forwards: number[] = [];
    for (let ms = moments.after(-1); ms !== undefined; ms = moments.after(ms)) forwards.push(ms);
    const back: number[] = [];
    for (let ms = moments.before(1e9); ms !== undefined; ms = moments.before(ms)) back.unshift(ms);
    expect(forwards).toEqual([...moments.instants]);
    expect(back).toEqual(forwards);
  });
});

describe("the focus", () => {
  it("spans the rollout, the last old pod's end and the last failure, with a margin", () => {
    const { fromMs, toMs } = focusOf(incident);
    const gone = Math.max(...incident.pods.flatMap(({ goneMs }) => goneMs ?? []));
    expect(fromMs).toBeLessThan(10_000);
    expect(fromMs).toBeGreaterThan(9000);
    expect(toMs).toBeGreaterThan(gone);
    expect(toMs).toBeLessThan(gone + 1000);
  });
  it("is the whole run where there was no rollout", () => {
    expect(focusOf({ ...incident, rollouts: [] })).toEqual({ fromMs: 0, toMs: 30_000 });
  });
});

describe("scales", () => {
  it.each([
    [1, 1],
    [50, 50],
    [51, 60],
    [101, 120],
    [990, 1000],
  ])("%i fits under %i", (value, ceiling) => expect(niceCeiling(value)).toBe(ceiling));
  it.each([
    [1, 10],
    [210, 250],
    [7000, 10_000],
    [1e9, 86_400_000],
  ])("steps of at least %i ms are %i ms", (least, step) => expect(niceStepMs(least)).toBe(step));
  it.each([
    [12_500, 30_000, "12.5 s", "12.5초"],
    [90_000, 900_000, "1:30", "1:30"],
    [3_661_000, 7_200_000, "1:01:01", "1:01:01"],
  ])("%i ms of %i is read %s", (ms, toMs, en, ko) => {
    expect(tickLabel(ms, toMs, "en")).toBe(en);
    expect(tickLabel(ms, toMs, "ko")).toBe(ko);
  });
});
