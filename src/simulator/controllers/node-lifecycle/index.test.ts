import { describe, expect, it } from "vitest";
import { timestamp } from "../../api/time.ts";
import type { Node, Toleration } from "../../api/types.ts";
import { NodeHeartbeats } from "../../node-heartbeats.ts";
import { deploymentController } from "../deployment/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { taintEvictionController } from "../taint-eviction/index.ts";
import { toleratedTime } from "../taint-eviction/tolerated-time.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { nodeLifecycleController } from "./index.ts";
import { evictionRates } from "./zones.ts";

/** A cluster of Ready nodes with a Deployment of three pods, that has come to rest, and its heartbeats. */
function running(nodes = 3) {
  let heartbeats: NodeHeartbeats | undefined;
  const cluster = new ToyCluster(
    [
      deploymentController,
      replicaSetController,
      taintEvictionController,
      (context) =>
        nodeLifecycleController((heartbeats = new NodeHeartbeats(context.kernel)))(context),
    ],
    { nodes },
  );
  for (const node of cluster.api.list("nodes")) setReady(cluster, node);
  cluster.deploy({ replicas: 3 });
  cluster.run(20_000);
  return { cluster, heartbeats: heartbeats! };
}

function setReady(cluster: ToyCluster, node: Node): void {
  const at = timestamp(cluster.kernel.now);
  const others = (node.status.conditions ?? []).filter((c) => c.type !== "Ready");
  const ready = { type: "Ready", status: "True" as const, lastTransitionTime: at };
  cluster.api.updateStatus("nodes", {
    ...node,
    status: { ...node.status, conditions: [...others, ready] },
  });
}

const node = (cluster: ToyCluster, name = "node-1") => cluster.api.get("nodes", "", name);
const taints = (cluster: ToyCluster, name = "node-1") =>
  (node(cluster, name).spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
const podsOn = (cluster: ToyCluster, name: string) =>
  cluster.api.list("pods").filter((pod) => pod.spec.nodeName === name);

describe("a node whose kubelet falls silent", () => {
  it("becomes Unknown after 40 to 60 seconds, and its pods not Ready", () => {
    const { cluster, heartbeats } = running();
    heartbeats.stop("node-1");
    cluster.run(40_000);
    expect(taints(cluster)).toEqual([]);
    cluster.run(20_000);
    expect(node(cluster).status.conditions![0]).toMatchObject({
      type: "Ready",
      status: "Unknown",
      reason: "NodeStatusUnknown",
      message: "Kubelet stopped posting node status.",
    });
    expect(cluster.eventsOf("Node")).toEqual([
      "NodeNotReady Node node-1 status is now: NodeNotReady",
    ]);
    const [pod] = podsOn(cluster, "node-1");
    expect(pod!.status.conditions!.find((c) => c.type === "Ready")!.status).toBe("False");
    expect(cluster.eventsOf("Pod")).toContain("NodeNotReady Node is not ready");
  });

  it("is tainted, and after another 300 seconds its pods are replaced", () => {
    const { cluster, heartbeats } = running();
    const [lost] = podsOn(cluster, "node-1");
    heartbeats.stop("node-1");
    cluster.run(70_000);
    expect(taints(cluster)).toEqual([
      "node.kubernetes.io/unreachable:NoSchedule",
      "node.kubernetes.io/unreachable:NoExecute",
    ]);
    cluster.run(280_000);
    expect(cluster.api.find("pods", "default", lost!.metadata.name)).toBeDefined();
    cluster.run(25_000);
    expect(cluster.eventsOf("Pod")).toContain(
      `TaintManagerEviction Marking for deletion Pod default/${lost!.metadata.name}`,
    );
    expect(podsOn(cluster, "node-1")).toEqual([]);
    expect(podsOn(cluster, "node-2").length + podsOn(cluster, "node-3").length).toBe(3);
  });

  it("keeps its pods when it comes back in time", () => {
    const { cluster, heartbeats } = running();
    const [kept] = podsOn(cluster, "node-1");
    heartbeats.stop("node-1");
    cluster.run(100_000);
    heartbeats.resume("node-1");
    setReady(cluster, node(cluster));
    cluster.run(20_000);
    expect(taints(cluster)).toEqual([]);
    expect(cluster.eventsOf("Pod")).toContain(
      `TaintManagerEviction Cancelling deletion of Pod default/${kept!.metadata.name}`,
    );
    cluster.run(400_000);
    expect(podsOn(cluster, "node-1")).toHaveLength(1);
  });

  it("comes back after its pods were marked, which are marked once and mourned no further", () => {
    const { cluster, heartbeats } = running();
    const [lost] = podsOn(cluster, "node-1");
    // It does not end, since its kubelet is not heard of.
    const { name, uid } = lost!.metadata;
    const finalizers = ["example.com/kubelet"];
    const { metadata } = lost!;
    cluster.api.update("pods", { ...lost!, metadata: { ...metadata, finalizers } });
    heartbeats.stop("node-1");
    cluster.run(400_000);
    const marked = cluster.api.get("pods", "default", name);
    expect(marked.metadata).toMatchObject({ uid, deletionTimestamp: expect.any(String) as string });
    heartbeats.resume("node-1");
    setReady(cluster, node(cluster));
    cluster.run(20_000);
    expect(taints(cluster)).toEqual([]);
    cluster.api.update("pods", {
      ...cluster.api.get("pods", "default", name),
      metadata: { ...cluster.api.get("pods", "default", name).metadata, finalizers: [] },
    });
    cluster.run(10_000);
    const told = cluster.api.list("events").filter((e) => e.reason === "TaintManagerEviction");
    expect(told.map(({ message, count }) => `${count} ${message}`)).toEqual([
      `1 Marking for deletion Pod default/${name}`,
    ]);
    expect(told[0]!.involvedObject).toEqual({
      apiVersion: "v1",
      kind: "Pod",
      name,
      namespace: "default",
    });
  });

  it("that is deleted is told of at the controller's next look", () => {
    const { cluster } = running();
    const { uid } = node(cluster).metadata;
    cluster.api.delete("nodes", "", "node-1");
    cluster.run(6000);
    const told = cluster.api.list("events").find((e) => e.reason === "RemovingNode")!;
    expect(told).toMatchObject({
      message: "Node node-1 event: Removing Node node-1 from Controller",
      involvedObject: { kind: "Node", name: "node-1", uid },
    });
  });

  it("is the second to be tainted ten seconds after the first", () => {
    const { cluster, heartbeats } = running(5);
    heartbeats.stop("node-1");
    heartbeats.stop("node-2");
    cluster.run(90_000);
    const [first, second] = ["node-1", "node-2"].map((name) => {
      const taint = node(cluster, name).spec.taints!.find((t) => t.effect === "NoExecute")!;
      return Date.parse(taint.timeAdded!);
    });
    expect(Math.abs(second! - first!)).toBeGreaterThanOrEqual(10_000);
  });

  it("is not evicted from when all nodes are silent", () => {
    const { cluster, heartbeats } = running(2);
    heartbeats.stop("node-1");
    heartbeats.stop("node-2");
    cluster.run(500_000);
    expect(taints(cluster)).toEqual(["node.kubernetes.io/unreachable:NoSchedule"]);
    expect(cluster.api.list("pods")).toHaveLength(3);
  });
});

describe("a cordoned node", () => {
  it("is tainted while it is", () => {
    const { cluster } = running();
    const cordon = (unschedulable: boolean) => {
      const { spec, ...rest } = node(cluster);
      cluster.api.update("nodes", { ...rest, spec: { ...spec, unschedulable } });
      cluster.run(1000);
    };
    cordon(true);
    expect(taints(cluster)).toEqual(["node.kubernetes.io/unschedulable:NoSchedule"]);
    cordon(false);
    expect(taints(cluster)).toEqual([]);
  });
});

describe("evictionRates", () => {
  const nodes = (ready: number, silent: number): Node[] =>
    Array.from({ length: ready + silent }, (_, i) => ({
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: `n${i}`, uid: "", resourceVersion: "", creationTimestamp: null },
      spec: {},
      status: { conditions: [{ type: "Ready", status: i < ready ? "True" : "Unknown" }] },
    }));
  it.each([
    ["a healthy zone", { a: [3, 0] }, { a: 0.1 }],
    ["one node of three", { a: [2, 1] }, { a: 0.1 }],
    ["two of three, since more than two have to fail", { a: [1, 2] }, { a: 0.1 }],
    ["three of five", { a: [2, 3] }, { a: 0 }],
    ["most of a large zone", { a: [20, 40] }, { a: 0.01 }],
    ["a whole zone of two", { a: [0, 3], b: [3, 0] }, { a: 0.1, b: 0.1 }],
    ["all zones", { a: [0, 3], b: [0, 3] }, { a: 0, b: 0 }],
  ] as const)("%s", (_, zones, expected) => {
    const given = Object.entries(zones).map(
      ([zone, [ready, silent]]) => [zone, nodes(ready, silent)] as const,
    );
    expect(Object.fromEntries(evictionRates(new Map(given)))).toEqual(expected);
  });
});

describe("toleratedTime", () => {
  const taint = { key: "node.kubernetes.io/unreachable", effect: "NoExecute" };
  const tolerating = (tolerationSeconds?: number): Toleration => ({
    key: taint.key,
    operator: "Exists",
    effect: "NoExecute",
    ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
  });
  it.each<[string, readonly Toleration[], number | undefined]>([
    ["no time without a toleration", [], 0],
    ["the toleration's time", [tolerating(300)], 300_000],
    ["the shortest of several", [tolerating(300), tolerating(20)], 20_000],
    ["for ever without a time", [tolerating()], undefined],
    ["the time that one of them has", [tolerating(), tolerating(5)], 5000],
    ["no time for a negative one", [tolerating(-1)], 0],
  ])("%s", (_, tolerations, expected) => {
    expect(toleratedTime([taint], tolerations)).toBe(expected);
  });
});
