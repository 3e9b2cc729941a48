import { describe, expect, it } from "vitest";
import { simulate } from "../../scenario/index.ts";
import { apply, cluster, deployment, kubectl, requests, service } from "./cluster.ts";
import { viewed, windowOf } from "./view.ts";

const { timeline } = simulate(
  cluster({
    name: "two",
    seconds: 30,
    traffic: [requests(5, 10, 30)],
    steps: [
      apply(0, [service(), deployment({ replicas: 1 }), deployment({ name: "blue", replicas: 2 })]),
      kubectl(15, "set image deployment/blue blue=shop-web:1.1"),
    ],
  }),
);
const workloadsOf = (pods: typeof timeline.pods) =>
  new Set(pods.map(({ name }) => name.split("-")[0]));

describe("a figure's view", () => {
  it("has the whole run by default", () => {
    expect(viewed(timeline)).toEqual(timeline);
    expect(windowOf()).toBeUndefined();
  });
  it("has only the workloads that are asked for, through all their ReplicaSets", () => {
    const shown = viewed(timeline, { workloads: ["deployment/blue"] });
    expect(workloadsOf(timeline.pods)).toEqual(new Set(["web", "blue"]));
    expect(workloadsOf(shown.pods)).toEqual(new Set(["blue"]));
    expect(new Set(shown.pods.map(({ owner }) => owner)).size).toBe(2);
    expect(new Set(shown.ready.map(({ object }) => object))).toEqual(new Set(["deployment/blue"]));
    expect(shown.routes).toEqual([]);
    expect(shown.requests).toEqual(timeline.requests);
  });
  it("may be without requests and routers", () => {
    expect(timeline.requests.length).toBeGreaterThan(0);
    expect(viewed(timeline, { requests: false, routers: false })).toMatchObject({
      requests: [],
      routes: [],
      routers: [],
      pods: timeline.pods,
    });
  });
  it("may begin elsewhere", () => {
    expect(windowOf({ window: { from: 2, to: 9.5 } })).toEqual({ fromMs: 2000, toMs: 9500 });
  });
});
