import type { Lab } from "../../labs/index.ts";
import type { Timeline } from "../../simulator/index.ts";
import type { Interval } from "../../words/findings.ts";
import { focusOf } from "../timeline/focus.ts";
import type { Stand } from "./stand.ts";

/** How much is seen before the first thing that was done. */
const MARGIN_MS = 2000;

/** So much is seen at least where somebody works on a running cluster: what led to it is as much of interest as what came of it. */
const TYPED_LEAST_MS = 30_000;

/** The version that the lab deploys, by the tag of the image that a step sets: `1.1`. */
export function deployedVersion(lab: Lab): string | undefined {
  for (const { kubectl } of lab.scenario.steps) {
    const match = /^(?:kubectl\s+)?set\s+image\s.*=\S*:([\w.-]+)\s*$/.exec(kubectl ?? "");
    if (match !== null) return match[1];
  }
  return undefined;
}

/** Over how many seeds the lab's checks run. */
export function runsOf(lab: Lab): number {
  return Math.max(...lab.checks.map(({ seeds }) => seeds));
}

/** What to look at first: the whole run while the cluster just serves, else from the deploy or from the first thing done on. */
export function focusOfStand(timeline: Timeline, lab: Lab, { deploys, attempt }: Stand): Interval {
  const deployMs = deploys && lab.mode === "deploy" ? lab.beginMs : Infinity;
  const firstMs = Math.min(deployMs, attempt.inputs[0]?.atMs ?? Infinity);
  // A rollout that was stuck or under way is what something was done about: undo is over in seconds, and says nothing alone.
  const rollouts = timeline.rollouts.filter(
    ({ startMs, completeMs = Infinity }) => startMs >= firstMs || completeMs > firstMs,
  );
  const hasBegun = rollouts.some(({ startMs }) => startMs >= firstMs);
  if (!hasBegun) return { fromMs: timeline.startMs, toMs: timeline.endMs };
  const { fromMs, toMs } = focusOf({ ...timeline, rollouts });
  // What was done before a rollout began is as much a part of it.
  const doneMs = Math.min(fromMs, firstMs - MARGIN_MS);
  const leastMs = attempt.inputs.length > 0 ? TYPED_LEAST_MS : 0;
  return { fromMs: Math.max(timeline.startMs, Math.min(doneMs, toMs - leastMs)), toMs };
}

/**
 * The moment to wait at: a cluster that just serves waits at the moment of the deploy, one that is operated where something was last done; a run
 * with an outcome shows all of it.
 */
export function restMs(lab: Lab, { deploys, attempt }: Stand, focus: Interval): number {
  const lastMs = attempt.inputs.at(-1)?.atMs;
  if (lab.mode === "operate") return lastMs ?? lab.beginMs;
  return !deploys && lastMs === undefined ? lab.beginMs : focus.toMs;
}
