import type { PodRecord, RolloutRecord, Timeline } from "../simulator/record.ts";

/** What of a run had happened by a time, as if it ended there. A request counts from when it was sent, with what will become of it. */
export function upTo(timeline: Timeline, ms: number): Timeline {
  if (ms >= timeline.endMs) return timeline;
  const happened = ({ atMs }: { readonly atMs: number }) => atMs <= ms;
  const begun = ({ fromMs }: { readonly fromMs: number }) => fromMs <= ms;
  return {
    ...timeline,
    endMs: ms,
    pods: timeline.pods.filter(({ createdMs }) => createdMs <= ms).map((pod) => podUpTo(pod, ms)),
    routes: timeline.routes.filter(begun).map((route) => openUntil(route, ms)),
    requests: timeline.requests.filter(({ sentMs }) => sentMs <= ms),
    scales: timeline.scales.filter(happened),
    ready: timeline.ready.filter(happened),
    rollouts: timeline.rollouts
      .filter(({ startMs }) => startMs <= ms)
      .map((rollout) => rolloutUpTo(rollout, timeline, ms)),
    decisions: timeline.decisions.filter(happened),
    events: timeline.events.filter(happened),
    inputs: timeline.inputs.filter(happened).map((input) => {
      if ((input.endMs ?? Infinity) <= ms) return input;
      const { endMs: _, ...running } = input;
      return { ...running, code: 0 };
    }),
  };
}

/** An interval whose end is not known yet where it lies later. */
function openUntil<T extends { readonly toMs?: number }>(interval: T, ms: number): T {
  if ((interval.toMs ?? Infinity) <= ms) return interval;
  const { toMs: _, ...open } = interval;
  return open as T;
}

function podUpTo(pod: PodRecord, ms: number): PodRecord {
  const { goneMs = Infinity, deletedMs = Infinity, networkGoneMs = Infinity, exit, ...rest } = pod;
  return {
    ...rest,
    phases: pod.phases.filter(({ fromMs }) => fromMs <= ms),
    listening: pod.listening
      .filter(({ fromMs }) => fromMs <= ms)
      .map((interval) => openUntil(interval, ms)),
    ...(goneMs <= ms ? { goneMs } : {}),
    ...(deletedMs <= ms ? { deletedMs } : {}),
    ...(networkGoneMs <= ms ? { networkGoneMs } : {}),
    ...(exit !== undefined && exit.atMs <= ms ? { exit } : {}),
  };
}

/** One that has not ended by then is stuck once its deadline was told to be over, and goes on otherwise. */
function rolloutUpTo(rollout: RolloutRecord, timeline: Timeline, ms: number): RolloutRecord {
  const { object, startMs, completeMs } = rollout;
  const next = timeline.rollouts.find(
    (other) => other.object === object && other.startMs > startMs,
  );
  if ((completeMs ?? next?.startMs ?? Infinity) <= ms) return rollout;
  const { completeMs: _, ...rest } = rollout;
  const counts = timeline.ready.filter((r) => r.object === object && r.atMs <= ms);
  const atStart = counts.findLastIndex(({ atMs }) => atMs < startMs);
  const during = counts.slice(Math.max(0, atStart));
  const isLate = timeline.decisions.some(
    (decision) =>
      decision.object === object &&
      decision.code.endsWith(".progress-deadline") &&
      decision.atMs > startMs &&
      decision.atMs <= ms,
  );
  return {
    ...rest,
    minReady: Math.min(...during.map(({ ready }) => ready)),
    maxPods: Math.max(...during.map(({ active }) => active)),
    result: isLate ? "stuck" : "progressing",
  };
}
