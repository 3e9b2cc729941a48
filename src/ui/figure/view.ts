import type { Timeline } from "../../simulator/record.ts";
import type { Interval } from "../../words/findings.ts";
import type { FigureView } from "./figure.ts";

/** What of a run a figure draws: a timeline with nothing else in it. */
export function viewed(timeline: Timeline, view: FigureView = {}): Timeline {
  const shown: Timeline = {
    ...timeline,
    ...(view.requests === false ? { requests: [] } : {}),
    ...(view.routers === false ? { routes: [], routers: [] } : {}),
  };
  const { workloads } = view;
  if (workloads === undefined) return shown;
  const owners = new Set(workloads.map((workload) => workload.slice(workload.indexOf("/") + 1)));
  for (const { owner, replicaSet } of shown.scales) {
    if (workloads.includes(owner)) owners.add(replicaSet);
  }
  const pods = shown.pods.filter(({ owner }) => owners.has(owner));
  const names = new Set(pods.map(({ name }) => name));
  return {
    ...shown,
    pods,
    routes: shown.routes.filter(({ pod }) => names.has(pod)),
    ready: shown.ready.filter(({ object }) => workloads.includes(object)),
    rollouts: shown.rollouts.filter(({ object }) => workloads.includes(object)),
  };
}

/** The interval that a figure shows at first; undefined: found from the run. */
export function windowOf({ window }: FigureView = {}): Interval | undefined {
  return window && { fromMs: window.from * 1000, toMs: window.to * 1000 };
}
