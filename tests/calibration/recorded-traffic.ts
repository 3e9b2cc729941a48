/*
 * Updates of real nginx pods behind a real kube-proxy, and the same in the simulator: once with the instants that were measured for each pod, and
 * once as whole runs whose delays are drawn from what was measured on all pods.
 */
import { readFileSync } from "node:fs";
import { simulate } from "../../src/scenario/index.ts";
import { image, PlayedPods } from "../../src/simulator/network/played-pods.fixture.ts";
import type { RequestRecord } from "../../src/simulator/index.ts";
import { totalOf, type Lost, type Spread } from "../../src/site/reference/measured.ts";
import { scenarioFor } from "./recorded-scenarios.ts";

/** What happened to one pod, in ms after the update was asked for. */
export interface RecordedPod {
  /** The rules have it; undefined: from the beginning. */
  readonly inMs?: number;
  /** The rules are without it; undefined: they keep it. */
  readonly outMs?: number;
  readonly closedMs?: number;
  readonly goneMs?: number;
}

/** Requests to a real node during an update, as they were counted. */
export interface Recording {
  readonly run: string;
  readonly road: "direct" | "proxy";
  readonly rps: number;
  readonly keepAlive?: number;
  readonly replicas: number;
  readonly grace: number;
  /** Of the readiness probe; 0: none. */
  readonly period: number;
  /** As in the manifest. */
  readonly preStop?: string;
  readonly strategy: "RollingUpdate" | "Recreate";
  readonly stop: "graceful" | "fast" | "ignore";
  readonly startupMs?: number;
  readonly shell?: boolean;
  readonly bad?: boolean;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly total: number;
  /** Connection refused, or 502. */
  readonly refused: number;
  /** No answer to the SYN, "no route to host", or 504. */
  readonly unanswered: number;
  readonly reset: number;
  readonly versions: Readonly<Record<string, number>>;
  /** Where the node's logs were kept: each pod's instants. */
  readonly pods?: readonly RecordedPod[];
  readonly lostAtMs: readonly number[];
}

/** All recordings of requests. */
export const RECORDINGS: readonly Recording[] = JSON.parse(
  readFileSync(new URL("../facts/traffic/recordings.json", import.meta.url), "utf8"),
) as Recording[];

/** Times of a play begin so long before the update, when all pods have long been known. */
const BEFORE_MS = 10_000;

function lostOf(requests: readonly RequestRecord[]): Lost {
  let [refused, unanswered, reset] = [0, 0, 0];
  for (const { outcome, cause } of requests) {
    if (outcome === "200") continue;
    if (cause === "connect-timeout" || cause === "host-unreachable") unanswered += 1;
    else if (cause === "connection-reset" || cause === "idle-connection-closed") reset += 1;
    else refused += 1;
  }
  return { refused, unanswered, reset };
}

/** The requests of a recording, played with the measured instants of its pods. */
export function playInstants(recording: Recording, seed = 1): Lost {
  const { road, rps, firstMs, lastMs, pods = [] } = recording;
  const world = new PlayedPods({
    seed,
    traffic: [
      { road, rps, startMs: BEFORE_MS + firstMs, stopMs: BEFORE_MS + lastMs, timeoutMs: 60_000 },
    ],
  });
  const names = pods.map((_, i) => `pod-${i + 1}`);
  const routed = (atMs: number) =>
    names.filter((_, i) => {
      const { inMs = -Infinity, outMs = Infinity } = pods[i]!;
      return inMs <= atMs && atMs < outMs;
    });
  world.at(0, () => world.start(names, image()));
  world.at(1, () => world.select(routed(-BEFORE_MS)));
  pods.forEach(({ inMs, outMs, closedMs, goneMs }, i) => {
    for (const atMs of [inMs, outMs]) {
      if (atMs === undefined || atMs <= 1 - BEFORE_MS) continue;
      world.at(BEFORE_MS + atMs, () => world.select(routed(atMs)));
    }
    if (closedMs !== undefined) world.at(BEFORE_MS + closedMs, () => world.stop(names[i]!));
    if (goneMs !== undefined) {
      world.at(BEFORE_MS + goneMs, () => world.processes.tearDownNetwork(`uid-${names[i]!}`));
    }
  });
  return lostOf(world.finish(BEFORE_MS + lastMs + 120_000));
}

/** Requests lost in as many whole runs. */
export function playSeeds(recording: Recording, seeds: number): Spread {
  const scenario = scenarioFor(recording);
  const lost = Array.from({ length: seeds }, (_, i) =>
    totalOf(lostOf(simulate(scenario, { seed: i + 1 }).timeline.requests)),
  ).sort((a, b) => a - b);
  return { median: lost[Math.floor(seeds / 2)]!, min: lost[0]!, max: lost[seeds - 1]! };
}
