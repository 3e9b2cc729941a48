import type { PodRecord, ReadyRecord, Timeline } from "../simulator/index.ts";

/** One Deployment, StatefulSet, DaemonSet or Rollout over a whole run. */
export interface WorkloadFacts {
  /** Fewest ready pods after it first had as many as its strategy wants; and ready pods at the end. */
  readonly minReady: number;
  readonly lastReady: number;
  /** Seconds without any ready pod after it first had enough. */
  readonly downSeconds: number;
  /** Most pods at one time: with those being deleted, and without. */
  readonly maxPods: number;
  readonly maxActive: number;
  /** Seconds in which processes of two versions ran at the same time. */
  readonly mixedSeconds: number;
}

/** What a run says of its workloads: each by itself, by `deployment/web`, and all of them together. */
export interface CapacityFacts {
  readonly workloads: Readonly<Record<string, WorkloadFacts>>;
  readonly ready: {
    /** Fewest ready pods of any workload after it first had as many as its strategy keeps; 0 where it keeps none (Recreate). */
    readonly min: number;
    /** Ready pods of all workloads at the end. */
    readonly last: number;
  };
  readonly pods: {
    /** Most pods of all workloads at one time, those being deleted included, and without them. */
    readonly max: number;
    readonly maxActive: number;
  };
}

/** What has been counted of one workload up to a record. */
interface Tally {
  last: Pick<ReadyRecord, "atMs" | "ready" | "total" | "active">;
  /** Fewest ready pods since there were enough: as many as the strategy keeps; and one where it keeps none. */
  keptMin: number | undefined;
  minReady: number | undefined;
  downMs: number;
  maxPods: number;
  maxActive: number;
}

/** The facts of a run's workloads. */
export function capacityFacts(timeline: Timeline): CapacityFacts {
  const tallies = new Map<string, Tally>();
  let [total, active, max, maxActive] = [0, 0, 0, 0];
  for (const record of timeline.ready) {
    const tally = tallies.get(record.object) ?? newTally(record.atMs);
    tallies.set(record.object, tally);
    total += record.total - tally.last.total;
    active += record.active - tally.last.active;
    max = Math.max(max, total);
    maxActive = Math.max(maxActive, active);
    count(tally, record);
  }
  const pods = podsByWorkload(timeline);
  const all = [...tallies];
  return {
    workloads: Object.fromEntries(
      all.map(([object, tally]) => [
        object,
        workloadFacts(tally, pods.get(object) ?? [], timeline.endMs),
      ]),
    ),
    ready: {
      min: all.length === 0 ? 0 : Math.min(...all.map(([, { keptMin = 0 }]) => keptMin)),
      last: all.reduce((sum, [, { last }]) => sum + last.ready, 0),
    },
    pods: { max, maxActive },
  };
}

function newTally(atMs: number): Tally {
  const last = { atMs, ready: 0, total: 0, active: 0 };
  return { last, keptMin: undefined, minReady: undefined, downMs: 0, maxPods: 0, maxActive: 0 };
}

function count(tally: Tally, record: ReadyRecord): void {
  const { atMs, ready, min, total, active } = record;
  tally.downMs += downSince(tally, atMs);
  if (tally.keptMin !== undefined || (min > 0 && ready >= min)) {
    tally.keptMin = Math.min(tally.keptMin ?? ready, ready);
  }
  if (tally.minReady !== undefined || ready >= Math.max(min, 1)) {
    tally.minReady = Math.min(tally.minReady ?? ready, ready);
  }
  tally.maxPods = Math.max(tally.maxPods, total);
  tally.maxActive = Math.max(tally.maxActive, active);
  tally.last = record;
}

/** Milliseconds without a ready pod from the last record until then. */
function downSince({ minReady, last }: Tally, untilMs: number): number {
  return minReady !== undefined && last.ready === 0 ? untilMs - last.atMs : 0;
}

function workloadFacts(tally: Tally, pods: readonly PodRecord[], endMs: number): WorkloadFacts {
  const { minReady = 0, last, downMs, maxPods, maxActive } = tally;
  return {
    minReady,
    lastReady: last.ready,
    downSeconds: (downMs + downSince(tally, endMs)) / 1000,
    maxPods,
    maxActive,
    mixedSeconds: mixedMs(pods, endMs) / 1000,
  };
}

/** Pods belong to what scales their ReplicaSet, or to the workload that bears their owner's name. */
function podsByWorkload({ pods, scales, ready }: Timeline): Map<string, PodRecord[]> {
  const owners = new Map(scales.map(({ replicaSet, owner }) => [replicaSet, owner]));
  for (const { object } of ready) {
    const name = object.slice(object.indexOf("/") + 1);
    if (!owners.has(name)) owners.set(name, object);
  }
  const found = new Map<string, PodRecord[]>();
  for (const pod of pods) {
    const object = owners.get(pod.owner);
    if (object === undefined) continue;
    found.set(object, [...(found.get(object) ?? []), pod]);
  }
  return found;
}

/** How long containers of two versions ran at the same time: from the start of their processes to the last one's end. */
function mixedMs(pods: readonly PodRecord[], endMs: number): number {
  const edges = pods.flatMap(({ image, phases, exit, goneMs }) => {
    const from = phases.find(({ phase }) => phase !== "pending" && phase !== "pulling")?.fromMs;
    if (from === undefined) return [];
    const to = Math.min(exit?.atMs ?? endMs, goneMs ?? endMs);
    return [
      { atMs: from, image, step: 1 },
      { atMs: to, image, step: -1 },
    ];
  });
  edges.sort((a, b) => a.atMs - b.atMs);
  const running = new Map<string, number>();
  let [mixed, since] = [0, 0];
  for (const { atMs, image, step } of edges) {
    if (running.size > 1) mixed += atMs - since;
    since = atMs;
    const count = (running.get(image) ?? 0) + step;
    if (count > 0) running.set(image, count);
    else running.delete(image);
  }
  return mixed;
}
