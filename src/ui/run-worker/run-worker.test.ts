import { describe, expect, it } from "vitest";
import { syntheticTimeline } from "../../../tests/ui/synthetic-timeline.ts";
import { simulate } from "../../scenario/index.ts";
import { runInTurn } from "../../check/index.ts";
import type { Run } from "../../simulator/index.ts";
import { incidentScenario } from "../figure/figures/incident.ts";
import { Answerer } from "./answer.ts";
import { createSimulatorClient, SupersededError, type WorkerPort } from "./client.ts";
import { createWorkerPool } from "./run-pool.ts";
import { packRun, unpackRun } from "./packed-run.ts";
import type { Reply, Request } from "./protocol.ts";

const scenario = {
  ...incidentScenario(0, 30, -1),
  durationMs: 30_000,
};

/** A worker without a thread: messages are cloned and arrive later, as they would. */
function workerInPlace(asked: Request[] = []): WorkerPort {
  const port: WorkerPort = {
    postMessage(message) {
      asked.push(message);
      setTimeout(() => void answerer.take(structuredClone(message)), 0);
    },
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const answerer = new Answerer(
    (reply: Reply) => {
      const data = structuredClone(reply);
      setTimeout(() => port.onmessage?.({ data } as MessageEvent<Reply>), 0);
    },
    () => new Promise((resolve) => setTimeout(resolve, 0)),
  );
  return port;
}

describe("a packed run", () => {
  it("is the same run when it is unpacked", () => {
    const run = { summary: {}, timeline: syntheticTimeline() } as Run;
    const { packed, transfer } = packRun(run);
    expect(packed.run.timeline.requests).toEqual([]);
    expect(unpackRun(structuredClone(packed, { transfer }))).toEqual(run);
  });
});

describe("the client", () => {
  it("gives the run that the simulator gives", async () => {
    const client = createSimulatorClient(workerInPlace);
    const expected = simulate(scenario, { seed: 3 });
    expect(await client.run({ scenario, seed: 3 })).toEqual(structuredClone(expected));
  });
  it("lets the latest run win", async () => {
    const client = createSimulatorClient(workerInPlace);
    const first = client.run({ scenario, seed: 1 });
    const second = client.run({ scenario, seed: 2 });
    await expect(first).rejects.toThrow(SupersededError);
    expect((await second).summary.seed).toBe(2);
  });
  it("tells the progress of many seeds, and gives them in their order", async () => {
    const client = createSimulatorClient(workerInPlace);
    const told: string[] = [];
    const seeds = [5, 4, 9];
    const summaries = await client.check({ scenario, seeds }, (done, total) =>
      told.push(`${done}/${total}`),
    );
    expect(summaries.map(({ seed }) => seed)).toEqual(seeds);
    expect(told).toEqual(["1/3", "2/3", "3/3"]);
  });
  it("runs while many seeds are under way", async () => {
    const client = createSimulatorClient(workerInPlace);
    const order: string[] = [];
    const seeds = Array.from({ length: 12 }, (_, i) => i);
    const check = client.check({ scenario, seeds }).then(() => order.push("check"));
    const run = client.run({ scenario, seed: 1 }).then(() => order.push("run"));
    await Promise.all([check, run]);
    expect(order).toEqual(["run", "check"]);
  });
  it("gives up what is cancelled", async () => {
    const asked: Request[] = [];
    const client = createSimulatorClient(() => workerInPlace(asked));
    const check = client.check({ scenario, seeds: [1, 2, 3] });
    client.cancel();
    await expect(check).rejects.toThrow(SupersededError);
    expect(asked.map(({ kind }) => kind)).toEqual(["check", "cancel"]);
  });
  it("says what went wrong in the simulator", async () => {
    const client = createSimulatorClient(workerInPlace);
    const broken = { ...scenario, steps: null } as unknown as typeof scenario;
    await expect(client.run({ scenario: broken })).rejects.toThrow(/not iterable|null/);
  });
});

describe("a pool of workers", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7];

  it.each([1, 3])("of %i gives the outcomes in the order of the seeds", async (size) => {
    let done = 0;
    const pool = createWorkerPool({
      size,
      startWorker: workerInPlace,
      onRuns: (runs) => (done += runs),
    });
    expect(await pool.runMany({ scenario, seeds })).toEqual(await runInTurn({ scenario, seeds }));
    expect(done).toBe(seeds.length);
    pool.close();
  });

  it("tells whoever waits that it was closed", async () => {
    const pool = createWorkerPool({ size: 2, startWorker: workerInPlace });
    const runs = pool.runMany({ scenario, seeds });
    pool.close();
    await expect(runs).rejects.toThrow("the workers were ended");
  });
});
