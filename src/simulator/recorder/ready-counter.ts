import { isFinalPhase } from "../api/pod-phase.ts";
import { ofType } from "../api/find.ts";
import type { WatchEventType } from "../api/server.ts";
import type { Pod, ReplicaSet } from "../api/types.ts";
import { controllerOf } from "../controllers/informer.ts";
import type { ReadyRecord } from "../record.ts";
import { ownerOf, type Workload } from "./workload.ts";

interface Counts {
  ready: number;
  active: number;
  total: number;
  available: number;
  min: number;
  max: number;
}

/** What the counter remembers: plain data. */
export interface ReadyState {
  /** `deployment/web`, by the uid of what owns its pods: a ReplicaSet, or the workload itself. */
  workloadOf: Map<string, string>;
  workloads: Map<string, Counts>;
  /** How each pod is counted now, by uid. */
  counted: Map<string, { object: string; active: boolean; ready: boolean }>;
}

/** Counts the pods of each Deployment, StatefulSet, DaemonSet and Rollout as they change, one step a change. */
export class ReadyCounter {
  private readonly stateOf: () => ReadyState;

  constructor(stateOf: () => ReadyState) {
    this.stateOf = stateOf;
  }

  static emptyState(): ReadyState {
    return { workloadOf: new Map(), workloads: new Map(), counted: new Map() };
  }

  /** Whether every pod that is counted is ready and stays. */
  get settled(): boolean {
    for (const { ready, active, total } of this.stateOf().workloads.values()) {
      if (ready !== active || active !== total) return false;
    }
    return true;
  }

  /** Learns which Deployment or Rollout a ReplicaSet belongs to. */
  observeReplicaSet(replicaSet: ReplicaSet): void {
    const kind = controllerOf(replicaSet)?.kind;
    const { workloadOf } = this.stateOf();
    const isPart = kind === "Deployment" || kind === "Rollout";
    if (isPart && !workloadOf.has(replicaSet.metadata.uid)) {
      workloadOf.set(replicaSet.metadata.uid, ownerOf(replicaSet));
    }
  }

  /** Takes in a workload's bounds and available count. */
  observeWorkload(
    { object, uid, min, max, available }: Workload,
    atMs: number,
  ): ReadyRecord | undefined {
    this.stateOf().workloadOf.set(uid, object);
    const counts = this.countsOf(object);
    const same = counts.min === min && counts.max === max && counts.available === available;
    Object.assign(counts, { min, max, available });
    return same ? undefined : { atMs, object, ...counts };
  }

  /** Takes in a change of a pod. */
  observePod(type: WatchEventType, pod: Pod, atMs: number): ReadyRecord | undefined {
    const { counted, workloadOf } = this.stateOf();
    const { uid, deletionTimestamp } = pod.metadata;
    const before = counted.get(uid);
    const object = before?.object ?? workloadOf.get(controllerOf(pod)?.uid ?? "");
    if (object === undefined) return undefined;
    const active =
      type !== "DELETED" && deletionTimestamp === undefined && !isFinalPhase(pod.status.phase);
    const ready = active && ofType(pod.status.conditions, "Ready")?.status === "True";
    const exists = type !== "DELETED";
    if (before !== undefined && exists && before.active === active && before.ready === ready) {
      return undefined;
    }
    const counts = this.countsOf(object);
    counts.total += Number(exists) - Number(before !== undefined);
    counts.active += Number(active) - Number(before?.active ?? false);
    counts.ready += Number(ready) - Number(before?.ready ?? false);
    if (exists) counted.set(uid, { object, active, ready });
    else counted.delete(uid);
    return { atMs, object, ...counts };
  }

  private countsOf(object: string): Counts {
    const { workloads } = this.stateOf();
    const known = workloads.get(object);
    if (known !== undefined) return known;
    const fresh = { ready: 0, active: 0, total: 0, available: 0, min: 0, max: 0 };
    workloads.set(object, fresh);
    return fresh;
  }
}
