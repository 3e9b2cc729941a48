import type { RunOutcome } from "../../check/index.ts";
import { simulate } from "../../scenario/index.ts";
import type { RunSummary } from "../../simulator/index.ts";
import { packRun } from "./packed-run.ts";
import type { Reply, Request } from "./protocol.ts";

/** How the worker sends a reply; `transfer` names buffers that move with it. */
export type Post = (reply: Reply, transfer?: ArrayBuffer[]) => void;

/** Work in pieces no longer than a run, so that a cancellation or a newer request gets its turn between them. */
type Pieces = AsyncGenerator<void, void, void>;

/** Carries out requests, several at a time in turns; everything but the messages themselves, so that it can be tested without a worker. */
export class Answerer {
  private readonly post: Post;
  private readonly underWay = new Set<number>();
  private readonly pause: () => Promise<void>;

  /** `pause` lets messages that have come in meanwhile be handled. */
  constructor(post: Post, pause: () => Promise<void>) {
    this.post = post;
    this.pause = pause;
  }

  /** Takes in a request; resolves when it is answered or cancelled. */
  async take(request: Request): Promise<void> {
    if (request.kind === "cancel") {
      this.underWay.delete(request.id);
      return;
    }
    const { id } = request;
    this.underWay.add(id);
    try {
      for await (const _ of this.piecesOf(request)) {
        await this.pause();
        if (!this.underWay.has(id)) return;
      }
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.post({ id, kind: "error", message });
    } finally {
      this.underWay.delete(id);
    }
  }

  private async *piecesOf(request: Exclude<Request, { kind: "cancel" }>): Pieces {
    const { id } = request;
    // A newer request may already stand behind this one and have cancelled it.
    yield;
    switch (request.kind) {
      case "run": {
        const { scenario, seed, inputs } = request;
        const { packed, transfer } = packRun(simulate(scenario, { seed, inputs }));
        this.post({ id, kind: "run", packed }, transfer);
        return;
      }
      case "check": {
        const { scenario, seeds, inputs } = request;
        const summaries: RunSummary[] = [];
        for (const seed of seeds) {
          summaries.push(simulate(scenario, { seed, inputs }).summary);
          this.post({ id, kind: "progress", done: summaries.length, total: seeds.length });
          yield;
        }
        this.post({ id, kind: "check", summaries });
        return;
      }
      case "outcomes": {
        const { playOnce } = await import("../../check/runs/run-many.ts");
        const outcomes: RunOutcome[] = [];
        for (const seed of request.seeds) {
          outcomes.push(playOnce(request.scenario, seed));
          yield;
        }
        this.post({ id, kind: "outcomes", outcomes });
        return;
      }
      case "play": {
        const { playLab } = await import("./play-lab.ts");
        const { packed, transfer } = packRun(playLab(request.lab, request.stand));
        this.post({ id, kind: "run", packed }, transfer);
        return;
      }
      case "diagnose": {
        const { diagnose } = await import("../../manifest/index.ts");
        this.post({ id, kind: "diagnose", found: diagnose(request.text) });
        return;
      }
      case "judge": {
        const { judge } = await import("../../labs/judge.ts");
        const judging = judge(request.lab, request.attempt, simulate);
        for (;;) {
          const step = judging.next();
          if (step.done === true) {
            this.post({ id, kind: "judge", judgement: step.value });
            return;
          }
          this.post({ id, kind: "progress", ...step.value });
          yield;
        }
      }
    }
  }
}
