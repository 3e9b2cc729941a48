import type { RequestRecord, RunSummary, Timeline, WatchRecord } from "./record.ts";

/** The run in the shape that the command line prints; keys of the counts are sorted, so that equal runs are equal bytes. */
export function buildSummary(
  timeline: Timeline,
  facts: {
    readonly seed: number;
    readonly events: number;
    readonly warnings: readonly string[];
    readonly watch?: readonly WatchRecord[];
    readonly each: boolean;
  },
): RunSummary {
  const { requests } = timeline;
  const failed = requests.filter((r) => r.outcome !== "200");
  return {
    schema: "rollout-lab/run/v1",
    seed: facts.seed,
    simulatedMs: timeline.endMs,
    wallMs: 0,
    events: facts.events,
    requests: {
      total: requests.length,
      ok: requests.length - failed.length,
      failed: failed.length,
      byOutcome: countBy(requests, (r) => r.outcome),
      byVersion: countBy(requests, (r) => r.version),
      byCause: countBy(failed, (r) => r.cause),
      ...(facts.each ? { each: requests } : {}),
    },
    rollouts: timeline.rollouts,
    warnings: facts.warnings,
    ...(facts.watch === undefined ? {} : { watch: facts.watch }),
  };
}

function countBy(
  requests: readonly RequestRecord[],
  keyOf: (request: RequestRecord) => string | undefined,
): Record<string, number> {
  const counts = new Map<string, number>();
  let key: string | undefined;
  let row = 0;
  const addRow = () => {
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + row);
  };
  // Requests of one key come in long rows, which are counted before the map is asked.
  for (const request of requests) {
    const next = keyOf(request);
    if (next !== key) {
      addRow();
      key = next;
      row = 0;
    }
    row += 1;
  }
  addRow();
  const keys = [...counts.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, counts.get(key)!]));
}
