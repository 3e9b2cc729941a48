import { describe, expect, it } from "vitest";
import type { Container, Pod, PodSpec } from "../api/types.ts";
import type { ImageBehaviour } from "../scenario.ts";
import { evict } from "../api/router/subresources/eviction.ts";
import { testNode, web, type TestNode } from "./test-node.ts";
import { MEASURED_KUBELET_TIMING } from "./timing.ts";

const DELETED_MS = 10_000;

const graceful = (drainMs: number) => ({ mode: "graceful", drainMs }) as const;
const preStop = (...command: string[]): Partial<Container> => ({
  lifecycle: { preStop: { exec: { command } } },
});

/** Runs a pod of one container, deletes it after ten seconds; times that follow count from the kubelet's hearing of it. */
function deletePod(
  container: Partial<Container>,
  spec: Partial<PodSpec> = {},
  image: Partial<ImageBehaviour> = {},
  gracePeriodSeconds?: number,
): TestNode & { since(ms: number | undefined): number | undefined } {
  const node = testNode({ images: [{ name: "web:v1", ...image }] });
  node.run({ terminationGracePeriodSeconds: 30, ...spec, containers: [web(container)] });
  node.kernel.runUntil(DELETED_MS);
  node.api.delete("pods", "default", "web", { gracePeriodSeconds });
  node.kernel.runUntil(DELETED_MS + 120_000);
  const seenMs = node.eventAt("Killing")!;
  expect(seenMs - DELETED_MS).toBeLessThan(50);
  return { ...node, since: (ms) => (ms === undefined ? undefined : ms - seenMs) };
}

describe("a deleted pod gets its signal, and SIGKILL when the rest of the grace period is over", () => {
  const cases: {
    name: string;
    container?: Partial<Container>;
    grace?: number;
    image?: Partial<ImageBehaviour>;
    requested?: number;
    hookFailsAt?: number;
    signalAt: number;
    sigkillAt?: number;
    remaining: number;
    floored?: boolean;
    code: number;
  }[] = [
    { name: "no hook", signalAt: 0, remaining: 30, code: 0 },
    {
      name: "a hook in time",
      container: preStop("sleep", "10"),
      signalAt: 10_000,
      remaining: 20,
      code: 0,
    },
    {
      name: "only whole seconds of the hook count",
      container: preStop("sleep", "10.9"),
      image: { onSigterm: { mode: "ignore" } },
      signalAt: 10_900,
      sigkillAt: 30_900,
      remaining: 20,
      code: 137,
    },
    {
      name: "a hook longer than the grace period is cut, and dies with the application",
      container: preStop("sleep", "40"),
      hookFailsAt: 30_000,
      signalAt: 30_000,
      remaining: 2,
      floored: true,
      code: 0,
    },
    {
      name: "after a cut hook an application that needs longer gets two seconds",
      container: preStop("sleep", "40"),
      image: { onSigterm: graceful(5000) },
      hookFailsAt: 32_000,
      signalAt: 30_000,
      sigkillAt: 32_000,
      remaining: 2,
      floored: true,
      code: 137,
    },
    {
      name: "a hook whose program is missing delays nothing",
      container: preStop("sleep", "10"),
      image: { shell: false },
      hookFailsAt: 0,
      signalAt: 0,
      remaining: 30,
      code: 0,
    },
    {
      name: "a hook that fails is over",
      container: preStop("sh", "-c", "sleep 3; false"),
      hookFailsAt: 3000,
      signalAt: 3000,
      remaining: 27,
      code: 0,
    },
    {
      name: "the sleep action needs no program",
      container: { lifecycle: { preStop: { sleep: { seconds: 5 } } } },
      image: { shell: false },
      signalAt: 5000,
      remaining: 25,
      code: 0,
    },
    {
      name: "grace 7, hook 5, and requests of 8 seconds",
      container: { lifecycle: { preStop: { sleep: { seconds: 5 } } } },
      grace: 7,
      image: { onSigterm: graceful(8000) },
      signalAt: 5000,
      sigkillAt: 7000,
      remaining: 2,
      code: 137,
    },
    {
      name: "one second left is made two",
      container: preStop("sleep", "4"),
      grace: 5,
      image: { onSigterm: { mode: "ignore" } },
      signalAt: 4000,
      sigkillAt: 6000,
      remaining: 2,
      floored: true,
      code: 137,
    },
    {
      name: "an application that ignores the signal",
      grace: 10,
      image: { onSigterm: { mode: "ignore" } },
      signalAt: 0,
      sigkillAt: 10_000,
      remaining: 10,
      code: 137,
    },
    {
      name: "the request's grace period counts, not the spec's",
      requested: 5,
      image: { onSigterm: { mode: "ignore" } },
      signalAt: 0,
      sigkillAt: 5000,
      remaining: 5,
      code: 137,
    },
    {
      name: "--now is one second, hence two",
      requested: 1,
      container: preStop("sleep", "10"),
      image: { onSigterm: { mode: "ignore" } },
      hookFailsAt: 3000,
      signalAt: 1000,
      sigkillAt: 3000,
      remaining: 2,
      floored: true,
      code: 137,
    },
  ];
  it.each(cases)("$name", (c) => {
    const spec = c.grace === undefined ? {} : { terminationGracePeriodSeconds: c.grace };
    const node = deletePod(c.container ?? {}, spec, c.image, c.requested);
    const [signal] = node.decided("kubelet.stop-signal");
    expect(node.since(signal?.atMs)).toBe(c.signalAt);
    expect(signal?.values).toMatchObject({
      remainingSeconds: c.remaining,
      floored: c.floored === true ? 1 : 0,
    });
    expect(node.since(node.eventAt("FailedPreStopHook"))).toBe(c.hookFailsAt);
    expect(node.since(node.decided("kubelet.sigkill")[0]?.atMs)).toBe(c.sigkillAt);
    expect(node.exits).toHaveLength(1);
    expect(node.exits[0]).toMatchObject({ code: c.code, bySigkill: c.sigkillAt !== undefined });
    expect(node.api.find("pods", "default", "web")).toBeUndefined();
    expect(node.kubelet.state.pods.size).toBe(0);
  });
});

describe("what is left of a deleted pod", () => {
  it("goes from running to its final phase to nothing, network first", () => {
    const node = deletePod({});
    const after = node.changes.filter(({ atMs }) => atMs > DELETED_MS);
    const grace = (pod: Pod) => pod.metadata.deletionGracePeriodSeconds;
    expect(after.map(({ type, pod }) => [type, pod.status.phase, grace(pod)])).toEqual([
      ["MODIFIED", "Succeeded", 30],
      ["MODIFIED", "Succeeded", 0],
      ["DELETED", "Succeeded", 0],
    ]);
    const { conditions, containerStatuses } = after[0]!.pod.status;
    expect(conditions?.map((c) => [c.type, c.status, c.reason])).toEqual([
      ["PodReadyToStartContainers", "False", undefined],
      ["Initialized", "True", "PodCompleted"],
      ["Ready", "False", "PodCompleted"],
      ["ContainersReady", "False", "PodCompleted"],
      ["PodScheduled", "True", undefined],
    ]);
    expect(containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 0,
      reason: "Completed",
    });
    expect(node.networkGoneMs).toEqual([after[0]!.atMs]);
    expect(node.phases.map((p) => p.phase).slice(-2)).toEqual(["stopping", "exited"]);
  });

  it("is Failed when SIGKILL ended it", () => {
    const node = deletePod(
      {},
      { terminationGracePeriodSeconds: 2 },
      { onSigterm: { mode: "ignore" } },
    );
    const last = node.changes.at(-1)!.pod.status;
    expect(last.phase).toBe("Failed");
    expect(last.containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 137,
      reason: "Error",
    });
  });

  it("is Failed when it never got as far as starting", () => {
    const node = testNode({ images: [{ name: "web:v1", exists: false }] });
    node.run({ containers: [web()] });
    node.kernel.runUntil(DELETED_MS);
    node.api.delete("pods", "default", "web", { gracePeriodSeconds: 30 });
    node.kernel.runUntil(DELETED_MS + 5000);
    const last = node.changes.at(-1)!;
    expect([last.type, last.pod.status.phase]).toEqual(["DELETED", "Failed"]);
    expect(last.pod.status.containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 137,
      reason: "ContainerStatusUnknown",
    });
  });
});

it("a hook that stops nginx closes the listener before the hook's sleep is over", () => {
  const node = deletePod(preStop("sh", "-c", "nginx -s quit; sleep 5"));
  expect(node.since(node.exits[0]?.atMs)).toBe(0);
  expect(node.since(node.eventAt("FailedPreStopHook"))).toBe(0);
});

it("a second deletion can shorten the grace period, and runs the hook anew within it", () => {
  const node = testNode({ images: [{ name: "web:v1", onSigterm: { mode: "ignore" } }] });
  node.run({ terminationGracePeriodSeconds: 60, containers: [web(preStop("sleep", "50"))] });
  node.kernel.runUntil(DELETED_MS);
  node.api.delete("pods", "default", "web");
  node.kernel.runUntil(20_000);
  node.api.delete("pods", "default", "web", { gracePeriodSeconds: 5 });
  node.kernel.runUntil(60_000);
  const [signal] = node.decided("kubelet.stop-signal");
  // It is seen with the next relist: at 21 s.
  expect(signal?.atMs).toBe(26_000);
  expect(node.exits).toMatchObject([{ atMs: 28_000, code: 137 }]);
});

it("a forced deletion leaves the container running for two seconds, without its hook", () => {
  const node = testNode({ images: [{ name: "web:v1", onSigterm: { mode: "ignore" } }] });
  const container = web(preStop("sleep", "10"));
  node.run({ terminationGracePeriodSeconds: 30, containers: [container] });
  node.kernel.runUntil(DELETED_MS);
  node.api.delete("pods", "default", "web", { gracePeriodSeconds: 0 });
  expect(node.api.find("pods", "default", "web")).toBeUndefined();
  node.kernel.runUntil(60_000);
  expect(node.decided("kubelet.hook-start")).toEqual([]);
  const killingMs = node.eventAt("Killing")!;
  expect(node.exits).toMatchObject([{ atMs: killingMs + 2000, code: 137, bySigkill: true }]);
  expect(node.kubelet.state.pods.size).toBe(0);
});

describe("readiness while a pod terminates", () => {
  it("goes on being probed, liveness does not", () => {
    const probe = { tcpSocket: { port: 80 }, periodSeconds: 1, failureThreshold: 1 };
    const container = { readinessProbe: probe, livenessProbe: probe };
    const node = deletePod(container, {}, { onSigterm: graceful(5000) });
    const unhealthy = node.events.filter(({ event }) => event.reason === "Unhealthy");
    expect(unhealthy.length).toBeGreaterThan(2);
    expect(unhealthy[0]!.event.message).toBe(
      "Readiness probe failed: dial tcp 10.244.0.2:80: connect: connection refused",
    );
    expect(unhealthy.every(({ event }) => event.message.startsWith("Readiness"))).toBe(true);
    const unready = node.changes.find(
      ({ atMs, pod }) =>
        atMs > DELETED_MS &&
        pod.status.conditions?.some((c) => c.type === "Ready" && c.status === "False"),
    );
    expect(unready?.pod.status.phase).toBe("Running");
  });
});

describe("containers of one pod stop in order", () => {
  const sidecar = (name: string, extra: Partial<Container> = {}): Container => ({
    name,
    image: "side:v1",
    restartPolicy: "Always",
    ...extra,
  });
  function stopTimes(spec: Partial<PodSpec>, drains: { web: number; side: number }) {
    const node = testNode({
      images: [
        { name: "web:v1", onSigterm: graceful(drains.web) },
        { name: "side:v1", onSigterm: graceful(drains.side) },
      ],
    });
    node.run({ terminationGracePeriodSeconds: 30, containers: [web()], ...spec });
    node.kernel.runUntil(DELETED_MS);
    node.api.delete("pods", "default", "web");
    node.kernel.runUntil(60_000);
    const from = node.eventAt("Killing")!;
    const signals = node.decided("kubelet.stop-signal");
    return signals.map(({ atMs, values }) => [
      values.container,
      atMs - from,
      values.remainingSeconds,
    ]);
  }

  it("native sidecars after the application, last first", () => {
    const initContainers = [sidecar("side1"), sidecar("side2")];
    expect(stopTimes({ initContainers }, { web: 2100, side: 1250 })).toEqual([
      ["web", 0, 30],
      ["side2", 2100, 28],
      ["side1", 3350, 27],
    ]);
  });

  it("a sidecar's hook starts at once and counts against its wait", () => {
    const lifecycle = { preStop: { sleep: { seconds: 4 } } };
    const initContainers = [sidecar("side", { lifecycle })];
    expect(stopTimes({ initContainers }, { web: 2000, side: 0 })).toEqual([
      ["web", 0, 30],
      ["side", 4000, 26],
    ]);
  });

  it("an application that uses up the grace period leaves the sidecars two seconds", () => {
    const initContainers = [sidecar("side")];
    const spec = { initContainers, terminationGracePeriodSeconds: 6 };
    expect(stopTimes(spec, { web: 20_000, side: 0 })).toEqual([
      ["web", 0, 6],
      ["side", 6000, 2],
    ]);
  });

  it("classic sidecars at once", () => {
    const containers = [web(), { name: "side", image: "side:v1" }];
    expect(stopTimes({ containers }, { web: 2000, side: 0 })).toEqual([
      ["web", 0, 30],
      ["side", 0, 30],
    ]);
  });
});

describe("with the delays of a real node", () => {
  it("a pod without a hook is gone within the recorded times", () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const node = testNode({ seed, timing: MEASURED_KUBELET_TIMING });
      node.run({ terminationGracePeriodSeconds: 30, containers: [web()] });
      node.kernel.runUntil(DELETED_MS);
      node.api.delete("pods", "default", "web");
      node.kernel.runUntil(20_000);
      const exitMs = node.exits[0]!.atMs;
      const killingMs = node.eventAt("Killing")!;
      expect(exitMs - killingMs).toBeGreaterThanOrEqual(20);
      expect(exitMs - killingMs).toBeLessThanOrEqual(250);
      const networkMs = node.networkGoneMs[0]! - exitMs;
      expect(networkMs).toBeGreaterThanOrEqual(279 + 71);
      expect(networkMs).toBeLessThanOrEqual(1273 + 365);
      const goneMs = node.changes.at(-1)!.atMs - node.networkGoneMs[0]!;
      expect(node.changes.at(-1)!.type).toBe("DELETED");
      expect(goneMs).toBeLessThanOrEqual(1200);
    }
  });
});

describe("what a kubelet writes about a pod", () => {
  it("names the version in which it first heard of it, to the end, as in every recording", () => {
    const node = testNode();
    const { metadata } = node.run({ containers: [web({})], terminationGracePeriodSeconds: 5 });
    node.kernel.runUntil(DELETED_MS);
    node.api.delete("pods", "default", "web");
    node.kernel.runUntil(DELETED_MS + 60_000);
    const told = node.events.map(({ event }) => event.reason);
    expect(told).toEqual(["Pulled", "Created", "Started", "Killing"]);
    const versions = node.events.map(({ event }) => event.involvedObject.resourceVersion);
    expect(new Set(versions)).toEqual(new Set([metadata.resourceVersion]));
  });

  it("does not keep it from what others change of it besides its status", () => {
    const node = testNode();
    const { metadata } = node.run({ containers: [web({ image: "web:v1" })] });
    node.kernel.runUntil(DELETED_MS);
    const running = node.pod();
    const [container] = running.spec.containers;
    node.api.update("pods", {
      ...running,
      spec: { ...running.spec, containers: [{ ...container!, image: "web:v2" }] },
    });
    node.kernel.runUntil(DELETED_MS + 60_000);
    expect(node.pod().status.containerStatuses![0]!.image).toContain("web:v2");
    const [killing] = node.events.filter(({ event }) => event.reason === "Killing");
    expect(killing!.event.involvedObject.resourceVersion).toBe(metadata.resourceVersion);
  });
});

it("has what others say of an evicted pod before its own conditions, as soon as it ends the pod", () => {
  const node = testNode({ timing: MEASURED_KUBELET_TIMING });
  node.run({ containers: [web(preStop("sleep", "5"))] });
  node.kernel.runUntil(DELETED_MS);
  evict(node.api, "default", "web");
  const typesOf = ({ pod }: TestNode["changes"][number]) =>
    (pod.status.conditions ?? []).map(({ type }) => type);
  const own = typesOf(node.changes.at(-3)!);
  expect(typesOf(node.changes.at(-1)!)).toEqual([...own, "DisruptionTarget"]);
  node.kernel.runUntil(DELETED_MS + 1000);
  expect(typesOf(node.changes.at(-1)!)).toEqual(["DisruptionTarget", ...own]);
  expect(node.pod().status.phase).toBe("Running");
});

it("a request of a hook whose answer would take longer than the pod lives ends with the container, and leaves nothing behind", () => {
  const slow = { latency: { p50Ms: 300_000, p99Ms: 300_000 } };
  const hook = { lifecycle: { preStop: { httpGet: { port: 80, path: "/drain" } } } };
  const { kernel, api } = deletePod({ ...hook, ports: [{ containerPort: 80 }] }, {}, slow);
  expect(api.list("pods")).toEqual([]);
  expect(kernel.waiting().map(({ type }) => type)).not.toContain("execEnd");
});
