import { describe, expect, it } from "vitest";
import { updatePodCondition } from "../api/pod-conditions.ts";
import type { ConditionStatus, Container, Probe } from "../api/types.ts";
import type { ImageBehaviour } from "../scenario.ts";
import { testNode, web, type TestNode } from "./test-node.ts";
import { IDEAL_KUBELET_TIMING, MEASURED_KUBELET_TIMING } from "./timing.ts";

const httpGet = { path: "/", port: 80 };

/** Seconds from the container's start to its Ready, as the kubelet knows it. */
function readyAfter(node: TestNode): number | undefined {
  const ready = node
    .decided("kubelet.probe-result")
    .find(({ values }) => values.probe === "readiness" && values.result === "ready");
  return ready === undefined ? undefined : (ready.atMs - node.eventAt("Started")!) / 1000;
}

/** A node whose container starts 400 ms before a relist: probed on demand 0.4 and 1.4 s after its start. */
function nodeProbingAt400ms(image: Partial<ImageBehaviour>): TestNode {
  const start = { min: 596, median: 596, max: 596 };
  const timing = { ...IDEAL_KUBELET_TIMING, start };
  return testNode({ timing, seed: 1, images: [{ name: "web:v1", ...image }] });
}

describe("an application that listens 3 s after its start becomes Ready", () => {
  const cases: { probe: Partial<Probe>; startup?: Probe; from: number; to: number }[] = [
    { probe: { periodSeconds: 1 }, from: 3.4, to: 3.4 },
    { probe: { periodSeconds: 5 }, from: 6.4, to: 6.4 },
    { probe: { periodSeconds: 10 }, from: 11.4, to: 11.4 },
    { probe: { periodSeconds: 1, initialDelaySeconds: 4 }, from: 3.4, to: 4.4 },
    { probe: { periodSeconds: 5, initialDelaySeconds: 4 }, from: 6.4, to: 6.4 },
    { probe: { periodSeconds: 10, initialDelaySeconds: 4 }, from: 11.4, to: 11.4 },
    { probe: { periodSeconds: 1, initialDelaySeconds: 12 }, from: 11.4, to: 12.4 },
    { probe: { periodSeconds: 5, initialDelaySeconds: 12 }, from: 11.4, to: 16.4 },
    { probe: { periodSeconds: 10, initialDelaySeconds: 12 }, from: 11.4, to: 21.4 },
    { probe: { periodSeconds: 1, successThreshold: 2 }, from: 4.4, to: 4.4 },
    { probe: { periodSeconds: 5, successThreshold: 2 }, from: 11.4, to: 11.4 },
    {
      probe: { periodSeconds: 10 },
      startup: { httpGet, periodSeconds: 1, failureThreshold: 30 },
      from: 3,
      to: 4.5,
    },
  ];
  it.each(cases)(
    "$probe, startup probe $startup: $from to $to s",
    ({ probe, startup, from, to }) => {
      const node = nodeProbingAt400ms({ startupMs: 3000, readyMs: 3000 });
      node.run({
        containers: [web({ readinessProbe: { httpGet, ...probe }, startupProbe: startup })],
      });
      node.kernel.runUntil(40_000);
      const seconds = readyAfter(node)!;
      expect(seconds).toBeGreaterThanOrEqual(from - 0.05);
      expect(seconds).toBeLessThanOrEqual(to + 0.05);
    },
  );

  it("with a real node's delays: a period after the second run on demand", () => {
    const found: number[] = [];
    for (let seed = 1; seed <= 100; seed += 1) {
      const images = [{ name: "web:v1", startupMs: 3000, readyMs: 3000 }];
      const node = testNode({ seed, timing: MEASURED_KUBELET_TIMING, images });
      node.run({ containers: [web({ readinessProbe: { httpGet, periodSeconds: 5 } })] });
      node.kernel.runUntil(20_000);
      found.push(readyAfter(node)!);
    }
    expect(Math.min(...found)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...found)).toBeLessThanOrEqual(7.1);
  });

  it("at once when it has no readiness probe: requests reach it too early", () => {
    const node = nodeProbingAt400ms({ startupMs: 3000, readyMs: 3000 });
    node.run({ containers: [web()] });
    node.kernel.runUntil(10_000);
    const ready = node.changes.find(({ pod }) => isReady(pod.status.conditions));
    expect(ready!.atMs - node.eventAt("Started")!).toBeLessThan(1000);
  });
});

function isReady(conditions: readonly { type: string; status: string }[] | undefined): boolean {
  return conditions?.some((c) => c.type === "Ready" && c.status === "True") === true;
}

describe("Unhealthy events", () => {
  const cases: {
    name: string;
    probe: Probe;
    image?: Partial<ImageBehaviour>;
    message: string | undefined;
  }[] = [
    {
      name: "a port that does not listen",
      probe: { httpGet: { path: "/healthz", port: 81 } },
      image: { ports: [80] },
      message:
        'Readiness probe failed: Get "http://10.244.0.2:81/healthz": dial tcp 10.244.0.2:81: connect: connection refused',
    },
    {
      name: "an application that is not ready",
      probe: { httpGet },
      image: { readyMs: 60_000 },
      message: "Readiness probe failed: HTTP probe failed with statuscode: 503",
    },
    {
      name: "an answer later than the timeout",
      probe: { httpGet, timeoutSeconds: 1 },
      image: { latency: { p50Ms: 3000, p99Ms: 3000 } },
      message:
        'Readiness probe failed: Get "http://10.244.0.2:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    },
    {
      name: "a TCP port that does not listen",
      probe: { tcpSocket: { port: 81 } },
      image: { ports: [80] },
      message: "Readiness probe failed: dial tcp 10.244.0.2:81: connect: connection refused",
    },
    {
      name: "a gRPC port that does not listen",
      probe: { grpc: { port: 81 } },
      image: { ports: [80] },
      message:
        'Readiness probe failed: timeout: failed to connect service "10.244.0.2:81" within 1s: context deadline exceeded',
    },
    {
      name: "a port that the container does not have",
      probe: { httpGet: { ...httpGet, port: "web" } },
      message:
        'Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax',
    },
    {
      name: "a command that fails",
      probe: { exec: { command: ["cat", "/run/healthy"] } },
      message:
        "Readiness probe failed: cat: can't open '/run/healthy': No such file or directory\n",
    },
    {
      name: "a command that is not known, of a program that does not listen yet",
      probe: { exec: { command: ["sh", "-c", "/health/ping.sh 5"] } },
      image: { startupMs: 60_000 },
      message: "Readiness probe failed: ",
    },
    {
      name: "a script with branches, of a program that does not listen yet",
      probe: { exec: { command: ["sh", "-c", "if /health/ping.sh; then\n exit 0\nfi\nexit 1"] } },
      image: { startupMs: 60_000 },
      message: "Readiness probe failed: ",
    },
    {
      name: "a command that is missing",
      probe: { exec: { command: ["cat", "/run/healthy"] } },
      image: { shell: false },
      message:
        'Readiness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "<id>": OCI runtime exec failed: exec failed: unable to start container process: exec: "cat": executable file not found in $PATH: unknown',
    },
    {
      name: "a host that is the node, not the container",
      probe: { httpGet: { ...httpGet, host: "127.0.0.1" } },
      message:
        'Readiness probe failed: Get "http://127.0.0.1:80/": dial tcp 127.0.0.1:80: connect: connection refused',
    },
    {
      name: "a host by a name of the cluster",
      probe: { tcpSocket: { port: 80, host: "web.default.svc" } },
      message:
        "Readiness probe failed: dial tcp: lookup web.default.svc on 192.168.0.2:53: no such host",
    },
    {
      name: "a host that nobody has",
      probe: { httpGet: { ...httpGet, host: "10.244.0.99" } },
      message:
        'Readiness probe failed: Get "http://10.244.0.99:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    },
    {
      name: "the pod's own address as host",
      probe: { httpGet: { ...httpGet, host: "10.244.0.2" } },
      message: undefined,
    },
    { name: "a port by its name", probe: { httpGet: { port: "http" } }, message: undefined },
    {
      name: "a command that succeeds",
      probe: { exec: { command: ["sh", "-c", "wget -q -O- http://localhost/ && true"] } },
      message: undefined,
    },
  ];
  it.each(cases)("$name", ({ probe, image, message }) => {
    const node = testNode({ images: [{ name: "web:v1", ...image }] });
    const ports = [{ name: "http", containerPort: 80 }];
    node.run({ containers: [web({ ports, readinessProbe: { ...probe, periodSeconds: 1 } })] });
    node.kernel.runUntil(8000);
    const unhealthy = node.events.find(({ event }) => event.reason === "Unhealthy")?.event;
    expect(unhealthy?.message.replace(/"[0-9a-f]{64}"/, '"<id>"')).toBe(message);
    expect(isReady(node.pod().status.conditions)).toBe(message === undefined);
    if (message !== undefined) {
      expect(unhealthy?.involvedObject.fieldPath).toBe("spec.containers{web}");
    }
  });
});

it("a container that fails its readiness probe is not ready after failureThreshold runs, and again after one success", () => {
  const command = [
    "sh",
    "-c",
    "touch /run/ok; sleep 20; rm /run/ok; sleep 20; touch /run/ok; sleep 60",
  ];
  const readinessProbe = { exec: { command: ["cat", "/run/ok"] }, periodSeconds: 2 };
  const node = testNode();
  node.run({ containers: [web({ command, readinessProbe })] });
  node.kernel.runUntil(60_000);
  const results = node
    .decided("kubelet.probe-result")
    .map(({ atMs, values }) => [values.result, Math.floor(atMs / 1000), values.streak]);
  expect(results).toEqual([
    ["ready", 1, 1],
    ["unready", 25, 3],
    ["ready", 41, 1],
  ]);
  const conditions = node.changes.find(({ atMs }) => atMs >= 25_000)?.pod.status.conditions;
  expect(conditions?.find((c) => c.type === "Ready")).toMatchObject({
    status: "False",
    reason: "ContainersNotReady",
    message: "containers with unready status: [web]",
    lastTransitionTime: "2026-01-01T00:00:25Z",
  });
});

it("an image's program makes its files when it is ready, and what a command takes away stays away", () => {
  const readinessProbe = { exec: { command: ["test", "-f", "/run/up"] }, periodSeconds: 2 };
  const livenessProbe = {
    exec: { command: ["rm", "/run/up"] },
    initialDelaySeconds: 10,
    periodSeconds: 3,
  };
  const node = testNode({
    images: [{ name: "web:v1", startupMs: 1000, readyMs: 4500, files: ["/run/up"] }],
  });
  node.run({ containers: [web({ readinessProbe, livenessProbe })] });
  node.kernel.runUntil(30_000);
  const readiness = node
    .decided("kubelet.probe-result")
    .filter(({ values }) => values.probe === "readiness")
    .map(({ values }) => values.result);
  expect(readiness).toEqual(["ready", "unready"]);
  const readyAtMs = node.decided("kubelet.probe-result")[0]!.atMs - node.eventAt("Started")!;
  expect(readyAtMs).toBeGreaterThan(4500);
});

it("a ready pod costs one event for each probe", () => {
  const node = testNode();
  node.run({ containers: [web({ readinessProbe: { httpGet, periodSeconds: 10 } })] });
  node.kernel.runUntil(30_000);
  const before = { events: node.kernel.processed, version: node.api.resourceVersion };
  node.kernel.runUntil(3_630_000);
  expect(node.kernel.processed - before.events).toBeLessThanOrEqual(361);
  expect(node.api.resourceVersion).toBe(before.version);
});

describe("readiness gates", () => {
  it("keep a pod from Ready until their condition is True", () => {
    const node = testNode();
    const conditionType = "example.com/registered";
    node.run({ containers: [web()], readinessGates: [{ conditionType }] });
    node.kernel.runUntil(5000);
    const ready = () => node.pod().status.conditions?.find((c) => c.type === "Ready");
    expect(ready()).toMatchObject({
      status: "False",
      reason: "ReadinessGatesNotReady",
      message: `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
    });
    const set = (status: ConditionStatus, untilMs: number) => {
      const pod = node.pod();
      const condition = { type: conditionType, status };
      const conditions = updatePodCondition(pod.status.conditions ?? [], condition, 0);
      node.api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions } });
      node.kernel.runUntil(untilMs);
    };
    set("False", 7000);
    expect(ready()).toMatchObject({
      status: "False",
      message: `the status of pod readiness gate "${conditionType}" is not "True", but False`,
    });
    set("True", 9000);
    expect(ready()?.status).toBe("True");
    expect(node.pod().status.conditions?.[0]).toMatchObject({
      type: conditionType,
      status: "True",
    });
  });
});

it("a run is the same after going back to a snapshot in the middle of it", () => {
  const container: Container = web({
    readinessProbe: { httpGet, periodSeconds: 1 },
    lifecycle: { preStop: { sleep: { seconds: 3 } } },
  });
  const node = testNode({ timing: MEASURED_KUBELET_TIMING });
  node.run({ terminationGracePeriodSeconds: 30, containers: [container] });
  node.kernel.runUntil(8000);
  node.api.delete("pods", "default", "web");
  node.kernel.runUntil(9000);
  const snapshot = node.kernel.snapshot();
  const from = node.changes.length;
  node.kernel.runUntil(30_000);
  const first = node.changes.slice(from);
  node.kernel.restore(snapshot);
  const again = node.changes.length;
  node.kernel.runUntil(30_000);
  expect(node.changes.slice(again)).toEqual(first);
  expect(first.at(-1)?.type).toBe("DELETED");
});
