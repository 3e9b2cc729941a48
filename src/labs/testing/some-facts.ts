import type { RunFacts, TerminationFacts } from "../facts.ts";

/** The facts of an uneventful run in which some requests failed. */
export function someFacts(given: {
  readonly seed: number;
  readonly failed?: number;
  readonly hooksCut?: number;
  readonly terminations?: readonly Partial<TerminationFacts>[];
}): RunFacts {
  const { seed, failed = 0, hooksCut = 0, terminations = [] } = given;
  const rollout = {
    object: "deployment/web",
    revision: 2,
    result: "complete",
    complete: true,
    seconds: 5,
    minReady: 3,
    maxPods: 4,
  };
  return {
    seed,
    requests: {
      total: 100,
      ok: 100 - failed,
      failed,
      byOutcome: { "200": 100 - failed, ...(failed > 0 && { "502": failed }) },
      byCause: failed > 0 ? { "connection-refused": failed } : {},
      byVersion: { "shop-web:1.1": 100 - failed },
      failedByVersion: failed > 0 ? { "shop-web:1.0": failed } : {},
    },
    rollouts: [rollout],
    rollout,
    ready: { min: 3, last: 3 },
    pods: { max: 5, maxActive: 4 },
    workloads: {},
    hooks: { run: hooksCut, done: 0, cut: hooksCut, failed: 0 },
    kills: { sigkill: 0 },
    restarts: 0,
    terminations: terminations.map((termination) => ({
      pod: "web-1",
      graceSeconds: 30,
      hook: "none",
      hookSeconds: 0,
      signalAfter: 0.05,
      leftSeconds: 30,
      routersDroppedAfter: 0.9,
      listenerClosedAfter: 0.1,
      exitAfter: 0.2,
      sigkill: false,
      ...termination,
    })),
    versions: ["shop-web:1.1"],
    events: [],
    live: {},
    steps: [],
    stepsFailed: 0,
    warnings: [],
  };
}
