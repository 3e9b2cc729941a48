/* By which ways users come to pods, and what a specialist says where a manifest leads them past what was played. */
import { describe, expect, it } from "vitest";
import { checkManifests, runInTurn, type UnitReport } from "../../src/check/index.ts";

interface Shape {
  readonly kind?: string;
  readonly spec?: string;
  readonly ports?: string;
  readonly service?: string;
  readonly servicePort?: string;
  readonly container?: string;
  readonly image?: string;
  readonly more?: string;
}

function manifest({
  kind = "Deployment",
  spec = "replicas: 3",
  ports = "containerPort: 8080",
  service = "type: ClusterIP",
  servicePort = "port: 80, targetPort: 8080",
  container = "readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }",
  image = "app:1",
  more = "",
}: Shape) {
  return `
apiVersion: v1
kind: Service
metadata: { name: app, namespace: shop }
spec: { ${service}, selector: { app: app }, ports: [{ ${servicePort} }] }
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: app, namespace: shop }
spec:
  ${spec}
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      containers:
        - name: app
          image: registry.example/${image}
          ports: [{ ${ports} }]
          ${container}
---
${more}`;
}

async function check(shape: Shape, seeds = 4, road?: string): Promise<UnitReport> {
  const result = await checkManifests(
    {
      files: [{ name: "app.yaml", text: manifest(shape) }],
      seeds,
      ...(road === undefined ? {} : { road }),
    },
    runInTurn,
  );
  if (result.kind === "unusable") throw new Error(JSON.stringify(result.diagnostics));
  return result.report.units[0]!;
}

const hook = (seconds: number) =>
  `readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }
          lifecycle: { preStop: { exec: { command: [sleep, "${seconds}"] } } }`;

describe("notes", () => {
  it.each<[string, Shape, object]>([
    [
      "a Service to a port by a name that no container has",
      { servicePort: "port: 80, targetPort: http", ports: "name: web, containerPort: 8080" },
      { code: "port-name-unknown", values: { name: "app", port: "http", names: "web" } },
    ],
    [
      "a probe at a port by a name that its container does not have",
      { container: "readinessProbe: { httpGet: { port: admin } }" },
      {
        code: "probe-port-name-unknown",
        values: { name: "app", probes: "readinessProbe", port: "admin", names: "" },
      },
    ],
    [
      "users who come to a port of the node",
      { kind: "DaemonSet", spec: "", ports: "containerPort: 8080, hostPort: 80" },
      { code: "host-port", values: { ports: "80" } },
    ],
    [
      "a route of a mesh",
      {
        more: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: app, namespace: edge }
spec: { hosts: [app.example], http: [{ route: [{ destination: { host: app.shop.svc.cluster.local } }] }] }`,
      },
      {
        code: "route-unsimulated",
        values: { names: "VirtualService app", name: "app", road: "proxy" },
      },
    ],
    [
      "pods that answer while they end, since there are no others",
      {
        spec: "replicas: 3\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 100% } }",
        container: hook(10),
      },
      { code: "none-ready", values: { object: "deployment/app", times: 1, seeds: 1 } },
    ],
    [
      "WebSockets",
      { servicePort: "name: ws, port: 80, targetPort: 8080" },
      { code: "websocket", values: {} },
    ],
    [
      "what sets a readiness gate",
      { container: `${hook(5)}\n      readinessGates: [{ conditionType: lb.example/healthy }]` },
      { code: "readiness-gates", values: { gates: "lb.example/healthy" } },
    ],
  ])("%s", async (_, shape, note) => {
    expect((await check(shape, 1)).notes).toContainEqual(note);
  });

  it("none of a route to a Service of that name elsewhere", async () => {
    const more = `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: app, namespace: other }
spec: { routes: [{ match: "Host(\`app\`)", kind: Rule, services: [{ name: app, port: 80 }] }] }`;
    const codes = (await check({ more }, 1)).notes.map(({ code }) => code);
    expect(codes).not.toContain("route-unsimulated");
  });
});

describe("a hook that is there already", () => {
  it.each(["alb-ip", "node-port"])("counts with what it lacks, by the road %s", async (road) => {
    const shape = { container: hook(5), service: "type: NodePort, externalTrafficPolicy: Local" };
    const unit = await check(shape, 4, road);
    expect(unit.verdict).toBe("unsafe");
    const part = unit.remedy?.kind === "patch" ? unit.remedy.parts[0]! : undefined;
    expect(part?.values).toMatchObject({ heldSeconds: 5 });
    const { seconds, gapSeconds } = part!.values;
    expect(Number(seconds)).toBeGreaterThan(5 + Number(gapSeconds));
    expect(unit.remedy).toMatchObject({ runs: { failedInAll: 0 } });
    expect(unit.notes.map(({ code }) => code)).not.toContain("fails-before");
  });

  it("is no delay where it has the program close its port first", async () => {
    const unit = await check({
      image: "nginx:1.27",
      container: `lifecycle: { preStop: { exec: { command: [sh, -c, "nginx -s quit; sleep 10"] } } }`,
    });
    expect(unit.patch!.diff).toContain('"sleep 5 && nginx -s quit; sleep 10"');
    expect(unit.remedy).toMatchObject({ kind: "patch", runs: { failedInAll: 0 } });
  });
});

it("a pod that goes before its successor is ready needs that one beside it, and no longer hook", async () => {
  const unit = await check({
    spec: "replicas: 1\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }",
    container: hook(2),
  });
  const parts = unit.remedy?.kind === "patch" ? unit.remedy.parts : [];
  expect(parts.map(({ lever, values }) => [lever, values.pods])).toEqual([
    ["maxUnavailable", 0],
    ["maxSurge", 1],
  ]);
});

it("a readiness gate that something outside sets does not hold the update up", async () => {
  const container = `${hook(5)}\n      readinessGates: [{ conditionType: lb.example/healthy }]`;
  expect(await check({ container }, 1)).toMatchObject({ verdict: "safe" });
});

it("programs have started when the update begins, though nobody asks whether they are ready", async () => {
  const unit = await check({
    image: "app-jdk21:1",
    container: "livenessProbe: { httpGet: { path: /, port: 8080 }, initialDelaySeconds: 60 }",
  });
  expect(unit.runs!.failedBefore).toBe(0);
  const parts = unit.remedy?.kind === "patch" ? unit.remedy.parts : [];
  expect(parts.map(({ lever }) => lever)).toEqual(["readinessProbe", "preStop"]);
});

it("no user comes by ports for monitoring", async () => {
  const shape = { spec: "replicas: 1", servicePort: "name: metrics, port: 8080" };
  expect(await check(shape, 1)).toMatchObject({
    verdict: "rollout-only",
    unreachable: "monitoring-only",
  });
});

it("the default grace period is enough where it holds the hook", async () => {
  const container = "readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }";
  const unit = await check({ container: `${container}\n      terminationGracePeriodSeconds: 0` });
  const parts = unit.remedy?.kind === "patch" ? unit.remedy.parts : [];
  expect(parts.map(({ lever, values }) => [lever, values.seconds])).toEqual([
    ["preStop", 5],
    ["terminationGracePeriodSeconds", 30],
  ]);
});
