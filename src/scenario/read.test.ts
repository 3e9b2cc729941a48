import { describe, expect, it } from "vitest";
import { MANIFEST, INCIDENT, read, replaced } from "./testing.ts";

describe("a scenario", () => {
  it("is read with its durations, ranges and manifests", () => {
    const { scenario, diagnostics, warnings } = read(INCIDENT);
    expect(diagnostics).toEqual([]);
    expect(warnings).toEqual([]);
    expect(scenario).toMatchObject({
      name: "incident",
      seed: 7,
      durationMs: 300_000,
      untilSettled: false,
      network: {
        endpointSlice: { kind: "exact", ms: 50 },
        kubeProxy: { kind: "range", minMs: 100, maxMs: 1100 },
      },
    });
    expect(scenario!.images).toMatchObject([
      { startupMs: 3000, readyMs: 5000, onSigterm: { mode: "graceful", drainMs: 10_000 } },
    ]);
    expect(scenario!.steps.map(({ atMs, action }) => [atMs, action.kind])).toEqual([
      [0, "apply"],
      [90_000, "kubectl"],
    ]);
  });

  it.each([
    ["crash: { after: 20s }", { crash: { afterMs: 20_000, exitCode: 1 } }],
    ["crash: { after: 0, exitCode: 0 }", { crash: { afterMs: 0, exitCode: 0 } }],
    ["oom: { after: 1m }", { oom: { afterMs: 60_000 } }],
    ["programs: [/app/shop]", { programs: ["/app/shop"] }],
  ])("has images that fail: %s", (line, image) => {
    const { scenario } = read(replaced("startup: 3s", `startup: 3s\n      ${line}`));
    expect(scenario!.images[0]).toMatchObject(image);
  });

  it("says when a node runs out of a resource", () => {
    const { scenario } = read(replaced("seed: 7", "nodePressure: [{ at: 1m }]"));
    expect(scenario!.nodePressure).toEqual([
      { atMs: 60_000, node: "node-1", resource: "memory", pods: 1 },
    ]);
  });

  it("says when a node fails, and for how long", () => {
    const { scenario } = read(
      replaced(
        "seed: 7",
        "nodeFailures: [{ at: 1m, node: node-2 }, { at: 0, until: 9s, what: kubelet }]",
      ),
    );
    expect(scenario!.nodeFailures).toEqual([
      { atMs: 60_000, node: "node-2", what: "network" },
      { atMs: 0, untilMs: 9000, node: "node-1", what: "kubelet" },
    ]);
  });

  it("gives what pods use, for autoscalers", () => {
    const line = `metrics:
    - { target: deployment/web, series: [{ at: 0, value: 250m }, { at: 1m, value: 2 }] }
    - { target: statefulset/shop/db, metric: queue, per: pod, series: [{ at: 0, value: 1Ki }] }`;
    expect(read(replaced("seed: 7", line)).scenario!.metrics).toEqual([
      {
        target: { kind: "Deployment", namespace: "default", name: "web" },
        metric: "cpu",
        per: "total",
        points: [
          { atMs: 0, milli: 250 },
          { atMs: 60_000, milli: 2000 },
        ],
      },
      {
        target: { kind: "StatefulSet", namespace: "shop", name: "db" },
        metric: "queue",
        per: "pod",
        points: [{ atMs: 0, milli: 1_024_000 }],
      },
    ]);
  });

  it.each([
    ["nodeFailures: [{ at: 9s, until: 3s }]", "the node is back before it fails"],
    ["nodeFailures: [{ at: 9s, node: node-4 }]", "there is no node-4; nodes are node-1 to node-3"],
    [
      "metrics: [{ target: pod/web, series: [{ at: 0, value: 1 }] }]",
      'wanted KIND/NAME with one of deployment, statefulset, replicaset, rollout, got "pod/web"',
    ],
    [
      "metrics: [{ target: deployment/web, series: [{ at: 5s, value: 1 }, { at: 4s, value: 1 }] }]",
      "the series goes back in time",
    ],
    [
      "metrics: [{ target: deployment/web, series: [{ at: 5s, value: much }] }]",
      "wanted a quantity such as 250m, 2 or 64Mi",
    ],
  ])("refuses %s", (line, message) => {
    const { diagnostics } = read(replaced("seed: 7", line));
    expect(diagnostics.map((d) => d.message).join()).toContain(message);
  });

  it("takes its defaults for what it leaves out", () => {
    const { scenario } = read(
      "apiVersion: rollout-lab/v1\nkind: Scenario\nspec: { traffic: [{ to: service/shop/web:80 }] }",
    );
    expect(scenario).toMatchObject({ seed: 1, nodes: 3, network: { kubeProxy: "sync" } });
    expect(scenario!.traffic).toMatchObject([
      { road: "proxy", rps: 50, arrivals: "poisson", service: { namespace: "shop", port: 80 } },
    ]);
  });

  it("takes the roads and what is said of them", () => {
    const traffic = (fields: string) =>
      read(`apiVersion: rollout-lab/v1\nkind: Scenario\nspec: { traffic: [{ ${fields} }] }`)
        .scenario!.traffic[0];
    expect(traffic("to: ingress/shop/web")).toMatchObject({
      road: "ingress-nginx",
      route: { kind: "Ingress", namespace: "shop", name: "web" },
      head: { path: "/", headers: {}, cookies: {} },
    });
    expect(
      traffic("to: httproute/web, headers: [{ name: X-Canary, value: always }]"),
    ).toMatchObject({ road: "gateway", head: { headers: { "x-canary": "always" } } });
    expect(
      traffic("to: service/web:80, road: direct, keepAlive: { connections: 4 }, clients: 9"),
    ).toMatchObject({ road: "direct", keepAlive: true, connections: 4, clients: 9 });
    expect(traffic("to: service/web:80, road: direct, protocol: http2")).toMatchObject({
      keepAlive: true,
      protocol: "http2",
    });
    expect(
      traffic("to: service/web:80, methods: { GET: 3, POST: 1 }, upload: 5s, retries: 2"),
    ).toMatchObject({ postShare: 0.25, uploadMs: 5000, retries: 2 });
  });

  it("takes the profiles of images, and what differs from them", () => {
    const { scenario } = read(
      replaced("startup: 3s\n      ready: 5s", "profile: node-npm-start\n      keepAlive: 7s"),
    );
    expect(scenario!.images[0]).toMatchObject({ keepAliveMs: 7000, startupMs: 1500 });
    const npm = read(
      replaced("onSigterm: { mode: graceful, drain: 10s }", "profile: node-npm-start"),
    );
    expect(npm.scenario!.images[0]!.onSigterm).toEqual({ mode: "ignore" });
  });

  it("takes the settings of the roads", () => {
    const { scenario } = read(
      replaced(
        "endpointSlice: 50ms",
        "endpointSlice: 50ms\n    mesh: { requestTimeout: none, retries: 0 }\n    loadBalancer: { deregistration: { min: 5s, max: 25s } }\n    deadAddress: { unreachableAfter: 3s }",
      ),
    );
    expect(scenario!.network.roads).toMatchObject({
      mesh: { requestTimeoutMs: Infinity, retries: 0, debounceMs: 100 },
      loadBalancer: { deregistration: { kind: "range", minMs: 5000, maxMs: 25_000 } },
      deadAddress: { unreachableAfterMs: 3000 },
    });
  });

  it("describes unknown images as ordinary web servers, and says so", () => {
    const { scenario, warnings } = read(
      replaced("rollout undo deployment/web", "set image deployment/web web=nginx:1.18.0"),
    );
    expect(scenario!.images.map(({ name, onSigterm }) => [name, onSigterm.mode])).toEqual([
      ["shop-web:1.0", "graceful"],
      ["nginx:1.18.0", "fast"],
    ]);
    expect(warnings).toEqual([
      "image nginx:1.18.0 is not described in the scenario: it behaves like an ordinary web server",
    ]);
  });

  it("applies a folder's manifests by name, and nothing else in it", () => {
    const { scenario } = read(INCIDENT, {
      "v1/b.yaml": MANIFEST,
      "v1/a.json":
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"port":80}]}}',
      "v1/README.md": "# no manifest",
      "v1/deeper/c.yaml": "kind: [",
    });
    const { action } = scenario!.steps[0]!;
    expect(
      action.kind === "apply" && action.objects.map((o) => (o as { kind: string }).kind),
    ).toEqual(["Service", "Deployment"]);
  });
});
