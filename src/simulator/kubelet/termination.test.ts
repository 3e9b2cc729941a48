import { describe, expect, it } from "vitest";
import type { Container } from "../api/types.ts";
import type { ImageBehaviour } from "../scenario.ts";
import { deletePod, DELETED_MS, graceful, preStop } from "./test-deletion.ts";
import { testNode, web } from "./test-node.ts";
import { MEASURED_KUBELET_TIMING } from "./timing.ts";

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
    expect(node.eventAt("Killing")! - DELETED_MS).toBeLessThan(50);
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

it("a request of a hook whose answer would take longer than the pod lives ends with the container, and leaves nothing behind", () => {
  const slow = { latency: { p50Ms: 300_000, p99Ms: 300_000 } };
  const hook = { lifecycle: { preStop: { httpGet: { port: 80, path: "/drain" } } } };
  const { kernel, api } = deletePod({ ...hook, ports: [{ containerPort: 80 }] }, {}, slow);
  expect(api.list("pods")).toEqual([]);
  expect(kernel.waiting().map(({ type }) => type)).not.toContain("execEnd");
});
