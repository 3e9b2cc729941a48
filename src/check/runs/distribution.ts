import type { Counts, RunOutcome } from "./outcome.ts";

/** A number over many runs. */
export interface Spread {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

/** Many runs of one scenario. */
export interface Distribution {
  readonly seeds: number;
  /** Failed requests a run. */
  readonly failed: Spread;
  /** The seed with the most failed requests, the smallest of equals. */
  readonly worstSeed: number;
  readonly runsWithFailures: number;
  /** Of all runs together. */
  readonly requests: number;
  readonly failedInAll: number;
  readonly byOutcome: Counts;
  readonly byVersion: Counts;
  readonly byCause: Counts;
  /** Requests of all runs that were answered at a later try only. */
  readonly retried: number;
  /** Runs in which requests failed before the update already. */
  readonly failedBefore: number;
  /** Runs in which every rollout came to its end. */
  readonly complete: number;
  /** Seconds from the update to the end of the rollout, over the runs in which it ended. */
  readonly rolloutSeconds?: Spread;
  readonly rollbackSeconds?: Spread;
  /** Seconds in which requests met more than one version. */
  readonly mixedSeconds: Spread;
  /** Lowest in any run. */
  readonly lowestReady: number;
  readonly peakPods: Spread;
  readonly extraPodSeconds: Spread;
  /** Milliseconds, the longest in any run. */
  readonly closedGapMs: number;
  readonly earlyGapMs: number;
  readonly longestAnswerMs: number;
  /** Runs in which a hook failed, was cut off, or a process was killed. */
  readonly hooksFailed: number;
  readonly hooksCut: number;
  readonly killed: number;
}

/** Sums up runs; at least one. */
export function distributionOf(runs: readonly RunOutcome[]): Distribution {
  const all = (pick: (run: RunOutcome) => number) => runs.map(pick);
  const most = (pick: (run: RunOutcome) => number) => Math.max(...all(pick));
  const count = (holds: (run: RunOutcome) => boolean) => runs.filter(holds).length;
  const times = (pick: (run: RunOutcome) => number) => all(pick).filter((ms) => ms >= 0);
  const failed = all((run) => run.requests.failed);
  const rollout = times((run) => run.rolloutMs);
  const rollback = times((run) => run.rollbackMs);
  const worst = Math.max(...failed);
  return {
    seeds: runs.length,
    failed: spreadOf(failed),
    worstSeed: runs[failed.indexOf(worst)]!.seed,
    runsWithFailures: count((run) => run.requests.failed > 0),
    requests: sum(all((run) => run.requests.total)),
    failedInAll: sum(failed),
    byOutcome: sumCounts(runs.map((run) => run.requests.byOutcome)),
    byVersion: sumCounts(runs.map((run) => run.requests.byVersion)),
    byCause: sumCounts(runs.map((run) => run.requests.byCause)),
    retried: sum(all((run) => run.retried)),
    failedBefore: count((run) => run.failedBefore > 0),
    complete: count((run) => run.complete),
    ...(rollout.length === 0 ? {} : { rolloutSeconds: seconds(spreadOf(rollout)) }),
    ...(rollback.length === 0 ? {} : { rollbackSeconds: seconds(spreadOf(rollback)) }),
    mixedSeconds: seconds(spreadOf(all((run) => run.mixedMs))),
    lowestReady: Math.min(...all((run) => run.lowestReady)),
    peakPods: spreadOf(all((run) => run.peakPods)),
    extraPodSeconds: spreadOf(all((run) => run.extraPodSeconds)),
    closedGapMs: most((run) => run.closedGapMs),
    earlyGapMs: most((run) => run.earlyGapMs),
    longestAnswerMs: most((run) => run.longestAnswerMs),
    hooksFailed: count((run) => run.hooksFailed > 0),
    hooksCut: count((run) => run.hooksCut > 0),
    killed: count((run) => run.killed > 0),
  };
}

/** Median, 95th percentile (nearest rank) and the largest of some numbers. */
function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return { median: at(0.5), p95: at(0.95), worst: sorted.at(-1)! };
}

function seconds({ median, p95, worst }: Spread): Spread {
  return { median: median / 1000, p95: p95 / 1000, worst: worst / 1000 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumCounts(counts: readonly Counts[]): Counts {
  const total = new Map<string, number>();
  for (const one of counts) {
    for (const [name, count] of Object.entries(one))
      total.set(name, (total.get(name) ?? 0) + count);
  }
  return Object.fromEntries([...total].sort(([a], [b]) => (a < b ? -1 : 1)));
}
