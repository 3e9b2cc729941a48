import type { PodRecord, ReadyRecord, Timeline } from "../../simulator/record.ts";

/** What the strip of ready pods tells of. */
export interface ShownReady {
  /** In order of time. */
  readonly records: readonly ReadyRecord[];
  /** False where several workloads are counted together: none of their bounds is one for the sum. */
  readonly bounded: boolean;
  /** Whether the pod is one of those counted. */
  readonly counts: (pod: PodRecord) => boolean;
}

/** The workload that rolls out; without a rollout the only one, or all of them together, as with blue and green. */
export function shownReady({ ready, rollouts }: Timeline): ShownReady {
  const objects = new Set(ready.map(({ object }) => object));
  const workload = rollouts[0]?.object ?? (objects.size === 1 ? [...objects][0] : undefined);
  if (workload === undefined) {
    return { records: together(ready), bounded: false, counts: () => true };
  }
  return {
    records: ready.filter(({ object }) => object === workload),
    bounded: true,
    counts: objects.size === 1 ? () => true : ({ owner }) => belongsTo(owner, workload),
  };
}

/** `deployment/web` has its pods by ReplicaSets, `web-6b795dc49d`; a StatefulSet or DaemonSet has its own. */
function belongsTo(owner: string, workload: string): boolean {
  const [kind, name] = workload.split("/");
  const byReplicaSets = kind === "deployment" || kind === "rollout";
  return (byReplicaSets ? owner.slice(0, Math.max(0, owner.lastIndexOf("-"))) : owner) === name;
}

/** The sums over all workloads, each time that one of them changes. */
function together(ready: readonly ReadyRecord[]): ReadyRecord[] {
  const latest = new Map<string, ReadyRecord>();
  const sums: ReadyRecord[] = [];
  for (const record of ready) {
    latest.set(record.object, record);
    const sum = (field: "ready" | "available" | "active" | "total" | "min" | "max") =>
      [...latest.values()].reduce((n, one) => n + one[field], 0);
    if (sums.at(-1)?.atMs === record.atMs) sums.pop();
    sums.push({
      atMs: record.atMs,
      object: "",
      ready: sum("ready"),
      available: sum("available"),
      active: sum("active"),
      total: sum("total"),
      min: sum("min"),
      max: sum("max"),
    });
  }
  return sums;
}
