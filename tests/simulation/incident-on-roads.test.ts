/*
 * The incident on every road: three replicas get a new image without a preStop hook, and with the hook of 40 s and the grace period of 60 s that the
 * article arrives at.
 */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenario/index.ts";
import { ROADS, type Road } from "../../src/simulator/traffic.ts";
import { manifest, scenarioOf } from "./scenarios.ts";

const HOOK = 'lifecycle: { preStop: { exec: { command: ["sleep", "40"] } } }';

function play(road: Road, isMended: boolean, seed: number) {
  const web = isMended
    ? { pod: "terminationGracePeriodSeconds: 60", container: HOOK, readinessPeriod: 1 }
    : { readinessPeriod: 1 };
  const yaml = manifest(web).replace("spec: { selector", "spec: { type: NodePort, selector");
  const scenario = scenarioOf(
    `
duration: 150s
nodes: 2
images: [{ name: "web:1" }, { name: "web:2" }]
traffic: [{ to: service/web:80, road: ${road}, rps: 50, start: 40s, stop: 120s }]
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 60s, kubectl: "set image deployment/web web=web:2" }
`,
    yaml,
  );
  return simulate(scenario, { seed }).summary.requests;
}

/** How the failures of the incident end on the roads that do not try again (simulator-model D3, rows `refused` and `blackhole`). */
const OUTCOMES = [
  ["direct", ["connection-refused", "timeout"]],
  ["proxy", ["502", "504"]],
  ["gateway", ["503"]],
  ["alb-ip", ["502", "504"]],
  ["node-port", ["502", "504"]],
] as const;

const SEEDS = [1, 2, 3, 4, 5, 6];

describe("the incident", () => {
  it.each(OUTCOMES)("on the road %s is seen as %o", (road, outcomes) => {
    const seen = SEEDS.flatMap((seed) => Object.keys(play(road, false, seed).byOutcome));
    const failures = new Set(seen.filter((outcome) => outcome !== "200"));
    expect([...failures].sort()).toEqual(outcomes);
  });

  // What is left: all three tries of ingress-nginx on pods that died since its last sync, 3.3 s ago; for the sidecar an idle connection that closes.
  it.each(["ingress-nginx", "mesh"] as const)(
    "is hidden by the tries of %s, but for a few",
    (road) => {
      const lost = SEEDS.reduce((sum, seed) => sum + play(road, false, seed).failed, 0);
      expect(lost).toBeLessThan(20);
      const behindProxy = SEEDS.reduce((sum, seed) => sum + play("proxy", false, seed).failed, 0);
      expect(behindProxy).toBeGreaterThan(100);
    },
  );

  it("is the worst on a slow load balancer", () => {
    expect(play("alb-ip", false, 1).failed).toBeGreaterThan(5 * play("proxy", false, 1).failed);
  });

  it.each(ROADS)("mended loses nothing on the road %s", (road) => {
    for (let seed = 1; seed <= 3; seed += 1) expect(play(road, true, seed).failed).toBe(0);
  });
});

describe("a load balancer before node ports", () => {
  it("has no target where the Service has no node port", () => {
    const scenario = scenarioOf(`
duration: 40s
traffic: [{ to: service/web:80, road: node-port, rps: 10, arrivals: uniform, start: 20s, stop: 29900ms }]
steps: [{ at: 0s, apply: [web.yaml] }]`);
    const { byOutcome, byCause } = simulate(scenario, { seed: 1 }).summary.requests;
    expect(byOutcome).toEqual({ "503": 100 });
    expect(byCause).toEqual({ "no-endpoint": 100 });
  });
});
