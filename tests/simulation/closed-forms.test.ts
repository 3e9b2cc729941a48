import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenario/index.ts";
import { scenarioOf } from "./scenarios.ts";

/** Four pods, of which one is deleted; evenly spaced requests at 100 a second; routers drop it exactly `routers` later. */
function oneOfFourDeleted(
  routers: string,
  container = "",
  image = "",
): ReturnType<typeof scenarioOf> {
  return scenarioOf(
    `
duration: 100s
images: [{ name: "web:1", latency: { p50: 2ms, p99: 2ms }, ${image} onSigterm: { mode: graceful } }]
network: { endpointSlice: 50ms, kubeProxy: ${routers} }
traffic: [{ name: users, to: service/web:80, rps: 100, arrivals: uniform, start: 30s }]
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 40s, kubectl: "scale deployment/web --replicas=3" }`,
    { replicas: 4, container },
  );
}

/** How long the deleted pod was chosen while its port was closed. */
function gapMs({ timeline }: ReturnType<typeof simulate>): number {
  const pod = timeline.pods.find((p) => p.deletedMs !== undefined)!;
  const closed = pod.listening[0]!.toMs!;
  const dropped = timeline.routes.find((r) => r.pod === pod.name)!.toMs!;
  return Math.max(0, dropped - closed);
}

describe("J1: requests lost by a pod that closes before the routers drop it", () => {
  it.each(["600ms", "1350ms", "3s"])(
    "is rate × share × gap, within one, for routers at %s",
    (routers) => {
      for (let seed = 1; seed <= 30; seed += 1) {
        const run = simulate(oneOfFourDeleted(routers), { seed });
        const expected = (100 / 4) * (gapMs(run) / 1000);
        expect(Math.abs(run.summary.requests.failed - expected)).toBeLessThanOrEqual(1);
      }
    },
  );

  it("loses none when preStop outlasts the routers (J8)", () => {
    const preStop = 'lifecycle: { preStop: { exec: { command: ["sleep", "2"] } } }';
    for (let seed = 1; seed <= 30; seed += 1) {
      expect(simulate(oneOfFourDeleted("1150ms", preStop), { seed }).summary.requests.failed).toBe(
        0,
      );
    }
  });
});
