import type { RolloutRecord, Timeline } from "../../simulator/record.ts";
import { failed, failedAtMs, type Interval } from "../../words/findings.ts";

/** When a rollout came to its end: one that never did was given up when the next of its workload began. */
function endOf(rollout: RolloutRecord, all: readonly RolloutRecord[]): number | undefined {
  const { object, startMs, completeMs } = rollout;
  return (
    completeMs ?? all.find((next) => next.object === object && next.startMs > startMs)?.startMs
  );
}

/**
 * The interval worth looking at first: the rollouts, from the first change until the last old pod is gone and the last request has failed,
 * with a margin; the whole run where there was no rollout.
 */
export function focusOf(timeline: Timeline): Interval {
  const { startMs, endMs, rollouts } = timeline;
  if (rollouts.length === 0 || endMs <= startMs) {
    return { fromMs: startMs, toMs: Math.max(endMs, startMs + 1000) };
  }
  const fromMs = Math.min(...rollouts.map((rollout) => rollout.startMs));
  let toMs = fromMs + 1000;
  const reach = (ms: number) => (toMs = Math.max(toMs, ms));
  for (const rollout of rollouts) reach(endOf(rollout, rollouts) ?? endMs);
  for (const { deletedMs = -1, goneMs = endMs } of timeline.pods) {
    if (deletedMs >= fromMs) reach(goneMs);
  }
  for (const request of timeline.requests) {
    if (failed(request) && request.sentMs >= fromMs) reach(failedAtMs(request));
  }
  const margin = Math.max(500, (toMs - fromMs) * 0.06);
  return {
    fromMs: Math.max(startMs, Math.round(fromMs - margin)),
    toMs: Math.min(endMs, Math.round(toMs + margin)),
  };
}
