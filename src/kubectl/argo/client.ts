import type { AnalysisRun, Pod, ReplicaSet, Rollout } from "../../simulator/index.ts";

/** What the plugin asks of the API server, in one namespace. */
export interface RolloutsClient {
  readonly nowMs: number;
  readonly namespace: string;
  /** Undefined when there is none. */
  rollout(name: string): Rollout | undefined;
  rollouts(): readonly Rollout[];
  replicaSets(): readonly ReplicaSet[];
  pods(): readonly Pod[];
  analysisRuns(): readonly AnalysisRun[];
  updateRollout(rollout: Rollout): void;
  /** Writes the status subresource. */
  updateStatus(rollout: Rollout): void;
}

/** A command that ends with exit status 1; `lines` is what it has printed before. */
export class ArgoError extends Error {
  readonly lines: readonly string[];

  constructor(message: string, lines: readonly string[] = []) {
    super(message);
    this.name = "ArgoError";
    this.lines = lines;
  }
}
