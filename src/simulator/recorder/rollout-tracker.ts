import type { WatchEventType } from "../api/server.ts";
import type { ControllerRevision, ReplicaSet } from "../api/types.ts";
import { SCALE_DOWN_DEADLINE } from "../controllers/argo-rollouts/rollout.ts";
import { controllerOf } from "../controllers/informer.ts";
import type { ReadyRecord, RolloutRecord } from "../record.ts";
import type { Workload } from "./workload.ts";

interface Draft {
  object: string;
  revision: number;
  startMs: number;
  completeMs?: number;
  endMs?: number;
  result: RolloutRecord["result"];
}

/** What the tracker remembers: plain data. */
export interface RolloutState {
  drafts: Draft[];
  /** Index into `drafts` of the rollout under way, by workload. */
  underWay: Map<string, number>;
  /** The highest number of a workload's ControllerRevisions, by its uid. */
  revisions: Map<string, number>;
  /** Uids of ReplicaSets of Rollouts whose pods are about to go at a deadline. */
  waiting: Set<string>;
}

/** Follows each workload's rollouts from the change of its template to their end. The first one, its creation, is none. */
export class RolloutTracker {
  private readonly stateOf: () => RolloutState;

  constructor(stateOf: () => RolloutState) {
    this.stateOf = stateOf;
  }

  static emptyState(): RolloutState {
    return { drafts: [], underWay: new Map(), revisions: new Map(), waiting: new Set() };
  }

  /** Whether no rollout is still on its way (a stuck or paused one goes nowhere by itself), and no old pods wait for their end. */
  get settled(): boolean {
    const { drafts, underWay, waiting } = this.stateOf();
    if (waiting.size > 0) return false;
    for (const i of underWay.values()) if (drafts[i]!.result === "progressing") return false;
    return true;
  }

  /** Takes in a change of a ReplicaSet. */
  observeReplicaSet(type: WatchEventType, { metadata, spec }: ReplicaSet): void {
    const { waiting } = this.stateOf();
    const waits = metadata.annotations?.[SCALE_DOWN_DEADLINE] !== undefined;
    if (type !== "DELETED" && waits && spec.replicas !== 0) waiting.add(metadata.uid);
    else if (waiting.size > 0) waiting.delete(metadata.uid);
  }

  /** Takes in a revision of a StatefulSet or DaemonSet. */
  observeRevision(controllerRevision: ControllerRevision): void {
    const { revisions } = this.stateOf();
    const owner = controllerOf(controllerRevision)?.uid;
    if (owner === undefined) return;
    revisions.set(owner, Math.max(revisions.get(owner) ?? 0, controllerRevision.revision));
  }

  /** Takes in a change of a workload. */
  observe(type: WatchEventType, workload: Workload, templateChanged: boolean, atMs: number): void {
    const { drafts, underWay, revisions } = this.stateOf();
    const { object } = workload;
    let current = underWay.get(object);
    if (type === "DELETED" || templateChanged) {
      if (current !== undefined) {
        const draft = drafts[current]!;
        // One that was aborted had come to its end before the next one began.
        Object.assign(draft, {
          endMs: atMs,
          ...(draft.result === "aborted" ? {} : { result: "superseded" }),
        });
        underWay.delete(object);
      }
      if (type === "DELETED") return;
      current = drafts.length;
      underWay.set(object, current);
      drafts.push({ object, revision: 0, startMs: atMs, result: "progressing" });
    }
    if (current === undefined) return;
    const draft = drafts[current]!;
    if (workload.observed) {
      const revision = workload.revision || (revisions.get(workload.uid) ?? 0);
      if (revision > 0) draft.revision = revision;
    }
    draft.result = workload.result;
    if (draft.result === "complete") {
      Object.assign(draft, { completeMs: atMs, endMs: atMs });
      underWay.delete(object);
    }
  }

  /** The rollouts, each with the least ready pods and the most pods while it lasted. */
  records(ready: readonly ReadyRecord[], nowMs: number): RolloutRecord[] {
    return this.stateOf().drafts.map(({ endMs, ...draft }) => {
      const { object, revision, startMs, completeMs, result } = draft;
      const counts = during(ready, object, startMs, endMs ?? nowMs);
      return {
        object,
        revision,
        startMs,
        ...(completeMs === undefined ? {} : { completeMs }),
        minReady: counts.reduce((least, r) => Math.min(least, r.ready), counts[0]?.ready ?? 0),
        maxPods: counts.reduce((most, r) => Math.max(most, r.active), 0),
        result,
      };
    });
  }
}

/** The counts in force at `fromMs` and all later ones up to `toMs`. */
function during(
  ready: readonly ReadyRecord[],
  object: string,
  fromMs: number,
  toMs: number,
): ReadyRecord[] {
  const own = ready.filter((r) => r.object === object && r.atMs <= toMs);
  const before = own.filter((r) => r.atMs < fromMs).at(-1);
  const within = own.filter((r) => r.atMs >= fromMs);
  return before === undefined ? within : [before, ...within];
}
