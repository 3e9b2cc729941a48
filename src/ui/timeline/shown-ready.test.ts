import { describe, expect, it } from "vitest";
import { syntheticTimeline } from "../../../tests/ui/synthetic-timeline.ts";
import type { ReadyRecord } from "../../simulator/record.ts";
import { shownReady } from "./shown-ready.ts";

const incident = syntheticTimeline();
const [pod] = incident.pods;
const owned = (owner: string) => ({ ...pod!, owner });

function record(atMs: number, object: string, ready: number): ReadyRecord {
  return { atMs, object, ready, available: ready, active: ready, total: ready, min: 3, max: 4 };
}

const both = [
  record(0, "deployment/blue", 3),
  record(10, "deployment/green", 2),
  record(20, "deployment/green", 3),
  record(30, "deployment/blue", 0),
];

describe("the ready pods that are shown", () => {
  it("are those of the only workload, between its bounds", () => {
    const { records, bounded } = shownReady({ ...incident, rollouts: [] });
    expect(records).toEqual(incident.ready);
    expect(bounded).toBe(true);
  });
  it("are all pods, without bounds, where two workloads stand side by side", () => {
    const shown = shownReady({ ...incident, ready: both, rollouts: [] });
    expect(shown.records.map(({ atMs, ready }) => [atMs, ready])).toEqual([
      [0, 3],
      [10, 5],
      [20, 6],
      [30, 3],
    ]);
    expect(shown.bounded).toBe(false);
    expect(shown.counts(owned("green-86796b84ff"))).toBe(true);
  });
  it("are those of the workload that rolls out, and of no other whose name begins alike", () => {
    const [rollout] = incident.rollouts;
    const ready = [record(0, "deployment/web", 3), record(0, "deployment/web-canary", 1)];
    const rollouts = [{ ...rollout!, object: "deployment/web" }];
    const shown = shownReady({ ...incident, ready, rollouts });
    expect(shown.records.map(({ object }) => object)).toEqual(["deployment/web"]);
    expect(shown.bounded).toBe(true);
    expect(shown.counts(owned("web-5958b5bcc6"))).toBe(true);
    expect(shown.counts(owned("web-canary-5fb75fd4c8"))).toBe(false);
  });
});
