import { describe, expect, it } from "vitest";
import type { PodRecord, Timeline } from "../../simulator/record.ts";
import { huesOf } from "./hues.ts";

/** A timeline of pods that were created one after the other, each written as owner and image. */
function timelineOf(pods: readonly (readonly [owner: string, image: string])[]): Timeline {
  const records = pods.map(([owner, image], i) => ({ owner, image, createdMs: i }) as PodRecord);
  return { pods: records } as unknown as Timeline;
}

describe("hues", () => {
  it.each([
    [
      "the ReplicaSets of a Deployment",
      [
        ["web-1", "web:1"],
        ["web-2", "web:2"],
        ["web-1", "web:1"],
      ],
      [1, 2, 1],
    ],
    [
      "a restart, whose image stays",
      [
        ["web-1", "web:1"],
        ["web-2", "web:1"],
      ],
      [1, 2],
    ],
    [
      "a StatefulSet, which owns the pods of both versions",
      [
        ["web", "web:1"],
        ["web", "web:2"],
        ["web", "web:1"],
      ],
      [1, 2, 1],
    ],
    [
      "a fourth version",
      [
        ["a", "web:1"],
        ["b", "web:2"],
        ["c", "web:3"],
        ["d", "web:4"],
      ],
      [1, 2, 3, 1],
    ],
    [
      "two programs, each with two versions",
      [
        ["importer-1", "importer:1.0"],
        ["web-1", "registry:5000/shop/web:1.0"],
        ["web-2", "registry:5000/shop/web:1.1"],
        ["importer-2", "importer:1.1"],
      ],
      [1, 1, 2, 2],
    ],
    [
      "Blue/Green, two Deployments of one program",
      [
        ["blue-1", "web:1"],
        ["green-1", "web:2"],
      ],
      [1, 2],
    ],
  ] as const)("%s", (_name, pods, hues) => {
    const found = huesOf(timelineOf(pods));
    expect(pods.map(([owner, image]) => found.ofGroup({ owner, image }))).toEqual(hues);
  });
  it("answers have the hue of the first pods with their image", () => {
    const found = huesOf(
      timelineOf([
        ["web-1", "web:1"],
        ["web-2", "web:1"],
        ["web-3", "web:2"],
      ]),
    );
    expect([found.ofImage("web:1"), found.ofImage("web:2"), found.ofImage(undefined)]).toEqual([
      1, 3, 1,
    ]);
    expect(found.versions).toEqual([
      { hue: 1, image: "web:1" },
      { hue: 2, image: "web:1", owner: "web-2" },
      { hue: 3, image: "web:2" },
    ]);
  });
});
