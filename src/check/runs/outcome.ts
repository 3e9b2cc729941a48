import type {
  PodRecord,
  ReadyRecord,
  RequestRecord,
  Run,
  Timeline,
} from "../../simulator/index.ts";
import { failed, failedAtMs, gapsOf, podAt, podsByName } from "../../words/findings.ts";

/** How often each name came up. */
export type Counts = Readonly<Record<string, number>>;

/** An event that tells why an update does not go on. */
export interface Hindrance {
  /** `pod/web-5958b5bcc6-hzhj6` */
  readonly object: string;
  readonly reason: string;
  readonly message: string;
}

/** One run in numbers: small enough to come from a worker by the hundred. */
export interface RunOutcome {
  readonly seed: number;
  readonly requests: {
    readonly total: number;
    readonly failed: number;
    readonly byOutcome: Counts;
    readonly byVersion: Counts;
    readonly byCause: Counts;
  };
  /** Requests that were answered, but not at the first try: a proxy's retry hid a failure. */
  readonly retried: number;
  /** Requests that failed though they were sent before the update. */
  readonly failedBefore: number;
  /** Whether every rollout came to its end. */
  readonly complete: boolean;
  /** The last warning of a run that is not complete, if there was one. */
  readonly hindrance?: Hindrance;
  /** What kubectl said of objects that the API server did not take. */
  readonly refused?: string;
  /** How the last rollout ended: complete, stuck, progressing; `none` where nothing rolled out. */
  readonly result: string;
  /** From the update to the end of the last rollout; -1 when one did not end. */
  readonly rolloutMs: number;
  /** From the way back to its end; -1 when it did not end or there was none. */
  readonly rollbackMs: number;
  /** Fewest ready pods from the update on. */
  readonly lowestReady: number;
  /** Most pods at a time, those that terminate included. */
  readonly peakPods: number;
  /** Pods beyond those before the update, times seconds: what the update costs in capacity. */
  readonly extraPodSeconds: number;
  /** How long routers, or without any the pods that were ready, were of more than one version. */
  readonly mixedMs: number;
  /** Longest that a router went on choosing a pod whose port had closed. */
  readonly closedGapMs: number;
  /** Longest that a router chose a pod whose port did not listen yet. */
  readonly earlyGapMs: number;
  /** Longest answer at the first try: what a proxy waited for pods that were gone is none of the application's time. */
  readonly longestAnswerMs: number;
  readonly hooksFailed: number;
  readonly hooksCut: number;
  readonly killed: number;
  /** When the run ended. */
  readonly endMs: number;
}

/** Did no request fail, and every rollout come to its end? */
export function isGood({ requests, complete }: RunOutcome): boolean {
  return requests.failed === 0 && complete;
}

/** What holds an update up that a change of its manifests may help against: containers are killed while they start; a new pod has no room beside the old. */
export type Obstacle = "killed-by-probe" | "no-room";

const KILLING_PROBE = /^(Liveness|Startup) probe/;
/** A quota, or a port of the node that an old pod has. */
const NO_ROOM = /exceeded quota|didn't have free ports/;

/** The obstacle that an event tells of. */
export function obstacleOf({ hindrance }: Pick<RunOutcome, "hindrance">): Obstacle | undefined {
  if (hindrance === undefined) return undefined;
  if (KILLING_PROBE.test(hindrance.message)) return "killed-by-probe";
  return NO_ROOM.test(hindrance.message) ? "no-room" : undefined;
}

/** What a run comes to, counted from the update on. */
export function outcomeOf({ summary, timeline }: Run): RunOutcome {
  const { total, failed: lost, byOutcome, byVersion, byCause } = summary.requests;
  const applies = timeline.inputs.filter(({ label }) => label.startsWith("kubectl apply"));
  const updateMs = applies[1]?.atMs ?? 0;
  const backMs = applies[2]?.atMs ?? Infinity;
  const { rollouts } = timeline;
  const forth = rollouts.filter(({ startMs }) => startMs < backMs);
  const back = rollouts.filter(({ startMs }) => startMs >= backMs);
  const gaps = gapsOf(timeline);
  const longest = (kind: string) =>
    gaps.reduce(
      (most, gap) => (gap.kind === kind ? Math.max(most, gap.toMs - gap.fromMs) : most),
      0,
    );
  const counted = { hooksFailed: 0, hooksCut: 0, killed: 0 };
  for (const { code } of timeline.decisions) {
    if (code === "kubelet.hook-failed") counted.hooksFailed += 1;
    else if (code === "kubelet.hook-cut") counted.hooksCut += 1;
    else if (code === "kubelet.sigkill") counted.killed += 1;
  }
  const complete = rollouts.every(({ result }) => result === "complete");
  return {
    seed: summary.seed,
    requests: { total, failed: lost, byOutcome, byVersion, byCause },
    retried: timeline.requests.filter((r) => (r.tries ?? 1) > 1 && !failed(r)).length,
    failedBefore: timeline.requests.filter(
      (request) => request.sentMs < updateMs && failedAtMs(request) < updateMs && failed(request),
    ).length,
    complete,
    ...(complete ? {} : hindranceOf(timeline)),
    ...refusedIn(timeline),
    result: rollouts.at(-1)?.result ?? "none",
    rolloutMs: lastEnd(forth, updateMs),
    rollbackMs: back.length === 0 ? -1 : lastEnd(back, backMs),
    ...capacity(timeline, updateMs),
    mixedMs: mixedFor(timeline, updateMs),
    closedGapMs: longest("closed"),
    earlyGapMs: longest("not-yet"),
    longestAnswerMs: longestAnswer(timeline.requests),
    ...counted,
    endMs: timeline.endMs,
  };
}

/** What the events of a kind say before their message, when there were many of them. */
const COMBINED = /^\(combined from similar events\): /;

function hindranceOf({ events }: Timeline): Pick<RunOutcome, "hindrance"> {
  // Autoscalers warn that there are no metrics: the load is not known, and none are given.
  const warnings = events.filter(
    ({ type, object }) => type === "Warning" && !object.startsWith("horizontalpodautoscaler/"),
  );
  // A container that is killed for its probe is not ready either: the probe that kills it is why.
  const killing = warnings.findLast(({ message }) => KILLING_PROBE.test(message));
  const warning = killing ?? warnings.at(-1);
  if (warning === undefined) return {};
  const { object, reason, message } = warning;
  return { hindrance: { object, reason, message: message.replace(COMBINED, "") } };
}

function refusedIn({ inputs }: Timeline): Pick<RunOutcome, "refused"> {
  const apply = inputs.find(({ code }) => code !== 0);
  if (apply === undefined) return {};
  const said = (apply.chunks ?? []).filter(({ stream }) => stream === "stderr");
  return {
    refused: said
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  };
}

function lastEnd(rollouts: Timeline["rollouts"], fromMs: number): number {
  let lastMs = fromMs;
  for (const { completeMs } of rollouts) {
    if (completeMs === undefined) return -1;
    lastMs = Math.max(lastMs, completeMs);
  }
  return lastMs - fromMs;
}

function longestAnswer(requests: readonly RequestRecord[]): number {
  return requests.reduce(
    (most, request) =>
      failed(request) || (request.tries ?? 1) > 1
        ? most
        : Math.max(most, request.doneMs - request.sentMs),
    0,
  );
}

type Capacity = Pick<RunOutcome, "lowestReady" | "peakPods" | "extraPodSeconds">;

/** Pods over time, all workloads together. */
function capacity({ ready, endMs }: Timeline, updateMs: number): Capacity {
  const latest = new Map<string, ReadyRecord>();
  const now = () => {
    let [count, total] = [0, 0];
    for (const record of latest.values()) {
      count += record.ready;
      total += record.total;
    }
    return { count, total };
  };
  let i = 0;
  for (; i < ready.length && ready[i]!.atMs <= updateMs; i += 1)
    latest.set(ready[i]!.object, ready[i]!);
  let { count, total } = now();
  const before = total;
  let [lowestReady, peakPods, extra, sinceMs] = [count, total, 0, updateMs];
  for (; i < ready.length; i += 1) {
    const record = ready[i]!;
    extra += Math.max(0, total - before) * (record.atMs - sinceMs);
    sinceMs = record.atMs;
    latest.set(record.object, record);
    ({ count, total } = now());
    lowestReady = Math.min(lowestReady, count);
    peakPods = Math.max(peakPods, total);
  }
  extra += Math.max(0, total - before) * (endMs - sinceMs);
  return { lowestReady, peakPods, extraPodSeconds: Math.round(extra / 1000) };
}

/** How long more than one version took new requests: by what routers choose, or by what is ready where there is no traffic. */
function mixedFor({ routes, pods, routers, endMs }: Timeline, updateMs: number): number {
  const byName = podsByName(pods);
  const intervals =
    routers.length > 0
      ? routes.flatMap(({ pod, fromMs, toMs = endMs }) => {
          const record = podAt(byName, pod, fromMs);
          return record === undefined ? [] : [{ version: versionOf(record), fromMs, toMs }];
        })
      : pods.flatMap((pod) => readyIntervals(pod, endMs));
  const changes = intervals
    .flatMap(({ version, fromMs, toMs }) => [
      { atMs: Math.max(fromMs, updateMs), version, by: 1 },
      { atMs: Math.max(toMs, updateMs), version, by: -1 },
    ])
    .sort((a, b) => a.atMs - b.atMs || a.by - b.by);
  const present = new Map<string, number>();
  let [mixed, sinceMs] = [0, updateMs];
  for (const { atMs, version, by } of changes) {
    if (present.size > 1) mixed += atMs - sinceMs;
    sinceMs = atMs;
    const count = (present.get(version) ?? 0) + by;
    if (count === 0) present.delete(version);
    else present.set(version, count);
  }
  return mixed;
}

/** The image, and the ReplicaSet for updates that keep the image. */
function versionOf({ owner, image }: PodRecord): string {
  return `${owner} ${image}`;
}

function readyIntervals(pod: PodRecord, endMs: number) {
  return pod.phases.flatMap(({ phase, fromMs }, i) =>
    phase === "ready"
      ? [
          {
            version: versionOf(pod),
            fromMs,
            toMs: pod.phases[i + 1]?.fromMs ?? pod.goneMs ?? endMs,
          },
        ]
      : [],
  );
}
