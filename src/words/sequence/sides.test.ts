import { describe, expect, it } from "vitest";
import type { PodRecord, ScaleRecord, Timeline } from "../../simulator/record.ts";
import { sidesOf } from "./sides.ts";

const UPDATE = 100;

function timeline(scales: readonly [string, number, number][], pods: readonly PodRecord[] = []) {
  return {
    inputs: [{ atMs: UPDATE }],
    scales: scales.map(([replicaSet, atMs, replicas]): ScaleRecord => ({
      replicaSet,
      atMs,
      replicas,
      owner: "deployment/web",
      image: "",
    })),
    pods,
  } as unknown as Timeline;
}

describe("the ReplicaSets of an update", () => {
  it.each<[string, readonly [string, number, number][], readonly string[]]>([
    [
      "a new one is made",
      [
        ["a", 0, 3],
        ["b", 101, 1],
        ["a", 102, 2],
      ],
      ["b"],
    ],
    [
      "an undo lets the one before grow again",
      [
        ["a", 0, 3],
        ["a", 50, 2],
        ["b", 50, 2],
        ["b", 101, 0],
        ["a", 102, 3],
      ],
      ["a"],
    ],
    [
      "an undo finds all pods of the one before",
      [
        ["a", 0, 3],
        ["b", 50, 1],
        ["b", 101, 0],
      ],
      ["a"],
    ],
    [
      "an undo of a complete update",
      [
        ["a", 0, 3],
        ["b", 50, 3],
        ["a", 60, 0],
        ["a", 101, 1],
        ["b", 102, 2],
      ],
      ["a"],
    ],
  ])("%s", (_, scales, fresh) => {
    const { names } = sidesOf(timeline(scales), "en");
    const told = ["a", "b"].filter((name) => names.replicaSet(name) === "the new ReplicaSet");
    expect(told).toEqual(fresh);
  });
});

it("a name that a StatefulSet gives again is the new pod's from then on", () => {
  const pod = (createdMs: number) => ({ name: "web-2", createdMs }) as PodRecord;
  const { podSide } = sidesOf(timeline([], [pod(5), pod(130)]), "en");
  expect([podSide("web-2", 129), podSide("web-2", 130)]).toEqual(["oldPod", "newPod"]);
});
