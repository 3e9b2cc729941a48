import { describe, expect, it } from "vitest";
import { Cluster, InvariantChecker } from "../../src/simulator/index.ts";
import { scenarioOf } from "../simulation/scenarios.ts";
import { randomPlan } from "./plan.ts";
import { documentsOf, play, UnreadablePlan } from "./play.ts";
import { shrink } from "./shrink.ts";

/** How many scenarios a test run plays; `npm run random` plays as many as it is asked to. */
const RUNS = 300;
const FIRST = 1;

describe("random scenarios under the checkers", () => {
  it(`break no promise in ${RUNS} runs`, { timeout: 240_000 }, () => {
    const failed: string[] = [];
    for (let seed = FIRST; seed < FIRST + RUNS; seed += 1) {
      const [violation] = play(randomPlan(seed)).violations;
      if (violation !== undefined) failed.push(`seed ${seed}: ${JSON.stringify(violation)}`);
    }
    expect(failed).toEqual([]);
  });

  it("shrink to the least that still shows what is looked for", () => {
    const seed = Array.from({ length: 50 }, (_, i) => i).find(
      (s) => randomPlan(s).steps.length > 5,
    )!;
    const restarts = (plan: ReturnType<typeof randomPlan>) => {
      try {
        return play(plan).pods >= 2;
      } catch (error) {
        if (error instanceof UnreadablePlan) return false;
        throw error;
      }
    };
    const small = shrink(randomPlan(seed), restarts);
    expect(play(small).pods).toBe(2);
    expect(small.steps.length).toBeLessThanOrEqual(2);
    expect(documentsOf(small)["scenario.yaml"]).toContain("kind: Scenario");
  });
});

describe("the checkers", () => {
  const scenario = scenarioOf(`
duration: 60s
steps:
  - { at: 0s, apply: [web.yaml] }`);

  it("see a pod that a controller should not have deleted, and not one that a user deletes", () => {
    for (const byUser of [true, false]) {
      const cluster = new Cluster({ scenario, seed: 1 });
      const checker = new InvariantChecker(cluster.api, () => cluster.now);
      for (const { action } of scenario.steps) {
        const objects = action.kind === "apply" ? action.objects : [];
        for (const object of objects) {
          const { kind } = object as { kind: string };
          cluster.api.create(kind === "Service" ? "services" : "deployments", object as never);
        }
      }
      cluster.runUntil(30_000);
      const remove = () => {
        for (const { metadata } of cluster.api.list("pods").slice(0, 2)) {
          cluster.api.delete("pods", "default", metadata.name);
        }
      };
      if (byUser) checker.outside(remove);
      else remove();
      const broken = checker.violations.map((v) => v.invariant);
      expect(broken).toEqual(byUser ? [] : ["too-few-available", "too-few-available"]);
    }
  });

  it("see what is left behind", () => {
    const cluster = new Cluster({ scenario, seed: 1 });
    const checker = new InvariantChecker(cluster.api, () => cluster.now);
    checker.checkAtRest({
      running: ["u1"],
      chosen: ["u2"],
      waiting: [{ actor: "a", type: "odd", data: undefined }],
    });
    expect(checker.violations.map((v) => v.invariant)).toEqual([
      "left-behind",
      "left-behind",
      "queue",
    ]);
  });
});
