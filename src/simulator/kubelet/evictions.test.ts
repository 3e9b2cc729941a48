import { describe, expect, it } from "vitest";
import { ofType } from "../api/find.ts";
import type { Container } from "../api/types.ts";
import type { NodePressure } from "../scenario.ts";
import { testNode, web } from "./test-node.ts";

const PRESSURE: NodePressure = { atMs: 20_000, node: "node-1", resource: "memory", pods: 1 };
const requests = (memory: string): Partial<Container> => ({ resources: { requests: { memory } } });

/** Pods a, b, c… with these containers on a node under pressure. */
function evictedOf(
  containers: readonly Partial<Container>[],
  pressure: Partial<NodePressure> = {},
  priorities: readonly number[] = [],
) {
  const node = testNode({ pressures: [{ ...PRESSURE, ...pressure }] });
  containers.forEach((container, i) => {
    const value = priorities[i];
    const priorityClassName = value === undefined ? "" : `class-${i}`;
    if (value !== undefined) {
      node.api.create("priorityclasses", {
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        metadata: { name: priorityClassName },
        value,
      });
    }
    node.run({ priorityClassName, containers: [web(container)] }, String.fromCharCode(97 + i));
  });
  node.kernel.runUntil(60_000);
  const names = node.events
    .filter(({ event }) => event.reason === "Evicted")
    .map(({ atMs, event }) => `${Math.floor(atMs / 1000)} ${event.involvedObject.name}`);
  return { node, names };
}

describe("a node that runs out of memory", () => {
  it("evicts a pod: Failed, with reason, message, condition and event in Kubernetes' words", () => {
    const { node } = evictedOf([{}]);
    const { status } = node.pod("a");
    expect(status.phase).toBe("Failed");
    expect(status.reason).toBe("Evicted");
    expect(status.message).toMatch(
      /^The node was low on resource: memory\. Threshold quantity: 100Mi, available: \d+Ki\. Container web was using \d+Ki, request is 0, has larger consumption of memory\. $/,
    );
    expect(status.conditions?.find((c) => c.type === "DisruptionTarget")).toMatchObject({
      status: "True",
      reason: "TerminationByKubelet",
      message: status.message,
    });
    expect(status.conditions?.find((c) => c.type === "Ready")).toMatchObject({
      status: "False",
      reason: "PodFailed",
    });
    const said = node.events.map(({ event }) => [event.type, event.reason, event.message]);
    expect(said.slice(-4)).toEqual([
      [
        "Normal",
        "NodeHasInsufficientMemory",
        "Node node-1 status is now: NodeHasInsufficientMemory",
      ],
      ["Warning", "EvictionThresholdMet", "Attempting to reclaim memory"],
      ["Warning", "Evicted", status.message],
      ["Normal", "Killing", "Stopping container web"],
    ]);
  });

  it("gives it one second, of which its hook takes what it can, and two for its signal", () => {
    const lifecycle = { preStop: { exec: { command: ["sleep", "5"] } } };
    const { node } = evictedOf([{ lifecycle }]);
    const [signal] = node.decided("kubelet.stop-signal");
    expect(signal).toMatchObject({
      atMs: 21_000,
      values: { graceSeconds: 1, remainingSeconds: 2 },
    });
  });

  it("keeps the pod running in the eyes of others until its containers have ended", () => {
    const node = testNode({
      pressures: [PRESSURE],
      images: [{ name: "web:v1", onSigterm: { mode: "ignore" } }],
    });
    node.run({ containers: [web()] });
    node.kernel.runUntil(21_500);
    expect(node.pod().status.phase).toBe("Running");
    expect(ofType(node.pod().status.conditions, "DisruptionTarget")).toBeUndefined();
    node.kernel.runUntil(23_000);
    const { status } = node.pod();
    expect(status).toMatchObject({ phase: "Failed", reason: "Evicted" });
    // Killed at 22 s, one for its grace and one that each kill has; told of by the patch a little later.
    const { lastTransitionTime } = ofType(status.conditions, "DisruptionTarget")!;
    expect(lastTransitionTime).toBe(ofType(status.conditions, "Ready")!.lastTransitionTime);
    expect(node.pod().status.containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 137,
      reason: "Error",
    });
  });

  it("leaves the pod to be deleted, and then forgets it", () => {
    const { node } = evictedOf([{}]);
    node.api.delete("pods", "default", "a");
    node.kernel.runUntil(61_000);
    expect(node.api.find("pods", "default", "a")).toBeUndefined();
    expect(node.kubelet.state.pods.size).toBe(0);
  });

  it("takes a pod away that is deleted just as it is refused", () => {
    const { node } = evictedOf([{}]);
    node.run({ containers: [web()] }, "refused");
    node.api.delete("pods", "default", "refused");
    expect(node.pod("refused").metadata.deletionTimestamp).toBeDefined();
    node.kernel.runUntil(70_000);
    expect(node.events.map(({ event }) => event.message)).toContain(
      "The node had condition: [MemoryPressure]. ",
    );
    expect(node.api.find("pods", "default", "refused")).toBeUndefined();
  });

  it.each<[string, Partial<Container>[], Partial<NodePressure>, number[], string[]]>([
    ["more than it asked for first", [requests("8Gi"), {}, requests("9Gi")], {}, [], ["20 b"]],
    ["the lower priority first", [{}, {}, {}], {}, [10, 5, 10], ["20 b"]],
    ["never one that the system needs", [{}, {}], { pods: 2 }, [2_000_000_000, 1], ["20 b"]],
    [
      "one every ten seconds",
      [requests("8Gi"), {}, requests("9Gi")],
      { pods: 3 },
      [],
      ["20 b", "30 a", "40 c"],
    ],
  ])("takes %s", (_, containers, pressure, priorities, expected) => {
    expect(evictedOf(containers, pressure, priorities).names).toEqual(expected);
  });

  it("says so in the node's condition for five minutes, and takes no pod that asks for nothing", () => {
    const { node } = evictedOf([{}]);
    const condition = () =>
      node.api
        .get("nodes", "", "node-1")
        .status.conditions?.find((c) => c.type === "MemoryPressure");
    expect(condition()).toMatchObject({ status: "True", reason: "KubeletHasInsufficientMemory" });
    node.run({ containers: [web()] }, "refused");
    node.run({ containers: [web(requests("1Gi"))] }, "taken");
    node.kernel.runUntil(70_000);
    expect(node.pod("refused").status).toMatchObject({
      phase: "Failed",
      reason: "Evicted",
      message: "Pod was rejected: The node had condition: [MemoryPressure]. ",
    });
    expect(node.pod("refused").status.containerStatuses).toBeUndefined();
    expect(node.pod("taken").status.phase).toBe("Running");
    node.kernel.runUntil(340_000);
    expect(condition()).toMatchObject({ status: "False", reason: "KubeletHasSufficientMemory" });
    node.run({ containers: [web()] }, "late");
    node.kernel.runUntil(350_000);
    expect(node.pod("late").status.phase).toBe("Running");
  });
});

it("a node without storage takes no pod at all", () => {
  const { node, names } = evictedOf([requests("1Gi")], { resource: "ephemeral-storage" });
  expect(names).toEqual(["20 a"]);
  expect(node.pod("a").status.message).toContain("low on resource: ephemeral-storage.");
  node.run({ containers: [web(requests("1Gi"))] }, "refused");
  node.kernel.runUntil(70_000);
  expect(node.pod("refused").status.message).toContain("[DiskPressure]");
});
