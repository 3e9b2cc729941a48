import type { ManyRuns, RunMany, RunOutcome } from "../../check/index.ts";
import { spreadRuns } from "../../check/runs/spread-runs.ts";
import type { WorkerPort } from "./client.ts";

/** Runs in several Web Workers: what `checkManifests` needs of a page. */
export interface WorkerPool {
  readonly runMany: RunMany;
  /** Ends the workers; runs under way are rejected. */
  close(): void;
}

/** More workers than this take more memory than they save time. */
const WORKERS_MAX = 8;

/** Starts a worker for each core but one, which stays with the page. `onRuns` hears of runs as they are done. */
export function createWorkerPool({
  size = Math.min(WORKERS_MAX, Math.max(1, navigator.hardwareConcurrency - 1)),
  startWorker = moduleWorker,
  onRuns,
}: {
  readonly size?: number;
  readonly startWorker?: () => WorkerPort;
  readonly onRuns?: (done: number) => void;
} = {}): WorkerPool {
  const workers = Array.from({ length: size }, () => new PoolWorker(startWorker()));
  const players = workers.map((worker) => (runs: ManyRuns) => worker.play(runs));
  return {
    runMany: (runs) => spreadRuns(runs, players, onRuns),
    close: () => {
      for (const worker of workers) worker.close();
    },
  };
}

interface Waiting {
  readonly resolve: (outcomes: readonly RunOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

class PoolWorker {
  private readonly port: WorkerPort;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(port: WorkerPort) {
    this.port = port;
    port.onmessage = ({ data }) => {
      const request = this.waiting.get(data.id);
      if (request === undefined || data.kind === "progress") return;
      this.waiting.delete(data.id);
      if (data.kind === "outcomes") request.resolve(data.outcomes);
      else request.reject(new Error(data.kind === "error" ? data.message : `got ${data.kind}`));
    };
    port.onerror = (event) => this.giveUp(event.message || "the simulator did not start");
  }

  play({ scenario, seeds }: ManyRuns): Promise<readonly RunOutcome[]> {
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.port.postMessage({ id, kind: "outcomes", scenario, seeds });
    });
  }

  close(): void {
    this.port.terminate();
    this.giveUp("the workers were ended");
  }

  private giveUp(message: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }
}

function moduleWorker(): WorkerPort {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
