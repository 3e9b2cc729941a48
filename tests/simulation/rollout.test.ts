import { describe, expect, it } from "vitest";
import { execute } from "../../src/kubectl/execute.ts";
import {
  Cluster,
  InvariantChecker,
  type Scenario,
  type ScaleRecord,
} from "../../src/simulator/index.ts";
import { scenarioOf, type Web } from "./scenarios.ts";

/** Plays a scenario with the invariants watched. */
function watched(scenario: Scenario, seed: number) {
  const cluster = new Cluster({ scenario, seed });
  const checker = new InvariantChecker(cluster.api, () => cluster.now);
  for (const step of scenario.steps) {
    cluster.runUntil(step.atMs);
    checker.outside(() => cluster.perform(step.action, execute));
  }
  cluster.finish();
  return { run: cluster.run({ requests: false }), violations: checker.violations };
}

/** spec.replicas of the old and the new ReplicaSet after each change, as `10,3`. */
function sizes(scales: readonly ScaleRecord[]): string[] {
  const [old] = scales;
  const now = new Map<string, number>();
  return scales.map(({ replicaSet, replicas }) => {
    now.set(replicaSet, replicas);
    const others = [...now].filter(([name]) => name !== old!.replicaSet).map(([, n]) => n);
    return [now.get(old!.replicaSet)!, ...others].join(",");
  });
}

function update(web: Web, rest = ""): Scenario {
  return scenarioOf(
    `
duration: 10m
until: settled
images:
  - { name: "web:1", startup: 1s, ready: 1500ms }
  - { name: "web:2", startup: 1s, ready: 1500ms }
${rest}
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 30s, kubectl: "set image deployment/web web=web:2" }`,
    web,
  );
}

describe("a rolling update of 10 replicas at 25%/25%", () => {
  it("begins 10,0 · 10,3 · 8,3 · 8,5 and ends 0,10, as every recording does", () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { run } = watched(update({ replicas: 10 }), seed);
      const steps = sizes(run.timeline.scales);
      expect(steps.slice(0, 4)).toEqual(["10", "10,3", "8,3", "8,5"]);
      expect(steps.at(-1)).toBe("0,10");
      expect(run.timeline.rollouts).toMatchObject([
        { object: "deployment/web", revision: 2, result: "complete" },
      ]);
    }
  });

  it("breaks no bound in 1,000 seeds with jittered pods", { timeout: 300_000 }, () => {
    const scenario = update({ replicas: 10, readinessPeriod: 1 });
    for (let seed = 1; seed <= 1000; seed += 1) {
      const { run, violations } = watched(scenario, seed);
      expect(violations, `seed ${seed}`).toEqual([]);
      const [rollout] = run.timeline.rollouts;
      expect(rollout, `seed ${seed}`).toMatchObject({ result: "complete" });
      expect(rollout!.minReady).toBeGreaterThanOrEqual(8);
      expect(rollout!.maxPods).toBeLessThanOrEqual(13);
    }
  });
});

describe("Recreate", () => {
  it("starts no new pod before the last old one is gone", () => {
    const { run } = watched(update({ replicas: 3, strategy: "{ type: Recreate }" }), 1);
    const pods = run.timeline.pods;
    const lastGone = Math.max(...pods.filter((p) => p.image === "web:1").map((p) => p.goneMs!));
    const firstNew = Math.min(...pods.filter((p) => p.image === "web:2").map((p) => p.createdMs));
    expect(firstNew).toBeGreaterThanOrEqual(lastGone);
    expect(pods.filter((p) => p.image === "web:2")).toHaveLength(3);
  });
});

describe("a bad image", () => {
  it("stops the rollout by itself with the old pods serving, and undo brings it to an end", () => {
    const scenario = scenarioOf(`
duration: 5m
images:
  - { name: "web:1" }
  - { name: "web:2", missing: true }
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 30s, kubectl: "set image deployment/web web=web:2" }
  - { at: 2m, kubectl: "rollout undo deployment/web" }`);
    const { run } = watched(scenario, 3);
    expect(run.timeline.rollouts.map((r) => r.result)).toEqual(["superseded", "complete"]);
    expect(run.timeline.rollouts[0]!.minReady).toBe(3);
    expect(run.timeline.rollouts[1]!.revision).toBe(3);
    expect(run.timeline.events.map((e) => e.reason)).toContain("Failed");
  });
});
