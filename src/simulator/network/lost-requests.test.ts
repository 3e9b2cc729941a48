import { describe, expect, it } from "vitest";
import type { TrafficSource } from "../scenario.ts";
import { image, PlayedPods, tally } from "./played-pods.fixture.ts";

const FOUR = ["a", "b", "c", "d"];
const exact = (ms: number) => ({ kind: "exact", ms }) as const;

/** Four pods, evenly spaced requests, and the deletion of the first at 5 s. */
function deleteOne(
  delayMs: number,
  times: Parameters<PlayedPods["delete"]>[1],
  traffic: Partial<TrafficSource> = {},
  behaviour = image(),
) {
  const world = new PlayedPods({ kubeProxy: exact(delayMs), traffic: [traffic] });
  world.at(0, () => world.start(FOUR, behaviour));
  world.at(5000, () => world.delete("a", times));
  return { world, requests: world.finish() };
}

function lost(counts: Record<string, number>): number {
  return Object.entries(counts).reduce((sum, [key, n]) => (key === "200" ? sum : sum + n), 0);
}

describe("requests lost on new connections: (λ/n)·(D − A)", () => {
  it("is 30 of 100 a second over four pods, when the rules change 1.2 s after the listener closed", () => {
    const counts = tally(deleteOne(1200, {}).requests);
    expect(Math.abs(counts["502 connection-refused"]! - 30)).toBeLessThanOrEqual(1);
    expect(lost(counts)).toBe(counts["502 connection-refused"]);
  });

  it("divides into refused and unanswered ones where the network goes after 0.8 s", () => {
    const counts = tally(deleteOne(1200, { goneMs: 800 }).requests);
    expect(Math.abs(counts["502 connection-refused"]! - 20)).toBeLessThanOrEqual(1);
    expect(Math.abs(counts["504 connect-timeout"]! - 10)).toBeLessThanOrEqual(1);
  });

  it.each([1250, 1300, 5000])(
    "is none with a preStop of %d ms, not shorter than the delay",
    (preStopMs) => {
      expect(tally(deleteOne(1250, { preStopMs }).requests)).toEqual({ "200": 1801 });
    },
  );

  it("falls with a preStop that is too short", () => {
    const counts = tally(deleteOne(1200, { preStopMs: 800 }).requests);
    expect(Math.abs(lost(counts) - 10)).toBeLessThanOrEqual(1);
  });

  it("is the whole delay for a Service whose selector moved away, when blue goes at once", () => {
    for (const [waitMs, expected] of [
      [0, 240],
      [30_000, 0],
    ] as const) {
      const world = new PlayedPods({
        kubeProxy: exact(1200),
        traffic: [{ rps: 200, stopMs: 60_000 }],
      });
      world.at(0, () => world.start(["blue-1", "blue-2"]));
      world.at(100, () => world.start(["green-1", "green-2"], image({ name: "web:2" })));
      world.at(200, () => world.select(["blue-1", "blue-2"]));
      world.at(10_000, () => world.select(["green-1", "green-2"]));
      world.at(10_000 + waitMs, () => ["blue-1", "blue-2"].forEach((name) => world.stop(name)));
      expect(Math.abs(lost(tally(world.finish())) - expected)).toBeLessThanOrEqual(1);
    }
  });

  it("is (λ/n)·(boot − D) for a new pod without a readiness probe", () => {
    const world = new PlayedPods({ kubeProxy: exact(1000), traffic: [{}] });
    world.at(0, () => world.start(["a", "b", "c"]));
    world.at(5000, () => world.start(["d"], image({ startupMs: 6000, readyMs: 6000 })));
    const counts = tally(world.finish());
    expect(Math.abs(counts["502 not-ready-yet"]! - 125)).toBeLessThanOrEqual(1);
    expect(lost(counts)).toBe(counts["502 not-ready-yet"]);
  });
});

describe("requests lost in flight: (λ/n)·(S − B)", () => {
  const slow = (ms: number) => ({ p50Ms: ms, p99Ms: ms });

  it("is λ/n · S when the process stops at once", () => {
    const behaviour = image({ latency: slow(200), onSigterm: { mode: "fast" } });
    const counts = tally(deleteOne(0, {}, {}, behaviour).requests);
    expect(Math.abs(counts["502 connection-reset"]! - 5)).toBeLessThanOrEqual(1);
  });

  it("is none when it finishes what it has", () => {
    const behaviour = image({ latency: slow(200) });
    const counts = tally(deleteOne(0, { killMs: 30_000 }, {}, behaviour).requests);
    expect(counts["502 connection-reset"] ?? 0).toBe(0);
  });

  it("is what does not finish within the grace period's rest", () => {
    const behaviour = image({ latency: slow(3000) });
    const counts = tally(deleteOne(0, { killMs: 2000 }, {}, behaviour).requests);
    expect(Math.abs(counts["502 connection-reset"]! - 25)).toBeLessThanOrEqual(1);
  });

  it("ends a reset request with the process, not with its answer", () => {
    const behaviour = image({ latency: slow(3000), onSigterm: { mode: "fast" } });
    const { requests } = deleteOne(0, {}, {}, behaviour);
    const reset = requests.filter((r) => r.cause === "connection-reset");
    expect(new Set(reset.map((r) => r.doneMs))).toEqual(new Set([5000]));
    expect(reset.every((r) => r.pod === "a" && r.version === undefined)).toBe(true);
  });
});

describe("what the client sees", () => {
  it.each([
    ["proxy", "refused", "502 connection-refused"],
    ["direct", "refused", "connection-refused connection-refused"],
    ["proxy", "gone", "504 connect-timeout"],
    ["direct", "gone", "timeout connect-timeout"],
    ["proxy", "none", "502 no-endpoint"],
    ["direct", "none", "connection-refused no-endpoint"],
  ] as const)("on the road %s when the only endpoint is %s: %s", (road, state, expected) => {
    const world = new PlayedPods({ traffic: [{ road, stopMs: 5000, rps: 10 }] });
    world.at(0, () => world.start(["a"]));
    if (state === "none") world.at(0, () => world.select([]));
    else world.at(500, () => world.stop("a"));
    if (state === "gone") world.at(600, () => world.processes.tearDownNetwork("uid-a"));
    expect(tally(world.finish())).toEqual({ [expected]: 31 });
  });

  it("waits for the proxy's connect timeout, or for the client's own if that is shorter", () => {
    for (const [timeoutMs, outcome, waitMs] of [
      [60_000, "504", 60_000],
      [10_000, "timeout", 10_000],
    ] as const) {
      const world = new PlayedPods({ traffic: [{ timeoutMs, stopMs: 2000 }] });
      world.at(0, () => world.start(["a"]));
      world.at(500, () => world.processes.tearDownNetwork("uid-a"));
      const [request] = world.finish();
      expect(request).toMatchObject({ outcome, cause: "connect-timeout", doneMs: 2000 + waitMs });
    }
  });

  it("passes on what the application answers, and gives up on what it does not", () => {
    for (const [behaviour, expected] of [
      [image({ errorRate: 1 }), "500 application-error"],
      [image({ readyMs: 9000 }), "503 application-error"],
      [image({ latency: { p50Ms: 61_000, p99Ms: 61_000 } }), "504 slow"],
      [image({ ports: [8080] }), "200"],
      [image({ ports: [9090] }), "502 connection-refused"],
    ] as const) {
      const world = new PlayedPods({ traffic: [{ stopMs: 2000 }] });
      world.at(0, () => world.start(["a"], behaviour));
      expect(tally(world.finish())).toEqual({ [expected]: 1 });
    }
  });
});

describe("routing", () => {
  it("sends no new connection to a pod after the node's rules have dropped it", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const world = new PlayedPods({
        seed,
        kubeProxy: "sync",
        traffic: [{ arrivals: "poisson", rps: 200, stopMs: 10_000 }],
      });
      world.at(0, () => world.start(FOUR));
      world.at(4000, () => world.delete("a", { goneMs: 900 }));
      world.at(4100, () => world.delete("b", { goneMs: 900 }));
      const requests = world.finish();
      for (const pod of ["a", "b"]) {
        const dropped = world.routes.find((r) => r.podUid === `uid-${pod}` && !r.chosen)!;
        expect(dropped.atMs).toBeGreaterThan(4000);
        const last = requests.filter((r) => r.pod === pod).at(-1)!;
        expect(last.sentMs).toBeLessThanOrEqual(dropped.atMs);
      }
    }
  });

  it("falls back on pods that terminate and still serve, when no other is left", () => {
    const world = new PlayedPods({ traffic: [{}] });
    world.at(0, () => world.start(["a", "b"]));
    world.at(5000, () => world.mark(["a", "b"], { terminating: true }));
    world.at(10_000, () => world.mark(["b"], { ready: false }));
    const requests = world.finish();
    expect(lost(tally(requests))).toBe(0);
    const late = requests.filter((r) => r.sentMs > 10_000).map((r) => r.pod);
    expect(new Set(late)).toEqual(new Set(["a"]));
  });

  it("visits each pod once in a round when requests are evenly spaced", () => {
    const world = new PlayedPods({ traffic: [{ stopMs: 5990 }] });
    world.at(0, () => world.start(FOUR));
    const requests = world.finish();
    for (let i = 0; i < requests.length; i += 4) {
      const round = requests.slice(i, i + 4).map((r) => r.pod);
      expect([...round].sort()).toEqual(FOUR);
    }
  });
});

describe("determinism", () => {
  const run = (seed: number, others: Partial<TrafficSource>[] = []) => {
    const users = { arrivals: "poisson", rps: 50 } as const;
    const world = new PlayedPods({ seed, kubeProxy: "sync", traffic: [users, ...others] });
    const latency = { p50Ms: 20, p99Ms: 400 };
    world.at(0, () => world.start(FOUR, image({ latency, errorRate: 0.1 })));
    world.at(5000, () => world.delete("a", { goneMs: 900 }));
    return world.finish();
  };
  const own = (requests: ReturnType<typeof run>) =>
    requests.filter((r) => r.source === "users").map(({ id: _, ...rest }) => rest);

  it("gives the same records for the same seed, and others for another", () => {
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it("leaves a source's requests alone when another is added", () => {
    expect(own(run(1, [{ name: "others", arrivals: "poisson" }]))).toEqual(own(run(1)));
  });

  it("numbers and hands on requests in the order of sending", () => {
    const requests = run(3, [{ name: "others", rps: 30 }]);
    expect(requests.map((r) => r.id)).toEqual(requests.map((_, i) => i + 1));
    const sent = requests.map((r) => r.sentMs);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
  });

  it("goes on the same from a snapshot in the midst of requests in flight", () => {
    const world = new PlayedPods({ kubeProxy: "sync", traffic: [{ arrivals: "poisson" }] });
    world.at(0, () => world.start(FOUR, image({ latency: { p50Ms: 300, p99Ms: 900 } })));
    world.kernel.runUntil(3050);
    const seen = world.requests.length;
    const snapshot = world.kernel.snapshot();
    const first = world.finish(30_000).slice(seen);
    world.kernel.restore(snapshot);
    world.requests.length = seen;
    expect(world.finish(30_000).slice(seen)).toEqual(first);
  });
});
