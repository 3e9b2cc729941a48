import { describe, expect, it } from "vitest";
import { goDuration } from "./image-manager.ts";
import { testNode, web } from "./test-node.ts";
import { MEASURED_KUBELET_TIMING } from "./timing.ts";

const httpGet = { path: "/", port: 80 };

describe("a container that exits", () => {
  const command = ["sh", "-c", "sleep 1; exit 1"];

  it("is started again at once, then after 10, 20, 40 s since its exit, and at the next look", () => {
    const node = testNode();
    node.run({ restartPolicy: "Always", containers: [web({ command })] });
    node.kernel.runUntil(120_000);
    const starts = node.events
      .filter(({ event }) => event.reason === "Started")
      .map(({ atMs }) => Math.floor(atMs / 1000));
    // The relist after an exit sees it; a sync that finds the back-off running is made again ten seconds later: 3 s + 10 s is seen at 15 s.
    expect(starts).toEqual([0, 2, 15, 37, 79]);
  });

  it("shows CrashLoopBackOff with its delay, the exit as last state, and the event", () => {
    const node = testNode();
    node.run({ restartPolicy: "Always", containers: [web({ command })] });
    node.kernel.runUntil(30_000);
    const pod = node.pod();
    expect(pod.status.phase).toBe("Running");
    const [status] = pod.status.containerStatuses!;
    const where = `web_default(${pod.metadata.uid})`;
    expect(status).toMatchObject({
      ready: false,
      started: false,
      restartCount: 2,
      state: {
        waiting: {
          reason: "CrashLoopBackOff",
          message: `back-off 20s restarting failed container=web pod=${where}`,
        },
      },
      lastState: { terminated: { exitCode: 1, reason: "Error" } },
    });
    const backOff = node.events.find(({ event }) => event.reason === "BackOff")!.event;
    expect([backOff.type, backOff.message]).toEqual([
      "Warning",
      `Back-off restarting failed container web in pod ${where}`,
    ]);
  });

  it.each([
    { restartPolicy: "Never", exit: 0, phase: "Succeeded", starts: 1 },
    { restartPolicy: "Never", exit: 1, phase: "Failed", starts: 1 },
    { restartPolicy: "OnFailure", exit: 0, phase: "Succeeded", starts: 1 },
    { restartPolicy: "OnFailure", exit: 3, phase: "Running", starts: 2 },
    { restartPolicy: "Always", exit: 0, phase: "Running", starts: 2 },
  ])("$restartPolicy, exit $exit: $phase", ({ restartPolicy, exit, phase, starts }) => {
    const node = testNode();
    const containers = [web({ command: ["sh", "-c", `sleep 1; exit ${exit}`] })];
    node.run({ restartPolicy, containers });
    node.kernel.runUntil(7000);
    expect(node.pod().status.phase).toBe(phase);
    const started = node.events.filter(({ event }) => event.reason === "Started");
    expect(started).toHaveLength(starts);
    if (starts > 1) return;
    // A pod that has ended by itself stays until it is deleted, and is then gone at once.
    node.api.delete("pods", "default", "web", { gracePeriodSeconds: 0 });
    node.kernel.runUntil(8000);
    expect(node.kubelet.state.pods.size).toBe(0);
  });
});

describe("a container that fails its liveness probe", () => {
  const livenessProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
  const slow = [{ name: "web:v1", startupMs: 60_000, readyMs: 60_000 }];

  it("is killed and started in one go; killed every 12 s, the back-off shows with the fourth kill", () => {
    const node = testNode({ images: slow, timing: MEASURED_KUBELET_TIMING, seed: 5 });
    const containers = [web({ livenessProbe: { ...livenessProbe, periodSeconds: 4 } })];
    node.run({ restartPolicy: "Always", containers });
    node.kernel.runUntil(120_000);
    const said = node.events.filter(({ event }) => ["Killing", "BackOff"].includes(event.reason));
    expect(said.slice(0, 5).map(({ event }) => event.reason)).toEqual([
      "Killing",
      "Killing",
      "Killing",
      "Killing",
      "BackOff",
    ]);
    expect(said[0]!.event.message).toBe("Container web failed liveness probe, will be restarted");
    const unhealthy = node.events.find(({ event }) => event.reason === "Unhealthy")!;
    expect(unhealthy.event.message).toBe(
      'Liveness probe failed: Get "http://10.244.0.2:80/": dial tcp 10.244.0.2:80: connect: connection refused',
    );
    const [decision] = node.decided("kubelet.liveness-restart");
    expect(decision?.values).toMatchObject({ probe: "liveness", failures: 3, threshold: 3 });
  });

  it("has the grace period of its probe, and its hook is run", () => {
    const node = testNode({
      images: [{ name: "web:v1", ports: [80], onSigterm: { mode: "ignore" } }],
    });
    const probe = { tcpSocket: { port: 81 }, periodSeconds: 1, terminationGracePeriodSeconds: 5 };
    const lifecycle = { preStop: { exec: { command: ["sleep", "1"] } } };
    node.run({
      terminationGracePeriodSeconds: 60,
      containers: [web({ livenessProbe: probe, lifecycle })],
    });
    node.kernel.runUntil(20_000);
    const killedMs = node.eventAt("Killing")!;
    expect(node.decided("kubelet.stop-signal")[0]).toMatchObject({ atMs: killedMs + 1000 });
    expect(node.exits[0]).toMatchObject({ atMs: killedMs + 5000, code: 137 });
  });

  it("stays down when the pod's restartPolicy is Never", () => {
    const node = testNode({ images: slow });
    node.run({ restartPolicy: "Never", containers: [web({ livenessProbe })] });
    node.kernel.runUntil(30_000);
    const killing = node.events.find(({ event }) => event.reason === "Killing");
    expect(killing?.event.message).toBe("Container web failed liveness probe");
    expect(node.pod().status.phase).toBe("Succeeded");
  });

  it("is not probed for liveness before its startup probe has passed", () => {
    const node = testNode({ images: [{ name: "web:v1", startupMs: 20_000, readyMs: 20_000 }] });
    const startupProbe = { httpGet, periodSeconds: 5, failureThreshold: 10 };
    node.run({ containers: [web({ livenessProbe, startupProbe })] });
    node.kernel.runUntil(60_000);
    expect(node.pod().status.containerStatuses?.[0]).toMatchObject({
      ready: true,
      restartCount: 0,
    });
  });
});

it("a startup probe that fails failureThreshold times restarts the container", () => {
  const node = testNode({ images: [{ name: "web:v1", startupMs: 60_000, readyMs: 60_000 }] });
  const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 4 };
  node.run({ containers: [web({ startupProbe })] });
  node.kernel.runUntil(10_000);
  const killing = node.events.find(({ event }) => event.reason === "Killing");
  expect(killing?.event.message).toBe("Container web failed startup probe, will be restarted");
});

it("a changed image restarts the container in its pod", () => {
  const node = testNode();
  node.run({ containers: [web()] });
  node.kernel.runUntil(5000);
  const pod = node.pod();
  node.api.update("pods", {
    ...pod,
    spec: { ...pod.spec, containers: [web({ image: "web:v2" })] },
  });
  node.kernel.runUntil(10_000);
  const killing = node.events.find(({ event }) => event.reason === "Killing");
  expect(killing?.event.message).toBe("Container web definition changed, will be restarted");
  expect(node.pod().status.containerStatuses?.[0]).toMatchObject({
    image: "docker.io/library/web:v2",
    restartCount: 1,
    ready: true,
  });
});

it.each([
  [0, "0s"],
  [850, "850ms"],
  [10_000, "10s"],
  [1500, "1.5s"],
  [80_000, "1m20s"],
  [300_000, "5m0s"],
  [3_661_500, "1h1m1.5s"],
])("%i ms is %s in Go", (ms, text) => {
  expect(goDuration(ms)).toBe(text);
});
