import { describe, expect, it } from "vitest";
import type { Container } from "../api/types.ts";
import { testNode, web } from "./test-node.ts";
import { MEASURED_KUBELET_TIMING } from "./timing.ts";

const reasons = (node: ReturnType<typeof testNode>) =>
  node.events.map(({ event }) => `${event.reason} ${event.message}`);

describe("a pod whose image is present", () => {
  it("goes through these statuses and events", () => {
    const node = testNode();
    node.run({ containers: [web()] });
    node.kernel.runUntil(5000);
    expect(reasons(node)).toEqual([
      'Pulled Container image "web:v1" already present on machine',
      "Created Created container: web",
      "Started Started container web",
    ]);
    const seen = node.changes.slice(1).map(({ pod: { status } }) => ({
      phase: status.phase,
      podIP: status.podIP,
      conditions: status.conditions?.map((c) => `${c.type}=${c.status} ${c.reason ?? ""}`.trim()),
      state: Object.keys(status.containerStatuses![0]!.state)[0],
    }));
    expect(seen).toEqual([
      {
        phase: "Pending",
        podIP: undefined,
        conditions: [
          "PodReadyToStartContainers=False",
          "Initialized=True",
          "Ready=False ContainersNotReady",
          "ContainersReady=False ContainersNotReady",
          "PodScheduled=True",
        ],
        state: "waiting",
      },
      {
        phase: "Running",
        podIP: "10.244.0.2",
        conditions: [
          "PodReadyToStartContainers=True",
          "Initialized=True",
          "Ready=True",
          "ContainersReady=True",
          "PodScheduled=True",
        ],
        state: "running",
      },
    ]);
    expect(node.phases.map((p) => p.phase)).toEqual(["starting", "not-ready", "ready"]);
  });

  it("in its node's network has the node's address, and no network that goes with it", () => {
    const node = testNode();
    node.run({ containers: [web()], hostNetwork: true });
    node.kernel.runUntil(5000);
    expect(node.pod().status.podIP).toBe("192.168.0.1");
    node.api.delete("pods", "default", node.pod().metadata.name);
    node.kernel.runUntil(60_000);
    expect(node.api.list("pods")).toEqual([]);
    expect(node.networkGoneMs).toEqual([]);
  });

  it("starts within the recorded times on a real node", () => {
    const found: number[] = [];
    for (let seed = 1; seed <= 200; seed += 1) {
      const node = testNode({ seed, timing: MEASURED_KUBELET_TIMING });
      node.run({ containers: [web()] });
      node.kernel.runUntil(4000);
      found.push(node.eventAt("Started")!);
    }
    found.sort((a, b) => a - b);
    expect(found[0]).toBeGreaterThanOrEqual(533);
    expect(found.at(-1)).toBeLessThanOrEqual(2295);
    expect(found[100]).toBeGreaterThan(700);
    expect(found[100]).toBeLessThan(950);
  });

  it("pods have addresses of their own, and give them back", () => {
    const node = testNode();
    for (const name of ["a", "b"]) node.run({ containers: [web()] }, name);
    node.kernel.runUntil(2000);
    node.api.delete("pods", "default", "a", { gracePeriodSeconds: 1 });
    node.kernel.runUntil(6000);
    expect(node.kubelet.state.addresses.used.size).toBe(1);
    expect(node.pod("b").status.podIP).toBe("10.244.0.3");
  });
});

describe("init containers", () => {
  const init = (name: string, seconds: number, extra: Partial<Container> = {}): Container => ({
    name,
    image: "busybox",
    command: ["sh", "-c", `sleep ${seconds}`],
    ...extra,
  });

  it("run one after the other, before the application", () => {
    const node = testNode();
    node.run({ initContainers: [init("first", 3), init("second", 3)], containers: [web()] });
    node.kernel.runUntil(2000);
    const { conditions, containerStatuses, phase } = node.pod().status;
    expect(phase).toBe("Pending");
    expect(containerStatuses?.[0]?.state).toEqual({ waiting: { reason: "PodInitializing" } });
    expect(conditions?.find((c) => c.type === "Initialized")).toMatchObject({
      status: "False",
      reason: "ContainersNotInitialized",
      message: "containers with incomplete status: [first second]",
    });
    node.kernel.runUntil(20_000);
    const started = node.events.filter(({ event }) => event.reason === "Started");
    expect(started.map(({ atMs, event }) => [event.message, Math.floor(atMs / 1000)])).toEqual([
      ["Started container first", 0],
      ["Started container second", 4],
      ["Started container web", 8],
    ]);
    expect(node.pod().status.phase).toBe("Running");
    expect(node.pod().status.initContainerStatuses?.map((s) => s.ready)).toEqual([true, true]);
  });

  it("that fail are tried again, with back-off", () => {
    const node = testNode();
    const initContainers = [init("first", 1, { command: ["sh", "-c", "exit 2"] })];
    node.run({ restartPolicy: "Always", initContainers, containers: [web()] });
    node.kernel.runUntil(10_000);
    const status = node.pod().status.initContainerStatuses?.[0];
    expect(status).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 2 } } });
    expect(node.pod().status.phase).toBe("Pending");
  });

  it("that fail fail the pod when it never restarts", () => {
    const node = testNode();
    const initContainers = [init("first", 1, { command: ["false"] })];
    node.run({ restartPolicy: "Never", initContainers, containers: [web()] });
    node.kernel.runUntil(10_000);
    expect(node.pod().status.phase).toBe("Failed");
  });

  it("that are sidecars only have to start, and run on beside the application", () => {
    const sidecar = { name: "side", image: "side:v1", restartPolicy: "Always" };
    const node = testNode();
    node.run({ initContainers: [sidecar], containers: [web()] });
    node.kernel.runUntil(10_000);
    const { status } = node.pod();
    expect(status.phase).toBe("Running");
    expect(status.initContainerStatuses?.[0]).toMatchObject({ started: true, ready: true });
    expect(status.conditions?.find((c) => c.type === "Ready")?.status).toBe("True");
    const event = node.events.find((e) => e.event.message === "Started container side")!.event;
    expect(event.involvedObject.fieldPath).toBe("spec.initContainers{side}");
  });

  it("that are sidecars are stopped when the application is done, and the pod is over after them", () => {
    const sidecar = { name: "side", image: "side:v1", restartPolicy: "Always" };
    const node = testNode();
    node.run({
      restartPolicy: "OnFailure",
      terminationGracePeriodSeconds: 30,
      initContainers: [sidecar],
      containers: [web({ command: ["sleep", "4"] })],
    });
    node.kernel.runUntil(20_000);
    const doneAt = (name: string) =>
      node.changes.find(({ pod }) =>
        [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].some(
          (status) => status.name === name && status.state.terminated !== undefined,
        ),
      )!.atMs;
    const phaseAt = (phase: string) =>
      node.changes.find(({ pod }) => pod.status.phase === phase)!.atMs;
    expect(reasons(node)).toContain("Killing Stopping container side");
    expect(doneAt("web")).toBeLessThan(doneAt("side"));
    expect(phaseAt("Succeeded")).toBeGreaterThanOrEqual(doneAt("side"));
    expect(node.pod().status.initContainerStatuses?.[0]?.restartCount).toBe(0);
  });
});

describe("postStart", () => {
  it("keeps the container from being seen running until it is done", () => {
    const node = testNode();
    const lifecycle = { postStart: { exec: { command: ["sleep", "4"] } } };
    node.run({ containers: [web({ lifecycle })] });
    node.kernel.runUntil(20_000);
    const running = node.changes.find(({ pod }) => pod.status.phase === "Running")!;
    expect(Math.floor(running.atMs / 1000)).toBe(5);
  });

  it("that fails kills the container", () => {
    const node = testNode();
    const lifecycle = { postStart: { exec: { command: ["false"] } } };
    node.run({ terminationGracePeriodSeconds: 30, containers: [web({ lifecycle })] });
    node.kernel.runUntil(5000);
    expect(reasons(node)).toContain("FailedPostStartHook PostStartHook failed");
    expect(reasons(node)).toContain("Killing FailedPostStartHook");
    expect(node.exits.length).toBeGreaterThan(0);
  });
});

it("a command that is not simulated is told, once", () => {
  const node = testNode();
  const lifecycle = { preStop: { exec: { command: ["/app/drain", "--all"] } } };
  node.run({ terminationGracePeriodSeconds: 30, containers: [web({ lifecycle })] });
  node.kernel.runUntil(5000);
  node.api.delete("pods", "default", "web");
  node.kernel.runUntil(10_000);
  expect(node.warnings).toEqual([
    'pod web: the command "/app/drain --all" is not simulated; it is taken to succeed at once',
  ]);
});
