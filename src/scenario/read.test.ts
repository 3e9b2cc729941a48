import { describe, expect, it } from "vitest";
import { readScenario } from "./read.ts";
import { filesInMemory } from "./read-files.ts";
import { describe as told } from "./schema/diagnostic.ts";

const INCIDENT = `apiVersion: rollout-lab/v1
kind: Scenario
metadata: { name: incident }
spec:
  seed: 7
  duration: 5m
  images:
    - name: shop-web:1.0
      startup: 3s
      ready: 5s
      latency: { p50: 20ms, p99: 120ms }
      onSigterm: { mode: graceful, drain: 10s }
  network:
    endpointSlice: 50ms
    kubeProxy: { min: 100ms, max: 1100ms }
  traffic:
    - to: service/web:80
      rps: 50
  steps:
    - at: 0s
      apply: [v1/]
    - at: 90s
      kubectl: rollout undo deployment/web
`;

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "shop-web:1.0" }] }
`;

function read(text: string, files: Record<string, string> = { "v1/web.yaml": MANIFEST }) {
  return readScenario(text, { file: "lab/s.yaml", readFile: filesInMemory(files) });
}

/** The incident with one line replaced. */
function replaced(line: string, by: string): string {
  expect(INCIDENT).toContain(line);
  return INCIDENT.replace(line, by);
}

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

describe("a mistake in a scenario is told with its place", () => {
  it.each([
    [
      "an unknown field",
      replaced("rps: 50", "rsp: 50"),
      "18:7: spec.traffic[0].rsp: unknown field; known here: name, to, road, rps",
    ],
    [
      "a wrong type",
      replaced("seed: 7", "seed: many"),
      '5:9: spec.seed: wanted a whole number from 0 to 9007199254740991, got "many"',
    ],
    [
      "a duration without a unit",
      replaced("startup: 3s", "startup: 3"),
      "9:16: spec.images[0].startup: wanted a duration such as",
    ],
    [
      "a duration that is too long",
      replaced("5m", "25h"),
      "6:13: spec.duration: wanted a duration such as 250ms, 40s or 1h30m, from 1ms up to 24h",
    ],
    [
      "an image without a name",
      replaced("- name: shop-web:1.0\n      startup", "- startup"),
      "8:7: spec.images[0].name: is missing; wanted an image name",
    ],
    [
      "health before the port",
      replaced("ready: 5s", "ready: 1s"),
      "10:14: spec.images[0].ready: the health endpoint cannot answer before the port listens",
    ],
    [
      "a crash that is also out of memory",
      replaced("startup: 3s", "crash: { after: 1s }\n      oom: { after: 1s }"),
      "10:12: spec.images[0].oom: the process ends either by itself (crash) or by the kernel (oom)",
    ],
    [
      "an exit code that no process has",
      replaced("startup: 3s", "crash: { after: 1s, exitCode: 256 }"),
      "9:37: spec.images[0].crash.exitCode: wanted a whole number from 0 to 255, got 256",
    ],
    [
      "pressure on a node that is not there",
      replaced("seed: 7", "nodePressure: [{ at: 1m, node: node-4 }]"),
      "5:34: spec.nodePressure[0].node: there is no node-4; nodes are node-1 to node-3",
    ],
    [
      "a drain that is not graceful",
      replaced("mode: graceful", "mode: fast"),
      "12:39: spec.images[0].onSigterm.drain: only mode graceful takes a drain",
    ],
    [
      "a range the wrong way round",
      replaced("min: 100ms", "min: 2s"),
      "15:23: spec.network.kubeProxy.min: min is longer than max",
    ],
    [
      "a road that is none",
      replaced("rps: 50", "road: train"),
      "18:13: spec.traffic[0].road: wanted one of direct, proxy, ingress-nginx, gateway, mesh, alb-ip, node-port",
    ],
    [
      "a road that does not lead there",
      replaced("service/web:80", "ingress/web\n      road: mesh"),
      "18:13: spec.traffic[0].road: the road mesh does not lead to an Ingress; wanted ingress-nginx or alb-ip",
    ],
    [
      "a target that is none",
      replaced("service/web:80", "pod/web"),
      "17:11: spec.traffic[0].to: wanted service/NAME:PORT, ingress/NAME or httproute/NAME",
    ],
    [
      "connections where they end at the proxy",
      replaced("rps: 50", "keepAlive: { connections: 4 }"),
      "18:18: spec.traffic[0].keepAlive: on the road proxy a client's connection ends at the proxy",
    ],
    [
      "http2 where it ends at the proxy",
      replaced("rps: 50", "protocol: http2"),
      "18:17: spec.traffic[0].protocol: on the road proxy a client's connection ends at the proxy",
    ],
    [
      "a connection that lasts and is no websocket",
      replaced("rps: 50", "lasts: 5m"),
      "18:14: spec.traffic[0].lasts: only connections of protocol websocket last",
    ],
    [
      "a websocket with a body",
      replaced("rps: 50", "protocol: websocket\n      upload: 5s"),
      "19:15: spec.traffic[0].upload: a websocket has none",
    ],
    [
      "headers where nobody looks at them",
      replaced("rps: 50", "headers: [{ name: x, value: y }]"),
      "18:16: spec.traffic[0].headers: only an Ingress or HTTPRoute looks at it",
    ],
    [
      "methods without weight",
      replaced("rps: 50", "methods: { GET: 0 }"),
      "18:16: spec.traffic[0].methods: no method has a weight above 0",
    ],
    [
      "an unknown profile",
      replaced("startup: 3s", "profile: apache"),
      "9:16: spec.images[0].profile: wanted one of nginx, nginx-before-1.19.5, node",
    ],
    [
      "a queue where nobody waits",
      replaced("startup: 3s", "queue: 5"),
      "9:14: spec.images[0].queue: nothing waits where concurrency has no limit",
    ],
    [
      "a program that is killed for two reasons",
      replaced("startup: 3s", "oom: { after: 1s, requests: 5 }"),
      "9:12: spec.images[0].oom: wanted one of after and requests",
    ],
    [
      "too many requests",
      replaced("rps: 50", "rps: 50000"),
      "17:5: spec.traffic: this makes about 15000000 requests; at most 2000000 are simulated",
    ],
    [
      "a step after the end",
      replaced("at: 90s", "at: 9m"),
      "22:11: spec.steps[1].at: the step lies after the scenario's end",
    ],
    [
      "a step that does nothing",
      replaced("\n      apply: [v1/]", ""),
      "20:7: spec.steps[0]: wanted one of apply and kubectl",
    ],
    [
      "a folder that is not there",
      replaced("[v1/]", "[v2/]"),
      "21:15: spec.steps[0].apply[0]: there is no file or folder v2/",
    ],
    [
      "an empty field",
      replaced("duration: 5m", "duration:"),
      "6:3: spec.duration: is empty; wanted a duration",
    ],
    [
      "a second document",
      `${INCIDENT}---\nkind: Scenario\n`,
      "25:1: a second YAML document begins here",
    ],
    ["YAML that does not parse", replaced("[v1/]", "[v1/"), "22:5: YAML: "],
    ["an empty file", "", "1:1: the document is empty"],
    ["nesting without end", "[".repeat(5000), "1:201: values are nested more than 200 deep"],
  ])("%s", (_, text, message) => {
    const { scenario, diagnostics } = read(text);
    expect(scenario).toBeUndefined();
    expect(told(diagnostics[0]!)).toContain(`lab/s.yaml:${message}`);
  });

  it("refuses five megabytes and an alias bomb within a second", () => {
    const bomb = ["apiVersion: &a [x,x,x,x,x,x,x,x,x]"];
    for (const [i, name] of [..."bcdefghi"].entries()) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`);
    }
    bomb.push("spec: { steps: *i, images: *i, traffic: *i }");
    const started = performance.now();
    expect(read("x".repeat(5_000_000)).diagnostics[0]!.message).toMatch(/5000000 characters long/);
    expect(read(bomb.join("\n")).scenario).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("in a manifest names the manifest's own file and line", () => {
    const { diagnostics } = read(INCIDENT, { "v1/web.yaml": "kind: Deployment\nspec: [1\n" });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics[0]).toMatchObject({ file: "lab/v1/web.yaml" });
  });
});
