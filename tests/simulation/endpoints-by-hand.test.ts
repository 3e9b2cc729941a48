import { expect, it } from "vitest";
import { filesInMemory } from "../../src/scenario/read-files.ts";
import { readScenario } from "../../src/scenario/read.ts";
import { simulate } from "../../src/scenario/index.ts";

/** Requests to a Service without a selector, whose Endpoints name that address. */
function outcomes(address: string): Readonly<Record<string, number>> {
  const manifest = `
apiVersion: v1
kind: Pod
metadata: { name: db }
spec: { containers: [{ name: db, image: "db:1" }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: db }
subsets: [{ addresses: [{ ip: ${address} }], ports: [{ port: 5432 }] }]
`;
  const document = `
apiVersion: rollout-lab/v1
kind: Scenario
metadata: { name: endpoints-by-hand }
spec:
  seed: 1
  duration: 20s
  nodes: 1
  images: [{ name: "db:1", startup: 1s }]
  traffic: [{ to: "service/db:5432", road: proxy, rps: 10, start: 10s }]
  steps: [{ at: 0s, apply: [db.yaml] }]
`;
  const { scenario, diagnostics } = readScenario(document, {
    file: "scenario.yaml",
    readFile: filesInMemory({ "db.yaml": manifest }),
  });
  if (scenario === undefined) throw new Error(JSON.stringify(diagnostics));
  return simulate(scenario).summary.requests.byOutcome;
}

it("requests go to the pod that has the address", () => {
  expect(Object.keys(outcomes("10.244.0.2"))).toEqual(["200"]);
});

it("at an address that no pod has nobody answers", () => {
  expect(outcomes("192.0.2.7")["200"]).toBeUndefined();
});
