import { describe, expect, it } from "vitest";
import { image, PlayedPods, tally } from "./played-pods.fixture.ts";
import { PROFILES, PROFILE_NAMES, ofProfile } from "../profiles.ts";

const takes = (ms: number) => ({ p50Ms: ms, p99Ms: ms });

describe("a program that stops", () => {
  it("may go on accepting for a while after its signal: as good as a preStop hook", () => {
    for (const [closeAfterMs, lost] of [
      [0, 60],
      [1200, 0],
    ] as const) {
      const world = new PlayedPods({
        kubeProxy: { kind: "exact", ms: 1200 },
        traffic: [{ stopMs: 10_000 }],
      });
      const onSigterm = { mode: "graceful", drainMs: 0, closeAfterMs } as const;
      world.at(0, () => world.start(["a", "b"], image({ onSigterm })));
      world.at(5000, () => world.delete("a", {}));
      const refused = tally(world.finish())["502 connection-refused"] ?? 0;
      expect(Math.abs(refused - lost)).toBeLessThanOrEqual(lost === 0 ? 0 : 1);
    }
  });

  it("may leave idle connections open, which are served until they time out", () => {
    const kept = (idleClose: boolean) => {
      const world = new PlayedPods({
        roads: { closeUnseenMs: 50 },
        traffic: [{ road: "direct", keepAlive: true, connections: 4, stopMs: 6000 }],
      });
      const onSigterm = { mode: "graceful", drainMs: 0, idleClose } as const;
      world.at(0, () => world.start(["a"], image({ onSigterm, keepAliveMs: 5000 })));
      world.at(4000, () => world.stop("a"));
      return tally(world.finish());
    };
    expect(kept(false)).toEqual({ "200": 401 });
    expect(kept(true)["connection-reset idle-connection-closed"]).toBe(4);
  });

  it("ignores its signal and serves until it is killed", () => {
    const world = new PlayedPods({ traffic: [{ stopMs: 9990 }] });
    const npm = ofProfile("node-npm-start", "shop:1");
    world.at(0, () => world.start(["a"], { ...npm, latency: takes(100) }));
    world.at(5000, () => world.stop("a"));
    world.at(8000, () => world.kill("a"));
    // Those of the last 100 ms are in flight when it is killed.
    expect(tally(world.finish())).toEqual({
      "200": 591,
      "502 connection-reset": 9,
      "502 connection-refused": 200,
    });
  });
});

describe("a program with a limit of concurrency", () => {
  it("lets requests wait in the order of their coming, and turns away what its queue has no place for", () => {
    const world = new PlayedPods({ traffic: [{ rps: 10, stopMs: 3900 }] });
    const concurrency = { limit: 1, queue: 3 };
    world.at(0, () => world.start(["a"], image({ latency: takes(200), concurrency })));
    const requests = world.finish();
    const waits = requests.map(({ sentMs, doneMs }) => doneMs - sentMs);
    expect(waits.slice(0, 5)).toEqual([200, 300, 400, 500, 600]);
    const turnedAway = requests.filter(({ cause }) => cause === "overloaded");
    expect(turnedAway.length).toBeGreaterThan(3);
    expect(turnedAway.every(({ outcome }) => outcome === "503")).toBe(true);
    const served = requests.filter(({ outcome }) => outcome === "200");
    const done = served.map(({ doneMs }) => doneMs);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    for (let i = 1; i < done.length; i += 1) expect(done[i]! - done[i - 1]!).toBe(200);
  });
});

describe("a program that warms up", () => {
  it("answers slower at first, evenly less so", () => {
    const world = new PlayedPods({ traffic: [{ rps: 1, startMs: 1000, stopMs: 12_000 }] });
    const warmUp = { forMs: 10_000, factor: 5 };
    world.at(999, () => world.start(["a"], image({ latency: takes(100), warmUp })));
    const took = world.finish().map(({ sentMs, doneMs }) => doneMs - sentMs);
    expect(took.slice(0, 3)).toEqual([500, 460, 420]);
    expect(took.at(-1)).toBe(100);
  });
});

describe("a release with a leak", () => {
  it("is killed after so many requests", () => {
    const world = new PlayedPods({ traffic: [{ rps: 100, stopMs: 2990 }] });
    world.at(0, () => world.start(["a"], image({ oom: { requests: 40 } })));
    const counts = tally(world.finish());
    expect(counts["200"]).toBe(40);
    expect(counts["502 connection-refused"]).toBe(60);
  });
});

describe("connections that last", () => {
  it("WebSockets stay on a pod that is removed, and break with its process", () => {
    const world = new PlayedPods({
      traffic: [{ road: "gateway", protocol: "websocket", lastsMs: 60_000, rps: 2, stopMs: 3999 }],
    });
    world.at(0, () => world.start(["a", "b"]));
    world.at(5000, () => world.delete("a", { killMs: 30_000 }));
    const requests = world.finish(200_000);
    const broken = requests.filter(({ outcome }) => outcome !== "200");
    expect(requests).toHaveLength(4);
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.every((r) => r.pod === "a" && r.doneMs === 35_000)).toBe(true);
    expect(broken.every((r) => r.outcome === "connection-reset")).toBe(true);
  });

  it("HTTP/2 is told of the end, so nothing is sent too late", () => {
    const world = new PlayedPods({
      roads: { closeUnseenMs: 50 },
      traffic: [
        { road: "direct", protocol: "http2", keepAlive: true, connections: 2, stopMs: 6000 },
      ],
    });
    world.at(0, () => world.start(["a", "b"], image({ latency: takes(300) })));
    world.at(3005, () => world.delete("a", {}));
    expect(tally(world.finish())).toEqual({ "200": 401 });
  });
});

describe("session affinity", () => {
  it("keeps each client's address on its pod until the pod is gone", () => {
    const world = new PlayedPods({
      service: {
        sessionAffinity: "ClientIP",
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } },
      },
      traffic: [{ road: "direct", clients: 5, rps: 50, stopMs: 9990 }],
    });
    world.at(0, () => world.start(["a", "b", "c"]));
    world.at(6005, () => world.delete("a", {}));
    const requests = world.finish();
    const podsOf = (client: number, before: boolean) =>
      new Set(
        requests
          .filter((r) => r.id % 5 === client && r.sentMs < 6005 === before)
          .map(({ pod }) => pod),
      );
    for (let client = 0; client < 5; client += 1) {
      expect(podsOf(client, true).size).toBe(1);
      expect(podsOf(client, false).size).toBe(1);
      expect(podsOf(client, false).has("a")).toBe(false);
    }
    expect(new Set(requests.map(({ pod }) => pod)).size).toBe(3);
  });
});

describe("externalTrafficPolicy Local", () => {
  it("loses what comes to a node without pods, until its health check has failed", () => {
    const lost = (policy: "Local" | "Cluster") => {
      const world = new PlayedPods({
        service: { type: "NodePort", externalTrafficPolicy: policy },
        nodes: ["node-1", "node-2"],
        traffic: [{ road: "node-port", startMs: 45_000, stopMs: 90_000, rps: 20 }],
      });
      world.at(0, () => world.start(["a", "b"]));
      world.at(50_000, () => world.delete("b", { goneMs: 500 }));
      world.at(50_500, () => world.select(["a"]));
      return tally(world.finish(200_000));
    };
    expect(lost("Cluster")["504 no-endpoint"]).toBeUndefined();
    const local = lost("Local");
    // Ten a second for 10 to 20 s: two checks, ten seconds apart.
    expect(local["504 no-endpoint"]).toBeGreaterThan(90);
    expect(local["504 no-endpoint"]).toBeLessThan(210);
  });
});

describe("profiles", () => {
  it.each(PROFILE_NAMES)("%s is a whole image", (name) => {
    const made = ofProfile(name, "x:1");
    expect(made).toMatchObject({ name: "x:1", exists: true, ...PROFILES[name] });
    expect(made.readyMs).toBeGreaterThanOrEqual(made.startupMs);
  });
});
