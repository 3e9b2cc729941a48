import type { Scenario } from "../../src/simulator/index.ts";
import { scenarioOf } from "../simulation/scenarios.ts";

/** The incident: three replicas behind a reverse proxy, updated under 50 requests a second. */
export function incident({ durationMs }: { durationMs: number }): Scenario {
  return scenario({ durationMs, replicas: 3, rps: 50, readyPeriodSeconds: 5 });
}

/** Requests at evenly spaced times, so many a second, to three replicas that stay. */
export function steadyTraffic({ count, rps }: { count: number; rps: number }): Scenario {
  const startMs = 10_000;
  const stopMs = startMs + ((count - 1) * 1000) / rps;
  const steady = { startMs, stopMs };
  return scenario({ durationMs: stopMs + 1000, replicas: 3, rps, steady, readyPeriodSeconds: 5 });
}

/** A rollout of that many replicas with the default strategy and no traffic. */
export function rollout(replicas: number): Scenario {
  return scenario({ durationMs: 3_600_000, replicas, rps: 0, readyPeriodSeconds: 10 });
}

function scenario(options: {
  durationMs: number;
  replicas: number;
  rps: number;
  readyPeriodSeconds: number;
  /** Evenly spaced requests between two times, and no update. */
  steady?: { startMs: number; stopMs: number };
}): Scenario {
  const { durationMs, replicas, rps, readyPeriodSeconds, steady } = options;
  const times = steady && `arrivals: uniform, start: ${steady.startMs}ms, stop: ${steady.stopMs}ms`;
  const source = `name: users, to: service/web:80, rps: ${rps}, ${times ?? ""}`;
  const traffic = rps === 0 ? "" : `traffic: [{ ${source} }]`;
  const updateMs = rps === 0 ? 10_000 + replicas * 100 : 30_000;
  const update = `- { at: ${updateMs}ms, kubectl: "set image deployment/web web=web:2" }`;
  return scenarioOf(
    `
duration: ${durationMs}ms
until: ${rps === 0 ? "settled" : "duration"}
nodes: ${Math.max(3, Math.ceil(replicas / 80))}
images: [{ name: "web:1" }, { name: "web:2" }]
${traffic}
steps:
  - { at: 0s, apply: [web.yaml] }
  ${steady === undefined ? update : ""}
`,
    { replicas, readinessPeriod: readyPeriodSeconds },
  );
}
