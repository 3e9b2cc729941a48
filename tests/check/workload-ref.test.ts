/* A Rollout that takes its pods from a Deployment, as teams have it that went over from one to the other. */
import { expect, it } from "vitest";
import { checkManifests, runInTurn } from "../../src/check/index.ts";

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: pay }
spec:
  replicas: 0
  selector: { matchLabels: { app: pay } }
  template:
    metadata: { labels: { app: pay } }
    spec:
      containers:
        - name: pay
          image: registry.example/pay:7
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 2 }
---`;
const ROLLOUT = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: pay }
spec:
  replicas: 3
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: pay }
  strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
---
apiVersion: v1
kind: Service
metadata: { name: pay }
spec: { selector: { app: pay }, ports: [{ port: 80, targetPort: 8080 }] }
`;

const check = (text: string) =>
  checkManifests({ files: [{ name: "pay.yaml", text }], seeds: 4 }, runInTurn);

it("is one workload with it, and the patch changes the Deployment's template", async () => {
  const result = await check(DEPLOYMENT + ROLLOUT);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  const { units } = result.report;
  expect(units.map(({ objects, verdict }) => [objects, verdict])).toEqual([
    [["rollout/pay"], "unsafe"],
  ]);
  const { remedy, patch } = units[0]!;
  const parts = remedy?.kind === "patch" ? remedy.parts : [];
  expect(parts.map(({ edit }) => edit.object)).toEqual(["Deployment/default/pay"]);
  expect(patch!.strategicMerge.map(({ object }) => object)).toEqual(["deployment/pay"]);
  const mended = await check(patch!.files[0]!.text);
  expect(mended).toMatchObject({ report: { verdict: "safe" } });
});
