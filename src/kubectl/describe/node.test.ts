import { expect, it } from "vitest";
import { ApiRouter, ApiServer, Kernel } from "../../simulator/index.ts";
import { kubectl } from "../kubectl.ts";
import { runAtOnce } from "../program.ts";

it("a node's events are those of its controller, by its uid, and those of its kubelet, by its name", () => {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  const { metadata } = api.create("nodes", {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "node-1" },
    spec: {},
    status: {},
  });
  for (const [uid, reason] of [
    [metadata.uid, "NodeNotReady"],
    ["node-1", "NodeReady"],
    ["of-another", "RemovingNode"],
  ] as const) {
    api.create("events", {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: reason.toLowerCase(), namespace: "default" },
      involvedObject: { kind: "Node", name: "node-1", uid },
      type: "Normal",
      reason,
      message: `now: ${reason}`,
      count: 1,
      firstTimestamp: "2026-01-01T00:00:00Z",
      lastTimestamp: "2026-01-01T00:00:00Z",
      source: { component: "test" },
      reportingComponent: "test",
    });
  }
  const world = { api: new ApiRouter(api), now: () => 0, read: () => undefined, hasEditor: false };
  const { output } = runAtOnce(kubectl(["describe", "node", "node-1"], world));
  expect(output.match(/now: \w+/g)).toEqual(["now: NodeNotReady", "now: NodeReady"]);
});

it("a node's share is what its pods take at most, sidecars and init containers counted as they run", () => {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  const allocatable = { cpu: "1", memory: "1Gi" };
  api.create("nodes", {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "node-1" },
    spec: { podCIDR: "10.244.0.0/24" },
    status: { capacity: allocatable, allocatable },
  });
  const of = (name: string, cpu: string) => ({
    name,
    image: name,
    resources: { requests: { cpu } },
  });
  api.create("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "default" },
    spec: {
      nodeName: "node-1",
      initContainers: [{ ...of("side", "100m"), restartPolicy: "Always" }, of("init", "300m")],
      containers: [of("web", "200m")],
    },
    status: {},
  });
  const world = { api: new ApiRouter(api), now: () => 0, read: () => undefined, hasEditor: false };
  const { output } = runAtOnce(kubectl(["describe", "node", "node-1"], world));
  expect(output).toMatch(/\n {2}cpu +400m \(40%\) +0 \(0%\)\n/);
  expect(output).toMatch(/\n {2}ephemeral-storage +0 \(0%\) +0 \(0%\)\n/);
  expect(output).toMatch(/\nPodCIDR: +10\.244\.0\.0\/24\n/);
});
