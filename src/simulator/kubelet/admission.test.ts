import { expect, it } from "vitest";
import type { Container, PodSpec } from "../api/types.ts";
import { testNode, web, type TestNode } from "./test-node.ts";

const asks = (requests: Record<string, string>) => web({ resources: { requests } });
const port: Partial<Container> = { ports: [{ containerPort: 80, hostPort: 80 }] };

/** A node of eight cores on which a pod with these containers runs. */
function nodeWith(first: Container): TestNode {
  const node = testNode({ pressures: [] });
  node.run({ containers: [first] }, "first");
  node.kernel.runUntil(5000);
  return node;
}

it.each<[string, Container, Partial<PodSpec>, string, string]>([
  [
    "cores",
    asks({ cpu: "7", memory: "1Gi" }),
    { containers: [asks({ memory: "32Gi", cpu: "1500m" })] },
    "OutOfcpu",
    "Node didn't have enough resource: cpu, requested: 1500, used: 7000, capacity: 8000",
  ],
  [
    "memory",
    asks({ memory: "31Gi" }),
    { containers: [asks({ memory: "2Gi" })] },
    "OutOfmemory",
    "Node didn't have enough resource: memory, requested: 2147483648, used: 33285996544, capacity: 34359738368",
  ],
  [
    "a port",
    web(port),
    { containers: [web(port)] },
    "NodePorts",
    "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
  ],
  [
    "its label",
    web(),
    { containers: [web()], nodeSelector: { disk: "ssd" } },
    "NodeAffinity",
    "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  ],
])("a node without %s turns a pod away", (_, first, spec, reason, message) => {
  const node = nodeWith(first);
  node.run({ containers: [], ...spec }, "second");
  node.kernel.runUntil(6000);
  expect(node.pod("second").status).toEqual({
    phase: "Failed",
    reason,
    message: `Pod was rejected: ${message}`,
    startTime: "2026-01-01T00:00:05Z",
    qosClass: node.pod("second").status.qosClass,
  });
  expect(node.events.at(-1)?.event).toMatchObject({ type: "Warning", reason, message });
});

it("a node with a taint NoExecute turns away what does not tolerate it", () => {
  const node = nodeWith(web());
  const object = node.api.get("nodes", "", "node-1");
  const taints = [{ key: "maintenance", effect: "NoExecute" }];
  node.api.update("nodes", { ...object, spec: { ...object.spec, taints } });
  node.run({ containers: [web()] }, "second");
  node.run({ containers: [web()], tolerations: [{ operator: "Exists" }] }, "third");
  node.kernel.runUntil(10_000);
  expect(node.pod("second").status.message).toBe(
    "Pod was rejected: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
  );
  expect(node.pod("third").status.phase).toBe("Running");
});

it("a node counts pods that are ending, and none that have ended", () => {
  const node = nodeWith(
    web({
      resources: { requests: { cpu: "8" } },
      lifecycle: { preStop: { sleep: { seconds: 10 } } },
    }),
  );
  node.api.delete("pods", "default", "first");
  node.run({ containers: [asks({ cpu: "1" })] }, "second");
  node.kernel.runUntil(20_000);
  node.run({ containers: [asks({ cpu: "8" })] }, "third");
  node.kernel.runUntil(30_000);
  expect(node.pod("second").status.reason).toBe("OutOfcpu");
  expect(node.pod("third").status.phase).toBe("Running");
});

it("a node tells of its being cordoned within ten seconds, when it next reports", () => {
  const node = testNode({ pressures: [] });
  const cordon = (unschedulable: boolean, untilMs: number) => {
    const object = node.api.get("nodes", "", "node-1");
    node.api.update("nodes", { ...object, spec: { ...object.spec, unschedulable } });
    node.kernel.runUntil(untilMs);
  };
  cordon(true, 11_000);
  cordon(false, 11_001);
  cordon(true, 30_000);
  cordon(false, 41_000);
  expect(node.events.map(({ event }) => [event.involvedObject, event.message])).toEqual(
    ["NodeNotSchedulable", "NodeSchedulable"].map((reason) => [
      { kind: "Node", name: "node-1", uid: "node-1" },
      `Node node-1 status is now: ${reason}`,
    ]),
  );
});
