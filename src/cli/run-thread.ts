/* A thread of the run pool: plays the seeds that it is asked for. What it loads has mostly been compiled by the main thread before. */
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { Scenario } from "../simulator/index.ts";
import type { Answer, Ready, Task } from "./run-pool.ts";

enableCompileCache();
const { playOnce } = await import("../check/runs/run-many.ts");

const scenarios: Scenario[] = [];

parentPort!.on("message", ({ id, number, scenario = scenarios[number]!, seeds }: Task) => {
  scenarios[number] = scenario;
  const outcomes = seeds.map((seed) => playOnce(scenario, seed));
  parentPort!.postMessage({ id, outcomes } satisfies Answer);
});

parentPort!.postMessage("ready" satisfies Ready);
