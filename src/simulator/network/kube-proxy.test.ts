import { describe, expect, it } from "vitest";
import type { TrafficSource } from "../scenario.ts";
import { listOf } from "./destinations.ts";
import { PlayedPods } from "./played-pods.fixture.ts";

const SERVICE = "default/web:80";

function destinations(world: PlayedPods): string[] {
  return listOf(world.proxy.rulesFor(SERVICE)!.destinations).map((d) => d.podName);
}

describe("KubeProxy with a drawn delay", () => {
  it("has the new rules exactly that many milliseconds after the EndpointSlice's change", () => {
    const world = new PlayedPods({ kubeProxy: { kind: "exact", ms: 300 } });
    world.at(1000, () => world.start(["a", "b"]));
    world.kernel.runUntil(1299);
    expect(destinations(world)).toEqual([]);
    world.kernel.runUntil(1300);
    expect(destinations(world)).toEqual(["a", "b"]);
  });

  it("never lets a later change overtake an earlier one", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const world = new PlayedPods({
        seed,
        kubeProxy: { kind: "range", minMs: 0, maxMs: 500 },
      });
      world.at(1000, () => world.start(["a", "b"]));
      world.at(1010, () => world.mark(["a"], { terminating: true }));
      world.at(1020, () => world.mark(["b"], { terminating: true }));
      world.at(1030, () => world.start(["c"]));
      world.kernel.runUntil(2000);
      expect(destinations(world)).toEqual(["c"]);
      const routes = world.routes.map(({ podUid, chosen }) => `${chosen ? "+" : "-"}${podUid}`);
      expect(routes.lastIndexOf("-uid-b")).toBeLessThanOrEqual(routes.indexOf("+uid-c"));
    }
  });
});

describe("KubeProxy that syncs as the real one", () => {
  it("carries the changes of a rolling step at once, then a second after the sync before", () => {
    const world = new PlayedPods({ kubeProxy: "sync" });
    world.at(0, () => world.start(["a", "b", "c"]));
    world.at(10_000, () => world.start(["d"]));
    world.at(10_100, () => world.mark(["a"], { terminating: true }));
    world.at(10_400, () => world.mark(["b"], { terminating: true }));
    world.kernel.runUntil(20_000);
    const dropped = (pod: string) =>
      world.routes.find((r) => r.podUid === `uid-${pod}` && !r.chosen)!.atMs;
    expect(dropped("a") - 10_100).toBeLessThan(600);
    expect(dropped("b") - 10_400).toBeGreaterThan(700);
    expect(dropped("b") - 10_400).toBeLessThan(1400);
  });

  it("says what changed, how long it had waited and why", () => {
    const world = new PlayedPods({ kubeProxy: "sync" });
    world.at(0, () => world.start(["a", "b"]));
    world.at(10_000, () => world.mark(["a"], { terminating: true }));
    world.kernel.runUntil(20_000);
    const decision = world.decisions.entries.filter((d) => d.code === "kube-proxy.sync").at(-1)!;
    expect(decision).toMatchObject({
      actor: "kube-proxy/node-1",
      object: "service/web",
      values: { added: "", removed: "a", rule: "at-once" },
    });
    expect(decision.values.waitedMs).toBeGreaterThanOrEqual(18);
    expect(decision.values.waitedMs).toBeLessThanOrEqual(267);
  });
});

describe("keep-alive", () => {
  const kept: Partial<TrafficSource> = { road: "direct", keepAlive: true, arrivals: "poisson" };

  it("stays on a pod that terminates until its process closes the connections", () => {
    const world = new PlayedPods({ traffic: [kept] });
    world.at(0, () => world.start(["a", "b"]));
    world.at(5000, () => world.mark(["a"], { terminating: true }));
    world.at(15_000, () => world.stop("a"));
    const requests = world.finish();
    const last = requests.filter((r) => r.pod === "a" && r.outcome === "200").at(-1)!;
    expect(last.sentMs).toBeGreaterThan(14_500);
    expect(last.sentMs).toBeLessThanOrEqual(15_000);
  });

  it("loses about (λ/n)·δ requests at each close, and nothing else", () => {
    let lost = 0;
    const runs = 200;
    for (let seed = 1; seed <= runs; seed += 1) {
      const world = new PlayedPods({ seed, traffic: [{ ...kept, stopMs: 6000 }] });
      world.at(0, () => world.start(["a", "b"]));
      world.at(4000, () => world.mark(["a"], { terminating: true }));
      world.at(5000, () => world.stop("a"));
      const failed = world.finish().filter((r) => r.outcome !== "200");
      expect(failed.every((r) => r.outcome === "connection-reset" && r.pod === "a")).toBe(true);
      lost += failed.length;
    }
    // 50 requests a second on this pod, 15 ms: 0.75 a run.
    expect(Math.abs(lost / runs - 0.75)).toBeLessThan(0.2);
  });
});
