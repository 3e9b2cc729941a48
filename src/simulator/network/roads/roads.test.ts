import { describe, expect, it } from "vitest";
import type { RequestRecord } from "../../record.ts";
import type { ImageBehaviour, Road, TrafficSource } from "../../scenario.ts";
import { image, PlayedPods } from "../played-pods.fixture.ts";

/** What is done to the pods while every router goes on choosing them. */
type Failure = "refused" | "not-yet" | "gone" | "reset" | "cut-off" | "slow" | "none";

interface Play {
  readonly road: Road;
  readonly failure: Failure;
  readonly pods: readonly string[];
  /** Those that it is done to; all when left out. */
  readonly to?: readonly string[];
  readonly traffic?: Partial<TrafficSource>;
}

const slow = (ms: number) => ({ p50Ms: ms, p99Ms: ms });

function imageFor(failure: Failure): ImageBehaviour {
  if (failure === "slow") return image({ latency: slow(200_000) });
  if (failure === "reset") return image({ latency: slow(4000), onSigterm: { mode: "fast" } });
  if (failure === "not-yet") return image({ startupMs: 50_000, readyMs: 50_000 });
  return image({ onSigterm: { mode: failure === "cut-off" ? "fast" : "graceful", drainMs: 0 } });
}

/** Forty requests from 10 s to 11 s on; what fails, fails at 9 s, or at 12 s where requests are in flight. */
function play({ road, failure, pods, to = pods, traffic = {} }: Play): RequestRecord[] {
  const world = new PlayedPods({
    service: { type: "NodePort" },
    nodes: ["node-1", "node-2"],
    traffic: [
      {
        road,
        rps: 40,
        startMs: 10_000,
        stopMs: 10_975,
        timeoutMs: 300_000,
        ...(failure === "cut-off" ? { downloadMs: 4000 } : {}),
        ...traffic,
      },
    ],
  });
  world.at(0, () =>
    world.start(
      pods.filter((name) => !to.includes(name)),
      image(),
    ),
  );
  world.at(0, () => world.start(to, imageFor(failure)));
  if (failure === "none") world.at(100, () => world.select([]));
  if (failure === "refused" || failure === "gone") {
    world.at(9000, () => to.forEach((name) => world.stop(name)));
  }
  if (failure === "gone") {
    world.at(9100, () => to.forEach((name) => world.processes.tearDownNetwork(`uid-${name}`)));
  }
  if (failure === "reset" || failure === "cut-off") {
    world.at(12_000, () => to.forEach((name) => world.kill(name)));
  }
  return world.finish(400_000);
}

/** Each way in which requests ended, and how many seconds the last of them took; `0` is at once. */
function ends(requests: readonly RequestRecord[]): string[] {
  const longest = new Map<string, number>();
  for (const { outcome, responseFlag, sentMs, doneMs } of requests) {
    const key = responseFlag === undefined ? outcome : `${outcome} ${responseFlag}`;
    longest.set(key, Math.max(longest.get(key) ?? 0, doneMs - sentMs));
  }
  return [...longest].map(([key, ms]) => `${key} @${Math.round(ms / 1000)}`).sort();
}

/** Table D3 of the simulator's model: what a client sees where every pod fails so. Rows as there, and `not-yet`. */
const ALL_FAIL: readonly [Failure, Readonly<Record<Road, string>>][] = [
  [
    "refused",
    {
      direct: "connection-refused @0",
      proxy: "502 @0",
      "ingress-nginx": "502 @0",
      gateway: "503 UF @0",
      mesh: "503 UF @0",
      "alb-ip": "502 @0",
      "node-port": "502 @0",
    },
  ],
  [
    "not-yet",
    {
      direct: "connection-refused @0",
      proxy: "502 @0",
      "ingress-nginx": "502 @0",
      gateway: "503 UF @0",
      mesh: "503 UF @0",
      "alb-ip": "502 @0",
      "node-port": "502 @0",
    },
  ],
  [
    "gone",
    {
      direct: "timeout @300",
      proxy: "504 @60",
      "ingress-nginx": "504 @15",
      gateway: "503 UF @5",
      mesh: "503 UF @30",
      "alb-ip": "504 @10",
      "node-port": "504 @10",
    },
  ],
  [
    "reset",
    {
      direct: "connection-reset @2",
      proxy: "502 @2",
      "ingress-nginx": "502 @2",
      gateway: "503 UC @2",
      mesh: "503 UC @2",
      "alb-ip": "502 @2",
      "node-port": "502 @2",
    },
  ],
  [
    "cut-off",
    {
      direct: "truncated @2",
      proxy: "truncated @2",
      "ingress-nginx": "truncated @2",
      gateway: "connection-reset UC @2",
      mesh: "connection-reset UC @2",
      "alb-ip": "truncated @2",
      "node-port": "truncated @2",
    },
  ],
  [
    "slow",
    {
      direct: "200 @200",
      proxy: "504 @60",
      "ingress-nginx": "504 @180",
      gateway: "504 UT @15",
      mesh: "200 @200",
      "alb-ip": "504 @60",
      "node-port": "504 @60",
    },
  ],
  [
    "none",
    {
      direct: "connection-refused @0",
      proxy: "502 @0",
      "ingress-nginx": "503 @0",
      gateway: "503 UH @0",
      mesh: "503 UH @0",
      "alb-ip": "503 @0",
      "node-port": "502 @0",
    },
  ],
];

describe.each(ALL_FAIL)("D3, every pod %s", (failure, byRoad) => {
  it.each(Object.entries(byRoad) as [Road, string][])("%s: %s", (road, expected) => {
    expect(ends(play({ road, failure, pods: ["a", "b"] }))).toEqual([expected]);
  });
});

/** What a client sees where one pod of four fails so, on the roads that try again. */
const ONE_FAILS: readonly [Failure, Road, Partial<TrafficSource>, string[]][] = [
  ["refused", "ingress-nginx", {}, ["200 @0"]],
  ["refused", "ingress-nginx", { postShare: 1 }, ["200 @0"]],
  ["refused", "mesh", { postShare: 1 }, ["200 @0"]],
  ["refused", "gateway", {}, ["200 @0", "503 UF @0"]],
  ["gone", "ingress-nginx", {}, ["200 @5"]],
  ["gone", "mesh", {}, ["200 @10"]],
  ["reset", "ingress-nginx", {}, ["200 @2"]],
  ["reset", "ingress-nginx", { postShare: 1 }, ["200 @0", "502 @2"]],
  ["reset", "mesh", {}, ["200 @0", "503 UC @2"]],
  ["cut-off", "ingress-nginx", {}, ["200 @4", "truncated @2"]],
  ["slow", "ingress-nginx", {}, ["200 @60"]],
  ["slow", "ingress-nginx", { postShare: 1 }, ["200 @0", "504 @60"]],
  ["slow", "mesh", { timeoutMs: 100_000 }, ["200 @0", "timeout @100"]],
  ["refused", "direct", { retries: 3 }, ["200 @0"]],
  ["reset", "direct", { retries: 3 }, ["200 @2"]],
  ["reset", "direct", { retries: 3, postShare: 1 }, ["200 @0", "connection-reset @2"]],
];

describe("one pod of four", () => {
  it.each(ONE_FAILS)("%s on the road %s %o: %o", (failure, road, traffic, expected) => {
    const pods = ["a", "b", "c", "d"];
    expect(ends(play({ road, failure, pods, to: ["a"], traffic }))).toEqual(expected);
  });
});
