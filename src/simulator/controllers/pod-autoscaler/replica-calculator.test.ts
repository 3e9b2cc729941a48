import { describe, expect, it } from "vitest";
import { timestamp } from "../../api/time.ts";
import type { Pod } from "../../api/types.ts";
import {
  byAverageValue,
  byShareOfValue,
  byUtilization,
  byValue,
  type PodMetric,
} from "./replica-calculator.ts";

const NOW = 3_600_000;

/** A pod of the test: what it uses of its request of 1000, and how it is. */
interface Usage {
  readonly milli?: number;
  readonly is?: "ready" | "unready" | "pending" | "failed" | "deleted";
  readonly startedSeconds?: number;
  readonly readySeconds?: number;
}

function given(usages: readonly Usage[]) {
  const metrics = new Map<string, PodMetric>();
  const requests = new Map<string, number>();
  const pods = usages.map(
    ({ milli, is = "ready", startedSeconds = 900, readySeconds = 890 }, i) => {
      const name = `web-${i}`;
      if (milli !== undefined) metrics.set(name, { milli, atMs: NOW, windowMs: 15_000 });
      requests.set(name, 1000);
      const at = (seconds: number) => timestamp(NOW - seconds * 1000);
      return {
        metadata: { name, ...(is === "deleted" ? { deletionTimestamp: at(1) } : {}) },
        status: {
          phase: is === "pending" ? "Pending" : is === "failed" ? "Failed" : "Running",
          startTime: at(startedSeconds),
          conditions: [
            {
              type: "Ready",
              status: is === "unready" ? "False" : "True",
              lastTransitionTime: at(readySeconds),
            },
          ],
        },
      } as unknown as Pod;
    },
  );
  return { pods, metrics, requests };
}

describe("by utilization, target 50 %", () => {
  it.each<[string, number, Usage[], number, number]>([
    [
      "all use twice as much: twice as many",
      3,
      [{ milli: 1000 }, { milli: 1000 }, { milli: 1000 }],
      6,
      100,
    ],
    ["within a tenth nothing is done", 3, [{ milli: 540 }, { milli: 540 }, { milli: 540 }], 3, 54],
    ["less use: fewer, rounded up", 3, [{ milli: 300 }, { milli: 300 }, { milli: 300 }], 2, 30],
    [
      "a pod that goes does not count",
      2,
      [{ milli: 1000 }, { milli: 1000 }, { milli: 9000, is: "deleted" }],
      4,
      100,
    ],
    [
      "nor does one that failed",
      2,
      [{ milli: 1000 }, { milli: 1000 }, { milli: 9000, is: "failed" }],
      4,
      100,
    ],
    [
      "pods that start use nothing yet",
      4,
      [{ milli: 1000 }, { milli: 1000 }, { is: "pending" }, { is: "pending" }],
      4,
      100,
    ],
    [
      "one without a sample uses nothing where more are needed",
      3,
      [{ milli: 1000 }, { milli: 1000 }, {}],
      4,
      100,
    ],
    ["and all of its request where fewer are", 3, [{ milli: 100 }, { milli: 100 }, {}], 3, 10],
    [
      "a young pod's samples count when it has been ready for a window",
      2,
      [
        { milli: 1000, startedSeconds: 60, readySeconds: 50 },
        { milli: 1000, startedSeconds: 60, readySeconds: 5 },
      ],
      2,
      100,
    ],
    [
      "an old pod that became unready counts",
      2,
      [{ milli: 1000 }, { milli: 1000, is: "unready", readySeconds: 5 }],
      4,
      100,
    ],
  ])("%s", (_, current, usages, replicas, percent) => {
    const { pods, metrics, requests } = given(usages);
    const proposal = byUtilization(current, 50, pods, metrics, requests, "cpu", NOW);
    expect([proposal.replicas, proposal.usage]).toEqual([replicas, percent]);
  });

  it.each([
    { usages: [], problem: "no pods returned by selector while calculating replica count" },
    {
      usages: [{ milli: 10, is: "pending" as const }],
      problem: "did not receive metrics for targeted pods (pods might be unready)",
    },
  ])("cannot be told: $problem", ({ usages, problem }) => {
    const { pods, metrics, requests } = given(usages);
    expect(() => byUtilization(1, 50, pods, metrics, requests, "cpu", NOW)).toThrow(problem);
  });
});

describe("by value", () => {
  it.each<[string, number, number]>([
    ["an average of 20 with a target of 10", 20_000, 4],
    ["an average of 10.9", 10_900, 2],
    ["an average of 5", 5000, 1],
  ])("%s", (_, milli, replicas) => {
    const { pods, metrics } = given([{ milli }, { milli }]);
    expect(byAverageValue(2, 10_000, pods, metrics, "", NOW).replicas).toBe(replicas);
  });

  it("of something outside: by the pods that are ready, or shared", () => {
    const { pods } = given([{}, {}, { is: "unready" }]);
    expect(byValue(3, 100_000, 200_000, pods).replicas).toBe(4);
    expect(byValue(0, 100_000, 250_000, []).replicas).toBe(3);
    expect(byShareOfValue(3, 100_000, 900_000)).toMatchObject({ replicas: 9, usage: 300_000 });
    expect(byShareOfValue(3, 100_000, 320_000).replicas).toBe(3);
  });
});
