/* What a specialist reads out of a manifest besides its update: who really answers, what else the pod runs, what the cluster adds. */
import { describe, expect, it } from "vitest";
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";

interface Shape {
  /** Of the Deployment's spec, beside its template. */
  readonly spec?: string;
  /** Of the pod template's metadata. */
  readonly metadata?: string;
  /** Of the pod's spec. */
  readonly pod?: string;
  readonly targetPort?: string;
  readonly more?: string;
}

const CONTAINER = `
      containers:
        - name: app
          image: registry.example/app:1
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }`;

function manifest({
  spec = "",
  metadata = "",
  pod = CONTAINER,
  targetPort = "8080",
  more = "",
}: Shape) {
  return `
apiVersion: v1
kind: Service
metadata: { name: app, namespace: shop }
spec: { selector: { app: app }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app, namespace: shop }
spec:
  selector: { matchLabels: { app: app } }
  ${spec}
  template:
    metadata: { labels: { app: app }${metadata} }
    spec:${pod}
---
${more}`;
}

async function check(shape: Shape, seeds = 1): Promise<UnitReport> {
  const files = [{ name: "app.yaml", text: manifest(shape) }];
  const result = await checkManifests({ files, seeds }, runInTurn);
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report.units[0]!;
}

const budget = (spec: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: app, namespace: shop }
spec: { ${spec}, selector: { matchLabels: { app: app } } }`;

const home = (labels: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${labels} } }`;

describe("notes", () => {
  it.each<[string, Shape, object]>([
    [
      "a mesh that is asked for by the namespace",
      { more: home("istio-injection: enabled") },
      { code: "mesh-adds", values: { by: "istio-injection" } },
    ],
    [
      "a port that no container declares",
      { targetPort: "9090" },
      { code: "port-undeclared", values: { name: "app", port: 9090, declared: "8080" } },
    ],
    [
      "a budget that lets the only pod not go",
      { more: budget("minAvailable: 50%") },
      { code: "budget-shut", values: { name: "app", replicas: 1 } },
    ],
    [
      "clients of gRPC",
      { pod: CONTAINER.replace("httpGet: { path: /, port: 8080 }", "grpc: { port: 8080 }") },
      { code: "grpc", values: {} },
    ],
  ])("%s", async (_, shape, note) => {
    expect((await check(shape)).notes).toContainEqual(note);
  });

  it.each<[string, Shape]>([
    [
      "a mesh that the pods refuse",
      {
        more: home("istio-injection: enabled"),
        metadata: ', annotations: { sidecar.istio.io/inject: "false" }',
      },
    ],
    [
      "a budget of another workload",
      { more: budget("minAvailable: 1").replace("app: app }", "app: b }") },
    ],
    ["a budget that lets one go", { spec: "replicas: 2", more: budget("minAvailable: 50%") }],
  ])("none of %s", async (_, shape) => {
    const codes = (await check(shape)).notes.map(({ code }) => code);
    expect(codes).not.toContain("mesh-adds");
    expect(codes).not.toContain("budget-shut");
  });
});

describe("what answers is what counts", () => {
  const SIDECAR = `
      initContainers:
        - name: tls
          image: registry.example/envoy:1
          restartPolicy: Always
          ports: [{ name: https, containerPort: 8443 }]
          startupProbe: { tcpSocket: { port: 8443 }, periodSeconds: 1 }`;

  it("behind a sidecar: its requests fail when the container behind it stops", async () => {
    const unit = await check(
      { spec: "replicas: 3", targetPort: "https", pod: SIDECAR + CONTAINER },
      6,
    );
    expect(unit.notes).toContainEqual({
      code: "sidecar-in-front",
      values: { sidecar: "tls", container: "app", port: 8080 },
    });
    expect(Object.keys(unit.runs!.byCause)).toContain("connection-refused");
    expect(unit.patch!.diff).toContain("preStop");
    expect(unit.remedy).toMatchObject({ kind: "patch", runs: { failedInAll: 0 } });
  });

  it("beside another container: a hook for one does not hold the other, and each part has its own words", async () => {
    const pod = `${CONTAINER.replace(", periodSeconds: 1", "")}
        - { name: cache, image: "registry.example/cache:1", ports: [{ containerPort: 9000 }] }`;
    const spec =
      "replicas: 3\n  strategy: { rollingUpdate: { maxUnavailable: 100%, maxSurge: 0 } }";
    const { remedy } = await check({ spec, pod }, 6);
    const parts = remedy!.kind === "patch" ? remedy!.parts : [];
    expect(parts.map(({ lever }) => lever)).toEqual(["maxUnavailable", "maxSurge", "preStop"]);
    expect(parts[1]).toMatchObject({ values: { pods: 1 }, without: "refused" });
    expect(parts[2]!.values).toMatchObject({ others: "cache" });
  });

  it("a hook of the team's own keeps its request", async () => {
    const pod = `${CONTAINER}
          lifecycle: { preStop: { httpGet: { path: /drain, port: 8080 } } }`;
    const { remedy, patch } = await check({ spec: "replicas: 3", pod }, 6);
    expect(remedy).toMatchObject({ parts: [{ values: { sends: "GET /drain" } }] });
    expect(patch!.diff).toContain("sleep 5 && wget -q -O- http://127.0.0.1:8080/drain");
  });
});
