import type { Run } from "../../simulator/index.ts";
import type { Actions } from "./actions.ts";
import { SupersededError, type Engine } from "./engine.ts";
import type { Stand } from "./stand.ts";

/** What a workbench has asked for: a late answer to an earlier question is dropped. */
export class Turns {
  private readonly engine: Engine;
  private readonly actions: Actions;
  private turn = 0;

  constructor(engine: Engine, actions: Actions) {
    this.engine = engine;
    this.actions = actions;
  }

  /** Begins something new; says whether it is the last that was begun. */
  take(): () => boolean {
    const turn = (this.turn += 1);
    return () => turn === this.turn;
  }

  /** The run of a stand; undefined when something else took its place. Rejects with what went wrong. */
  async run(stand: Stand, isWanted: () => boolean): Promise<Run | undefined> {
    return this.busy(isWanted, async () => {
      try {
        const run = await this.engine.play(stand);
        return isWanted() ? run : undefined;
      } catch (error) {
        if (error instanceof SupersededError) return undefined;
        this.engine.discard();
        throw error;
      }
    });
  }

  /** While it lasts, there is a way to stop it. */
  async busy<T>(isWanted: () => boolean, work: () => Promise<T>): Promise<T> {
    this.actions.setBusy(true);
    try {
      return await work();
    } finally {
      if (isWanted()) this.actions.setBusy(false);
    }
  }

  /** Drops what is on its way. */
  stop(): void {
    this.take();
    this.engine.stop();
    this.actions.setBusy(false);
  }
}
