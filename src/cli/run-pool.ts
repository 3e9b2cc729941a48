import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  runInTurn,
  spreadRuns,
  type ManyRuns,
  type RunMany,
  type RunOutcome,
} from "../check/index.ts";
import type { Scenario } from "../simulator/index.ts";

/** What a thread is asked: to play some seeds of a scenario, which comes with the first of them and is known by its number then. */
export interface Task {
  readonly id: number;
  readonly number: number;
  readonly scenario?: Scenario;
  readonly seeds: readonly number[];
}

/** What it answers. */
export interface Answer {
  readonly id: number;
  readonly outcomes: readonly RunOutcome[];
}

/** What it says once it has loaded. */
export type Ready = "ready";

/** Runs on all cores. */
export interface RunPool {
  readonly runMany: RunMany;
  /** Starts the threads before there is anything to play: they load while this thread reads the manifests. `runs`: how many are to come. */
  warm(runs: number): void;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** For fewer runs than this no thread is started, which takes longer. */
const WORTH_THREADS = 16;

/**
 * Megabytes for what a thread has just made. A run is small and all of it is garbage at its end, so that a small space, used again and again, does; one
 * that grows reaches for memory that was never touched, which costs more than looking through the small one more often.
 */
const YOUNG_MB = 24;

/** Plays runs on as many cores as there are; this thread is one of them. `onRuns` hears of runs as they are done. */
export function createRunPool(
  cores: number = availableParallelism(),
  onRuns?: (done: number) => void,
): RunPool {
  const threads: Thread[] = [];
  const start = () => {
    while (threads.length < cores - 1) threads.push(new Thread());
  };
  return {
    warm: (runs) => {
      if (runs >= WORTH_THREADS) start();
    },
    runMany: (runs) => {
      const isMany = runs.seeds.length >= WORTH_THREADS;
      if (isMany) start();
      // Each thread stands there twice, so that it has its next chunk before it is done with one; this one plays as soon as it is asked. A few
      // runs do not wait for threads that are still loading.
      const players = threads.filter(({ isReady }) => isMany || isReady).map(({ play }) => play);
      return spreadRuns(runs, [...players, playHere, ...players], onRuns);
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

async function playHere(runs: ManyRuns): Promise<readonly RunOutcome[]> {
  const outcomes = await runInTurn(runs);
  // Answers of the threads come in between chunks.
  await new Promise((resolve) => setImmediate(resolve));
  return outcomes;
}

/** One more thread. */
class Thread {
  private readonly worker = new Worker(new URL("./run-thread.ts", import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  private readonly waiting = new Map<number, (outcomes: readonly RunOutcome[]) => void>();
  private readonly failed: Promise<never>;
  private lastId = 0;
  private readonly known = new Map<Scenario, number>();
  /** It has loaded all that it needs. */
  isReady = false;

  constructor() {
    this.failed = new Promise((_, reject) => this.worker.once("error", reject));
    // Whoever waits for an answer hears of it; nobody may be waiting.
    this.failed.catch(() => undefined);
    this.worker.on("message", (answer: Answer | Ready) => {
      if (answer === "ready") {
        this.isReady = true;
        return;
      }
      const { id, outcomes } = answer;
      this.waiting.get(id)?.(outcomes);
      this.waiting.delete(id);
    });
  }

  readonly play = ({ scenario, seeds }: ManyRuns): Promise<readonly RunOutcome[]> => {
    const id = (this.lastId += 1);
    const known = this.known.get(scenario);
    const number = known ?? this.known.size;
    this.known.set(scenario, number);
    const task: Task = { id, number, seeds, ...(known === undefined ? { scenario } : {}) };
    const answer = new Promise<readonly RunOutcome[]>((resolve) => this.waiting.set(id, resolve));
    this.worker.postMessage(task);
    return Promise.race([answer, this.failed]);
  };

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
