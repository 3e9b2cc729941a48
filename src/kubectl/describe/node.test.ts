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
