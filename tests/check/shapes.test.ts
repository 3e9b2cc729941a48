/* What a specialist reads out of a manifest besides its update: who really answers, what else the pod runs, what the cluster adds. */
import { describe, expect, it } from "vitest";
import { checkManifests, runInTurn } from "../../src/check/index.ts";
import { check, CONTAINER, manifest, type Shape } from "./app.ts";

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
      "a probe at a port that no container declares",
      {
        pod: `${CONTAINER}
          livenessProbe: { httpGet: { path: /live, port: 8081 } }
          startupProbe: { tcpSocket: { port: 8081 } }`,
      },
      {
        code: "probe-port-undeclared",
        values: {
          name: "app",
          probes: "livenessProbe, startupProbe",
          port: 8081,
          declared: "8080",
        },
      },
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

describe("the way to a workload", () => {
  const web = manifest({ spec: "replicas: 2" });
  const named = (name: string) => web.replaceAll("app", name).replaceAll(`${name}s/v1`, "apps/v1");
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: all, namespace: shop }
spec:
  rules:
    - http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
    - host: "*.shop.example"
      http:
        paths:
          - { path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }`;
  const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: all, namespace: shop }
spec:
  parentRefs: [{ name: shared }]
  rules:
    - matches: [{ path: { value: /shop }, headers: [{ name: X-Beta, value: "1" }] }]
      backendRefs: [{ name: web, port: 80, weight: 9 }, { name: api, port: 80, weight: 1 }]`;

  async function units(entrance: string) {
    const text = [named("web"), named("api"), entrance].join("\n---\n");
    const result = await checkManifests(
      { files: [{ name: "all.yaml", text }], seeds: 2 },
      runInTurn,
    );
    if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
    return result.report.units;
  }

  it("of several back ends of an Ingress each is asked for by its own host and path", async () => {
    const found = await units(ingress);
    expect(found.map(({ traffic }) => traffic)).toEqual([
      { to: "ingress/shop/all", road: "ingress-nginx", rps: 50 },
      {
        to: "ingress/shop/all",
        host: "www.shop.example",
        path: "/api",
        road: "ingress-nginx",
        rps: 50,
      },
    ]);
    for (const { notes, runs } of found) {
      expect(notes.map(({ code }) => code)).not.toContain("fails-before");
      expect(runs!.byOutcome).toHaveProperty("200");
    }
  });

  it("Services that share a rule of an HTTPRoute are judged together", async () => {
    const found = await units(route);
    expect(found.map(({ objects }) => objects)).toEqual([["deployment/web", "deployment/api"]]);
    expect(found[0]!.traffic).toMatchObject({
      path: "/shop",
      headers: [{ name: "X-Beta", value: "1" }],
    });
    expect(found[0]!.notes.map(({ code }) => code)).not.toContain("fails-before");
    const { remedy } = found[0]!;
    const parts = remedy?.kind === "patch" ? remedy.parts : [];
    expect(parts.map(({ edit }) => edit.object)).toEqual([
      "Deployment/shop/web",
      "Deployment/shop/api",
    ]);
  });

  it("a Service that misses its pods is told", async () => {
    const text = web.replace("selector: { app: app }, ports", "selector: { app: ap }, ports");
    const result = await checkManifests(
      { files: [{ name: "app.yaml", text }], seeds: 1 },
      runInTurn,
    );
    expect(result.kind === "checked" && result.report.units[0]).toMatchObject({
      verdict: "rollout-only",
      unreachable: "no-service",
      notes: [
        { code: "service-astray", values: { name: "app", selector: "app=ap", labels: "app=app" } },
        {},
      ],
    });
  });

  it("no pods are no reason for a bad verdict", async () => {
    expect(await check({ spec: "replicas: 0" })).toMatchObject({
      verdict: "rollout-only",
      unreachable: "no-replicas",
    });
  });

  it("a Service that leads to pods that are not ready has to stop that", async () => {
    const text = manifest({ spec: "replicas: 2" }).replace(
      "{ selector: { app: app }, ports",
      "{ publishNotReadyAddresses: true, selector: { app: app }, ports",
    );
    const result = await checkManifests(
      { files: [{ name: "app.yaml", text }], seeds: 6 },
      runInTurn,
    );
    const unit = result.kind === "checked" ? result.report.units[0]! : undefined;
    expect(unit!.patch!.diff).toContain("publishNotReadyAddresses: false");
    expect(unit!.remedy).toMatchObject({ kind: "patch", runs: { failedInAll: 0 } });
  });
});

it("a liveness probe that ends a slow start is what holds the update up", async () => {
  const pod =
    CONTAINER.replace("registry.example/app:1", "registry.example/app-java:1") +
    `
          livenessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 3, failureThreshold: 2 }`;
  const unit = await check({ pod }, 1);
  expect(unit).toMatchObject({ verdict: "unfinished" });
  expect(unit.stuck!.message).toMatch(/^Liveness probe failed/);
  expect(unit.notes.map(({ code }) => code)).toContain("never-stood");
});
