/* Rollouts that use what the simulated Argo Rollouts has not: they would stand still here, and not in a real cluster. */
import { expect, it } from "vitest";
import { tellIgnored } from "../../src/check/words/ignored.ts";
import { checkManifests, runInTurn } from "../../src/check/index.ts";

const PODS = `
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec: { containers: [{ name: app, image: "registry.example/app:1" }] }`;

const rollout = (strategy: string, pods = PODS) => `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: app }
spec:
  replicas: 2
  strategy: { canary: { ${strategy} } }${pods}`;

async function check(text: string) {
  const result = await checkManifests({ files: [{ name: "app.yaml", text }], seeds: 1 }, runInTurn);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report;
}

it.each([
  [
    rollout("trafficRouting: { istio: { virtualService: { name: app } } }"),
    "spec.strategy.canary.trafficRouting.istio",
  ],
  [
    rollout("steps: []", "\n  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: app }"),
    "spec.workloadRef",
  ],
])("are passed over, and it is said for which field", async (text, field) => {
  const { units, ignored, verdict } = await check(text);
  expect(units).toEqual([]);
  expect(verdict).toBe("nothing-to-check");
  expect(ignored).toMatchObject([{ line: 2, kind: "Rollout", name: "app", field }]);
  expect(tellIgnored(ignored[0]!, "en")).toBe(
    `app.yaml:2: Rollout app (argoproj.io/v1alpha1): its ${field} is not simulated`,
  );
});

it("are checked where all that they use is there", async () => {
  const { units, ignored } = await check(rollout("steps: [{ setWeight: 50 }]"));
  expect(ignored).toEqual([]);
  expect(units).toMatchObject([{ objects: ["rollout/app"] }]);
});
