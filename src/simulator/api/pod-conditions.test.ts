import { describe, expect, it } from "vitest";
import { disruptionTarget, updatePodCondition } from "./pod-conditions.ts";
import { timestamp } from "./time.ts";
import type { ConditionStatus, PodCondition } from "./types.ts";

const condition = (type: string, status: ConditionStatus, second: number): PodCondition => ({
  type,
  status,
  lastProbeTime: null,
  lastTransitionTime: timestamp(second * 1000),
});

describe("a condition of a pod", () => {
  const target = { ...condition("DisruptionTarget", "True", 9), reason: "New", message: "n" };

  it.each<[string, PodCondition[], PodCondition[]]>([
    [
      "goes to the end when it is a new one",
      [condition("Ready", "True", 1)],
      [condition("Ready", "True", 1), target],
    ],
    [
      "keeps its place and the time since when its status is so",
      [
        { ...condition("DisruptionTarget", "True", 1), reason: "Old", message: "o" },
        condition("Ready", "True", 1),
      ],
      [{ ...target, lastTransitionTime: timestamp(1000) }, condition("Ready", "True", 1)],
    ],
    [
      "has a new time when its status is another one",
      [condition("DisruptionTarget", "False", 1)],
      [target],
    ],
  ])("%s", (_, before, expected) => {
    expect(updatePodCondition(before, disruptionTarget("New", "n"), 9000)).toEqual(expected);
  });

  it("leaves the list as it is when it says nothing new", () => {
    const before = [target];
    expect(updatePodCondition(before, disruptionTarget("New", "n"), 20_000)).toBe(before);
  });
});
