import type { RunOutcome } from "../runs/outcome.ts";
import type { RunMany } from "../runs/run-many.ts";
import { replicasOf } from "./fit-cluster.ts";
import { planRun, type Window } from "./plan.ts";
import type { Plain } from "./pod-spec.ts";
import type { Prepared } from "./prepare.ts";
import { answersPerNode } from "./units.ts";

/** Traffic before the update, and after all has settled. */
const LEAD_MS = 5000;
const AFTER_MS = 5000;
/** A Service that changes has no rollout to wait for. */
const AFTER_NOTHING_MS = 15_000;

/** Virtual time in which the first state has to stand, and the update to come to its end. */
const STANDING_MAX_MS = 20 * 60_000;
const UPDATE_MAX_MS = 60 * 60_000;

/** How long an update that does not end is watched under traffic. */
const STUCK_MS = 90_000;

const PILOT_SEEDS = [1, 2];

/** When what happens in the runs of a check, and what was seen in trying. */
export interface FoundWindow {
  readonly window: Window;
  /** Whether the first state came to stand: all pods ready. */
  readonly stands: boolean;
  /** Whether the update came to its end in every trial. */
  readonly ends: boolean;
  /** What kubectl said of objects that the API server did not take. */
  readonly refused?: string;
}

/** Tries a few runs without traffic to find out how long it takes until the first state stands, and how long the update takes. */
export async function findWindow(prepared: Prepared, runMany: RunMany): Promise<FoundWindow> {
  const [before] = prepared.states;
  const { scenario } = planRun(
    { ...prepared, states: [before!] },
    { startMs: 0, updateMs: 0, endMs: STANDING_MAX_MS, afterMs: 0 },
    { name: "pilot" },
  );
  const standing = await runMany({ scenario, seeds: PILOT_SEEDS });
  // Pods without a readiness probe count as ready long before their programs answer.
  const slowestMs = Math.max(0, ...scenario.images.map(({ readyMs }) => readyMs));
  const stoodMs = latest(standing);
  // Where pods cannot even be made, nothing is on its way, and all seems settled.
  const wanted = before!.reduce((sum, object) => sum + podsWanted(object), 0);
  const isShort = standing.some(({ peakPods }) => peakPods < wanted);
  const stands = stoodMs < STANDING_MAX_MS && !isShort;
  // Other seeds may need longer than the trials did, by about the spread of a probe's period.
  const checkedMs = before!.some(answersPerNode) ? HEALTH_CHECKS_MS : 0;
  const readyMs = stands ? Math.ceil(stoodMs * 1.25) + slowestMs + checkedMs : 60_000;
  const earliestMs = Math.ceil(readyMs / 1000) * 1000 + 2000 + LEAD_MS;
  const updateMs = prepared.resizes.length === 0 ? earliestMs : afterTurn(earliestMs);
  const startMs = updateMs - LEAD_MS;
  const trial = { startMs, updateMs, endMs: updateMs + UPDATE_MAX_MS, afterMs: 0 };
  const updates = await runMany({
    scenario: planRun(prepared, trial, { name: "pilot" }).scenario,
    seeds: PILOT_SEEDS,
  });
  const ends = updates.every(({ complete }) => complete);
  const tookMs = latest(updates) - updateMs;
  const isStill = updates.every(({ result }) => result === "none");
  const afterMs = isStill ? AFTER_NOTHING_MS : AFTER_MS + slowestMs;
  const endMs = ends ? updateMs + 2 * tookMs + 60_000 : updateMs + STUCK_MS;
  const refused = updates.find((run) => run.refused !== undefined)?.refused;
  return {
    window: { startMs, updateMs, endMs, afterMs },
    stands,
    ends,
    ...(refused === undefined ? {} : { refused }),
  };
}

/** Until a load balancer's health checks have left out the nodes without a pod, where each answers only for its own. */
const HEALTH_CHECKS_MS = 45_000;

const SCALED_KINDS = ["Deployment", "StatefulSet", "Rollout"];

/** How many pods a workload certainly has; a DaemonSet may rightly find no node for its own. */
function podsWanted(object: Plain): number {
  return SCALED_KINDS.includes(String(object.kind)) ? replicasOf(object) : 0;
}

/** The next time when autoscalers, which look every 15 s, have just looked: what the update does to a number of pods stands for the longest. */
function afterTurn(ms: number): number {
  return Math.ceil(ms / 15_000) * 15_000 + 1000;
}

function latest(runs: readonly RunOutcome[]): number {
  return Math.max(...runs.map(({ endMs }) => endMs));
}
