import type { Attempt, Judgement, Lab } from "../../labs/index.ts";
import type { Diagnostic } from "../../manifest/index.ts";
import type { Run } from "../../simulator/index.ts";
import {
  createSimulatorClient,
  SupersededError,
  type OnProgress,
  type SimulatorClient,
} from "../run-worker/client.ts";
import type { Stand } from "./stand.ts";

export { SupersededError } from "../run-worker/client.ts";

/** A text that takes longer than this to check gets no answer, so that the editor goes on. */
const DIAGNOSE_MS = 5000;

/**
 * What computes for one workbench. Texts are checked in a worker of their own, so that a long run never keeps a message back; a worker that
 * broke or was stopped is started anew by the next question. Promises reject with `SupersededError` when something else took their place,
 * else with what the worker said.
 */
export class Engine {
  private readonly lab: Lab;
  private runs: SimulatorClient | undefined;
  private texts: SimulatorClient | undefined;
  /** How many questions each client has not answered. */
  private readonly underWay = new WeakMap<SimulatorClient, number>();
  /** How often each file was asked about. */
  private readonly turns = new Map<string, number>();
  private checking: Promise<void> = Promise.resolve();

  constructor(lab: Lab) {
    this.lab = lab;
  }

  async play(stand: Stand): Promise<Run> {
    return this.answer((client) => client.play(this.lab, stand));
  }

  async judge(attempt: Attempt, onProgress: OnProgress): Promise<Judgement> {
    return this.answer((client) => client.judge(this.lab, attempt, onProgress));
  }

  private async answer<T>(question: (client: SimulatorClient) => Promise<T>): Promise<T> {
    const client = (this.runs ??= createSimulatorClient());
    this.underWay.set(client, (this.underWay.get(client) ?? 0) + 1);
    try {
      return await question(client);
    } finally {
      this.underWay.set(client, this.underWay.get(client)! - 1);
    }
  }

  /** What is wrong with a file's text; one text after the other, and of each file only the last that was asked about. */
  async diagnose(name: string, text: string): Promise<readonly Diagnostic[]> {
    const turn = (this.turns.get(name) ?? 0) + 1;
    this.turns.set(name, turn);
    const before = this.checking;
    const answer = before.then(() => {
      if (this.turns.get(name) !== turn) throw new SupersededError();
      return this.check(text);
    });
    this.checking = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  private async check(text: string): Promise<readonly Diagnostic[]> {
    const client = (this.texts ??= createSimulatorClient());
    let limit: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(
        () => reject(new Error(`checking the text took more than ${DIAGNOSE_MS} ms`)),
        DIAGNOSE_MS,
      );
    });
    try {
      return await Promise.race([client.diagnose(text), late]);
    } catch (error) {
      if (!(error instanceof Error && error.name === "SupersededError")) {
        this.texts = undefined;
        client.close();
      }
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  /** Ends runs and judging, however long they would take. A worker that has nothing to do stays: another takes its time to start. */
  stop(): void {
    if (this.runs !== undefined && this.underWay.get(this.runs)) this.discard();
  }

  /** Has the next question start a worker of its own. */
  discard(): void {
    this.runs?.close();
    this.runs = undefined;
  }

  destroy(): void {
    this.discard();
    this.texts?.close();
  }
}
