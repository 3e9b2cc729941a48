import { describe, expect, it } from "vitest";
import type { Container, Volume } from "../api/types.ts";
import type { ImageBehaviour } from "../scenario.ts";
import { testNode, web } from "./test-node.ts";

const START_FAILED =
  "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: ";

describe("a container that can not be started", () => {
  const cases: {
    name: string;
    container: Partial<Container>;
    image?: Partial<ImageBehaviour>;
    reason: string;
    message: string;
  }[] = [
    {
      name: "a program that is not in the image, by its path",
      container: { command: ["/nosuch"] },
      image: { programs: ["/app/web"] },
      reason: "RunContainerError",
      message: `${START_FAILED}"/nosuch": stat /nosuch: no such file or directory: unknown`,
    },
    {
      name: "a shell that is not in the image",
      container: { command: ["sh", "-c", "sleep 5"] },
      image: { shell: false },
      reason: "RunContainerError",
      message: `${START_FAILED}"sh": executable file not found in $PATH: unknown`,
    },
    {
      name: "a command written as one word",
      container: { command: ["sleep 15"] },
      reason: "RunContainerError",
      message: `${START_FAILED}"sleep 15": executable file not found in $PATH: unknown`,
    },
    {
      name: "a ConfigMap that is not there",
      container: { envFrom: [{ configMapRef: { name: "missing" } }] },
      reason: "CreateContainerConfigError",
      message: 'configmap "missing" not found',
    },
    {
      name: "a Secret that is not there",
      container: {
        env: [{ name: "A", valueFrom: { secretKeyRef: { name: "missing", key: "a" } } }],
      },
      reason: "CreateContainerConfigError",
      message: 'secret "missing" not found',
    },
    {
      name: "a key that the ConfigMap does not have",
      container: {
        env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "b" } } }],
      },
      reason: "CreateContainerConfigError",
      message: "couldn't find key b in ConfigMap default/settings",
    },
  ];
  it.each(cases)("$name", ({ container, image, reason, message }) => {
    const node = testNode({ images: [{ name: "web:v1", ...image }] });
    node.api.create("configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings", namespace: "default" },
      data: { a: "1" },
    });
    node.run({ restartPolicy: "Always", containers: [web(container)] });
    node.kernel.runUntil(1900);
    const [status] = node.pod().status.containerStatuses!;
    expect(status).toMatchObject({ ready: false, state: { waiting: { reason, message } } });
    const failed = node.events.find(({ event }) => event.reason === "Failed")!.event;
    expect([failed.type, failed.message]).toEqual(["Warning", `Error: ${message}`]);
    if (reason !== "RunContainerError") return;
    expect(status!.lastState.terminated).toMatchObject({
      exitCode: 128,
      reason: "StartError",
      message,
      startedAt: "1970-01-01T00:00:00Z",
    });
  });

  it.each<[string, Partial<Container>]>([
    ["a reference that is optional", { envFrom: [{ secretRef: { name: "no", optional: true } }] }],
    ["a program of the image's own", { command: ["/app/web", "--port=80"] }],
    ["a program on its path", { command: ["web"] }],
  ])("unless it is %s", (_, container) => {
    const node = testNode({ images: [{ name: "web:v1", programs: ["/app/web"] }] });
    node.run({ containers: [web(container)] });
    node.kernel.runUntil(3000);
    expect(node.pod().status.phase).toBe("Running");
  });

  it("starts once its ConfigMap is there, with the sync after the next ten seconds", () => {
    const node = testNode();
    node.run({ containers: [web({ envFrom: [{ configMapRef: { name: "late" } }] })] });
    node.kernel.runUntil(5000);
    node.api.create("configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "late", namespace: "default" },
    });
    node.kernel.runUntil(20_000);
    expect(Math.floor(node.eventAt("Started")! / 1000)).toBe(11);
  });
});

describe("a container that passes its memory limit", () => {
  const images = [{ name: "web:v1", oom: { afterMs: 2000 } }];

  it("ends with OOMKilled and 137, without hook or signal, and is started again", () => {
    const node = testNode({ images });
    const lifecycle = { preStop: { exec: { command: ["sleep", "5"] } } };
    node.run({ restartPolicy: "Always", containers: [web({ lifecycle })] });
    node.kernel.runUntil(3500);
    expect(node.pod().status.containerStatuses?.[0]).toMatchObject({
      restartCount: 0,
      state: { terminated: { exitCode: 137, reason: "OOMKilled" } },
    });
    expect(node.decided("kubelet.oom-killed")[0]?.values).toEqual({
      container: "web",
      ranMs: 2000,
    });
    expect(node.decided("kubelet.hook-start")).toEqual([]);
    node.kernel.runUntil(30_000);
    expect(node.pod().status.containerStatuses?.[0]).toMatchObject({
      restartCount: 2,
      lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } },
    });
  });

  it("fails the pod when it never restarts", () => {
    const node = testNode({ images });
    node.run({ restartPolicy: "Never", containers: [web()] });
    node.kernel.runUntil(5000);
    expect(node.pod().status.phase).toBe("Failed");
  });
});

it.each(["sleep 15", "/bin/sleep 15"])("a hook with the command [%j] fails at once", (word) => {
  const node = testNode();
  const lifecycle = { preStop: { exec: { command: [word] } } };
  node.run({ terminationGracePeriodSeconds: 30, containers: [web({ lifecycle })] });
  node.kernel.runUntil(5000);
  node.api.delete("pods", "default", "web");
  node.kernel.runUntil(20_000);
  const failed = node.events.find(({ event }) => event.reason === "FailedPreStopHook");
  expect([failed?.event.type, failed?.event.message]).toEqual(["Warning", "PreStopHook failed"]);
  const [decision] = node.decided("kubelet.hook-failed");
  expect(decision?.values.reason).toContain(`unable to start container process: exec: "${word}": `);
  expect(node.decided("kubelet.stop-signal")[0]?.atMs).toBe(decision?.atMs);
  expect(node.warnings).toEqual([]);
});

describe("a volume that can not be mounted", () => {
  const mounts = (node: ReturnType<typeof testNode>) => {
    const failed = node.events.filter(({ event }) => event.reason === "FailedMount");
    return failed.map(({ atMs, event }) => `${atMs - failed[0]!.atMs} ${event.message}`);
  };

  it("is tried again at ever longer intervals, and the pod starts once it is there", () => {
    const node = testNode();
    node.run({
      containers: [web()],
      volumes: [{ name: "config", configMap: { name: "app", items: [{ key: "a", path: "a" }] } }],
    });
    node.kernel.runUntil(2000);
    expect(node.pod().status.containerStatuses![0]!.state.waiting?.reason).toBe(
      "ContainerCreating",
    );
    node.api.create("configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "app" },
      data: { b: "" },
    });
    node.kernel.runUntil(4000);
    const config = node.api.get("configmaps", "default", "app");
    node.api.update("configmaps", { ...config, data: { a: "" } });
    node.kernel.runUntil(9000);
    const failed = 'MountVolume.SetUp failed for volume "config" : ';
    expect(mounts(node)).toEqual([
      `0 ${failed}configmap "app" not found`,
      `500 ${failed}configmap "app" not found`,
      `1500 ${failed}configmap "app" not found`,
      `3500 ${failed}configmap references non-existent config key: a`,
    ]);
    expect(node.eventAt("Started")).toBe(7500 + node.eventAt("FailedMount")!);
  });

  it.each<[string, Volume, string | undefined]>([
    ["a secret", { name: "v", secret: { secretName: "s" } }, 'secret "s" not found'],
    [
      "one that may be missing",
      { name: "v", secret: { secretName: "s", optional: true } },
      undefined,
    ],
    [
      "several sources",
      {
        name: "v",
        projected: { sources: [{ secret: { name: "s" } }, { configMap: { name: "m" } }] },
      },
      '[secret "s" not found, configmap "m" not found]',
    ],
  ])("%s", (_, volume, why) => {
    const node = testNode();
    node.run({ containers: [web()], volumes: [volume] });
    node.kernel.runUntil(100);
    const [first] = mounts(node);
    expect(first).toBe(why && `0 MountVolume.SetUp failed for volume "v" : ${why}`);
  });
});
