import type { PodRecord, RequestRecord, Timeline } from "../simulator/record.ts";

/** From `fromMs` to before `toMs`. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** An interval in which a router would choose a pod whose port does not accept connections. */
export interface Gap extends Interval {
  readonly router: string;
  readonly pod: string;
  /** `closed`: it does not listen any more; `not-yet`: it does not listen so far. */
  readonly kind: "closed" | "not-yet";
}

/** Intervals of `wanted` that lie in none of `given`; both in order of time, `given` without overlap. */
export function without(wanted: Interval, given: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let fromMs = wanted.fromMs;
  for (const { fromMs: start, toMs: end } of given) {
    if (end <= fromMs) continue;
    if (start >= wanted.toMs) break;
    if (start > fromMs) left.push({ fromMs, toMs: start });
    fromMs = end;
  }
  if (fromMs < wanted.toMs) left.push({ fromMs, toMs: wanted.toMs });
  return left;
}

/** Overlapping and touching intervals as one, in order of time. */
export function union(intervals: readonly Interval[]): Interval[] {
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...intervals].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs });
  }
  return joined;
}

/** Every gap of a run, by router and pod, in order of the routes. */
export function gapsOf(timeline: Timeline): Gap[] {
  const pods = podsByName(timeline.pods);
  return timeline.routes.flatMap((route) => {
    const pod = podAt(pods, route.pod, route.fromMs);
    if (pod === undefined) return [];
    const toMs = route.toMs ?? timeline.endMs;
    return without({ fromMs: route.fromMs, toMs }, listeningOf(pod, timeline.endMs)).map(
      (interval) => ({
        ...interval,
        router: route.router,
        pod: route.pod,
        kind: hasListened(pod, interval.fromMs) ? ("closed" as const) : ("not-yet" as const),
      }),
    );
  });
}

/** The pods of each name, in the order of their creation: a StatefulSet gives the same name again. */
export function podsByName(pods: readonly PodRecord[]): ReadonlyMap<string, readonly PodRecord[]> {
  const byName = new Map<string, PodRecord[]>();
  for (const pod of pods) {
    const same = byName.get(pod.name);
    if (same === undefined) byName.set(pod.name, [pod]);
    else same.push(pod);
  }
  return byName;
}

/** The pod that had a name at a time. */
export function podAt(
  pods: ReadonlyMap<string, readonly PodRecord[]>,
  name: string,
  atMs: number,
): PodRecord | undefined {
  return pods.get(name)?.findLast(({ createdMs }) => createdMs <= atMs);
}

/** The pod's listening intervals, the open one ending with the run. */
export function listeningOf(pod: PodRecord, endMs: number): Interval[] {
  return pod.listening.map(({ fromMs, toMs = endMs }) => ({ fromMs, toMs }));
}

function hasListened(pod: PodRecord, atMs: number): boolean {
  return pod.listening.some((interval) => interval.fromMs < atMs);
}

/** Whether the client saw anything but a 200. */
export function failed(request: RequestRecord): boolean {
  return request.outcome !== "200";
}

/**
 * When a request met its fate: a connection that breaks or an answer that never comes fails at its end, every other failure is settled when
 * the request is sent on.
 */
export function failedAtMs(request: RequestRecord): number {
  return request.cause === "connection-reset" || request.cause === "slow"
    ? request.doneMs
    : request.sentMs;
}

/** Failures less than a second apart. */
export interface Burst extends Interval {
  readonly requests: readonly RequestRecord[];
}

/** The failed requests in bursts: a pause of a second or more begins a new one. */
export function burstsOf(requests: readonly RequestRecord[]): Burst[] {
  const failures = requests.filter(failed).sort((a, b) => failedAtMs(a) - failedAtMs(b));
  const bursts: { fromMs: number; toMs: number; requests: RequestRecord[] }[] = [];
  for (const request of failures) {
    const atMs = failedAtMs(request);
    const last = bursts.at(-1);
    if (last !== undefined && atMs - last.toMs < 1000) {
      last.toMs = atMs;
      last.requests.push(request);
    } else {
      bursts.push({ fromMs: atMs, toMs: atMs, requests: [request] });
    }
  }
  return bursts;
}

/** How many of each, in order of first appearance. */
export function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
