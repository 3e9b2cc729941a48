import type { Attempt, Judgement, Lab } from "../../labs/index.ts";
import type { Diagnostic } from "../../manifest/index.ts";
import type { Input, Run, RunSummary, Scenario } from "../../simulator/index.ts";
import { unpackRun } from "./packed-run.ts";
import type { Stand } from "./play-lab.ts";
import type { Reply, Request } from "./protocol.ts";

/** Why a promise of the client was rejected though nothing went wrong: a newer request took its place, or it was cancelled. */
export class SupersededError extends Error {
  constructor() {
    super("superseded by a newer request");
    this.name = "SupersededError";
  }
}

/** How many of the runs asked for are done. */
export type OnProgress = (done: number, total: number) => void;

/** What a run is made from. */
export interface RunRequest {
  readonly scenario: Scenario;
  readonly seed?: number;
  readonly inputs?: readonly Input[];
}

/**
 * The simulator in its worker. Of each kind of request the latest wins: an earlier one that is not answered yet is given up, and its
 * promise is rejected with `SupersededError`.
 */
export interface SimulatorClient {
  run(request: RunRequest): Promise<Run>;
  /** The summaries of many seeds, in their order. */
  check(
    request: Omit<RunRequest, "seed"> & { readonly seeds: readonly number[] },
    onProgress?: OnProgress,
  ): Promise<readonly RunSummary[]>;
  judge(lab: Lab, attempt: Attempt, onProgress?: OnProgress): Promise<Judgement>;
  /** A lab's cluster as a learner has it. */
  play(lab: Lab, stand: Stand): Promise<Run>;
  /** What kubectl and the API server would say of a manifest. */
  diagnose(text: string): Promise<readonly Diagnostic[]>;
  /** Gives up what is under way. */
  cancel(): void;
  /** Ends the worker; the client is of no use afterwards. */
  close(): void;
}

/** What the client needs of a worker. */
export interface WorkerPort {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

type Kind = "run" | "check" | "judge" | "play" | "diagnose";

interface Waiting {
  readonly kind: Kind;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: OnProgress;
}

/** Starts the simulator's worker. `startWorker` stands in for it in tests. */
export function createSimulatorClient(
  startWorker: () => WorkerPort = moduleWorker,
): SimulatorClient {
  const worker = startWorker();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  const giveUp = (id: number, error: Error) => {
    const request = waiting.get(id);
    if (request === undefined) return;
    waiting.delete(id);
    worker.postMessage({ id, kind: "cancel" });
    request.reject(error);
  };
  const giveUpAll = (error: Error, kind?: Kind) => {
    for (const [id, request] of [...waiting]) {
      if (kind === undefined || request.kind === kind) giveUp(id, error);
    }
  };
  const ask = (
    kind: Kind,
    requestOf: (id: number) => Request,
    onProgress?: OnProgress,
  ): Promise<Reply> => {
    giveUpAll(new SupersededError(), kind);
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { kind, resolve, reject, ...(onProgress ? { onProgress } : {}) });
      worker.postMessage(requestOf(id));
    });
  };

  worker.onmessage = ({ data }) => {
    const request = waiting.get(data.id);
    if (request === undefined) return;
    if (data.kind === "progress") {
      request.onProgress?.(data.done, data.total);
      return;
    }
    waiting.delete(data.id);
    if (data.kind === "error") request.reject(new Error(data.message));
    else request.resolve(data);
  };
  worker.onerror = (event) => giveUpAll(new Error(event.message || "the simulator did not start"));

  return {
    async run({ scenario, seed = scenario.seed, inputs = [] }) {
      const reply = await ask("run", (id) => ({ id, kind: "run", scenario, seed, inputs }));
      if (reply.kind !== "run") throw new Error(`the worker answered ${reply.kind} to run`);
      return unpackRun(reply.packed);
    },
    async check({ scenario, seeds, inputs = [] }, onProgress) {
      const reply = await ask(
        "check",
        (id) => ({ id, kind: "check", scenario, seeds, inputs }),
        onProgress,
      );
      if (reply.kind !== "check") throw new Error(`the worker answered ${reply.kind} to check`);
      return reply.summaries;
    },
    async judge(lab, attempt, onProgress) {
      const reply = await ask("judge", (id) => ({ id, kind: "judge", lab, attempt }), onProgress);
      if (reply.kind !== "judge") throw new Error(`the worker answered ${reply.kind} to judge`);
      return reply.judgement;
    },
    async play(lab, stand) {
      const reply = await ask("play", (id) => ({ id, kind: "play", lab, stand }));
      if (reply.kind !== "run") throw new Error(`the worker answered ${reply.kind} to play`);
      return unpackRun(reply.packed);
    },
    async diagnose(text) {
      const reply = await ask("diagnose", (id) => ({ id, kind: "diagnose", text }));
      if (reply.kind !== "diagnose") {
        throw new Error(`the worker answered ${reply.kind} to diagnose`);
      }
      return reply.found;
    },
    cancel: () => giveUpAll(new SupersededError()),
    close() {
      giveUpAll(new SupersededError());
      worker.terminate();
    },
  };
}

function moduleWorker(): WorkerPort {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
