/*
 * The incident as it happened on a real node (Kubernetes 1.32, kube-proxy in iptables mode): three replicas of nginx behind a reverse proxy, a
 * new image under 200 requests a second, three times. Lost were 116 of 2,591 requests (78 × 502, 38 × 504), 157 of 2,582 (123, 34) and 141
 * of 2,424 (108, 33), each time in bursts of at most about a second, one for each pod that was replaced.
 */
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenario/index.ts";
import type { RequestRecord, Scenario } from "../../src/simulator/index.ts";
import { scenarioOf } from "../simulation/scenarios.ts";

const SEEDS = 200;

/** The update at 30 s under load until `untilSeconds`, with more fields for the pod and its container. */
function incident({ untilSeconds = 39, pod = "", container = "" } = {}): Scenario {
  return scenarioOf(
    `
duration: ${untilSeconds + 1}s
nodes: 1
images: [{ name: "nginx:1" }, { name: "nginx:2" }]
network: { proxyConnectTimeout: 3s }
traffic:
  - name: users
    to: service/web:80
    rps: 200
    arrivals: uniform
    timeout: 15s
    start: 26500ms
    stop: ${untilSeconds}s
steps:
  - { at: 0s, apply: [web.yaml] }
  - { at: 30s, kubectl: "set image deployment/web web=nginx:2" }
`,
    { image: "nginx:1", pod, container },
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Lengths of the intervals in which lost requests were sent; a pause of half a second ends one. */
function bursts(lost: readonly RequestRecord[]): number[] {
  const found: { from: number; to: number }[] = [];
  for (const { sentMs } of lost) {
    const last = found.at(-1);
    if (last === undefined || sentMs - last.to > 500) found.push({ from: sentMs, to: sentMs });
    else last.to = sentMs;
  }
  return found.map(({ from, to }) => to - from);
}

describe("the incident", () => {
  const scenario = incident();
  const runs = Array.from({ length: SEEDS }, (_, i) => {
    const { requests } = simulate(scenario, { seed: i + 1 }).timeline;
    const lost = requests.filter((r) => r.outcome !== "200");
    const count = (outcome: string) => lost.filter((r) => r.outcome === outcome).length;
    return {
      share: lost.length / requests.length,
      badGateway: count("502"),
      gatewayTimeout: count("504"),
      other: lost.length - count("502") - count("504"),
      bursts: bursts(lost),
    };
  });

  it("loses 4 to 6 percent of the requests", () => {
    const share = median(runs.map((r) => r.share));
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.06);
  });

  it("loses about four to a 502 for one to a 504, and none otherwise", () => {
    const ratio = median(runs.map((r) => r.badGateway / r.gatewayTimeout));
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(6);
    expect(runs.every((r) => r.other === 0)).toBe(true);
  });

  it("loses them in a burst of about a second for each pod replaced", () => {
    expect(median(runs.map((r) => r.bursts.length))).toBe(3);
    expect(runs.every((r) => r.bursts.length <= 3)).toBe(true);
    const longest = median(runs.map((r) => Math.max(...r.bursts)));
    expect(longest).toBeGreaterThan(700);
    expect(longest).toBeLessThan(1200);
  });

  it("loses nothing with preStop sleep 40 and a grace period of 60 s", () => {
    const mended = incident({
      untilSeconds: 130,
      pod: "terminationGracePeriodSeconds: 60",
      container: 'lifecycle: { preStop: { exec: { command: ["sleep", "40"] } } }',
    });
    for (let seed = 1; seed <= 20; seed += 1) {
      const { requests } = simulate(mended, { seed }).timeline;
      expect(requests.filter((r) => r.outcome !== "200")).toEqual([]);
    }
  });
});
