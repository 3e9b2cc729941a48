import { describe, expect, it } from "vitest";
import { syntheticTimeline } from "../../tests/ui/synthetic-timeline.ts";
import type { PodRecord, RequestRecord, RouteRecord } from "../simulator/record.ts";
import { burstsOf, gapsOf, union, without } from "./findings.ts";

const interval = ([fromMs, toMs]: readonly [number, number]) => ({ fromMs, toMs });

describe("without", () => {
  it.each<[string, [number, number], [number, number][], [number, number][]]>([
    ["nothing given", [0, 10], [], [[0, 10]]],
    ["all given", [2, 8], [[0, 10]], []],
    ["the end left", [0, 10], [[0, 4]], [[4, 10]]],
    ["the beginning left", [0, 10], [[4, 12]], [[0, 4]]],
    [
      "a hole in the middle",
      [0, 10],
      [
        [0, 3],
        [6, 10],
      ],
      [[3, 6]],
    ],
    ["touching at the end", [5, 10], [[0, 5]], [[5, 10]]],
  ])("%s", (_, wanted, given, left) => {
    expect(without(interval(wanted), given.map(interval))).toEqual(left.map(interval));
  });
});

describe("union", () => {
  it("joins what overlaps or touches, in any order", () => {
    const joined = union([interval([5, 8]), interval([0, 2]), interval([2, 3]), interval([6, 7])]);
    expect(joined).toEqual([interval([0, 3]), interval([5, 8])]);
  });
});

describe("gaps", () => {
  const pod = (listening: PodRecord["listening"]): PodRecord => ({
    uid: "u",
    name: "web-1",
    namespace: "default",
    owner: "web",
    image: "web:1",
    createdMs: 0,
    phases: [{ phase: "ready", fromMs: 0 }],
    listening,
  });
  const gaps = (listening: PodRecord["listening"], route: Partial<RouteRecord>) =>
    gapsOf({
      ...syntheticTimeline(),
      endMs: 1000,
      pods: [pod(listening)],
      routes: [{ router: "kube-proxy/node-1", pod: "web-1", fromMs: 0, ...route }],
    }).map(({ fromMs, toMs, kind }) => [fromMs, toMs, kind]);

  it("are there when a router outlasts the listener", () => {
    expect(gaps([{ fromMs: 0, toMs: 400 }], { toMs: 900 })).toEqual([[400, 900, "closed"]]);
  });
  it("are there when a router comes before the listener", () => {
    expect(gaps([{ fromMs: 300 }], { fromMs: 100 })).toEqual([[100, 300, "not-yet"]]);
  });
  it("are not there while the listener outlasts the router", () => {
    expect(gaps([{ fromMs: 0, toMs: 900 }], { toMs: 900 })).toEqual([]);
  });
  it("reach to the end of the run where the router never drops the pod", () => {
    expect(gaps([{ fromMs: 0, toMs: 400 }], {})).toEqual([[400, 1000, "closed"]]);
  });
});

describe("bursts", () => {
  const lost = (id: number, sentMs: number): RequestRecord => ({
    id,
    source: "users",
    sentMs,
    doneMs: sentMs + 3000,
    outcome: "504",
    cause: "connect-timeout",
  });
  it("end where a second passes without a failure", () => {
    const bursts = burstsOf([lost(1, 0), lost(2, 999), lost(3, 1999), lost(4, 2500)]);
    expect(bursts.map(({ fromMs, toMs, requests }) => [fromMs, toMs, requests.length])).toEqual([
      [0, 999, 2],
      [1999, 2500, 2],
    ]);
  });
});
