import { describe, expect, it } from "vitest";
import type { PodSpec } from "../api/types.ts";
import { ToyCluster } from "../controllers/testing/cluster.ts";
import { deploymentController } from "../controllers/deployment/index.ts";
import { replicaSetController } from "../controllers/replica-set/index.ts";

function emptyCluster(nodes = 3): ToyCluster {
  return new ToyCluster([deploymentController, replicaSetController], { nodes });
}

function createPod(cluster: ToyCluster, name: string, spec: Partial<PodSpec> = {}): void {
  cluster.api.create("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "web", image: "web:1" }], ...spec },
    status: {},
  });
}

function requesting(cpu: string): Partial<PodSpec> {
  return { containers: [{ name: "web", image: "web:1", resources: { requests: { cpu } } }] };
}

const nodeOf = (cluster: ToyCluster, pod: string) =>
  cluster.api.get("pods", "default", pod).spec.nodeName;

/** The last FailedScheduling text, and what the pod's condition says. */
function refusal(cluster: ToyCluster, pod: string): (string | undefined)[] {
  const { conditions = [] } = cluster.api.get("pods", "default", pod).status;
  const condition = conditions.find((c) => c.type === "PodScheduled");
  return [cluster.eventsOf("Pod").at(-1), `${condition?.status} ${condition?.reason}`];
}

describe("kube-scheduler", () => {
  it("binds a pod within some milliseconds, and says so", () => {
    const cluster = emptyCluster();
    cluster.run(100);
    createPod(cluster, "a");
    cluster.run(100);
    const node = nodeOf(cluster, "a");
    expect(node).toMatch(/^node-[123]$/);
    expect(cluster.eventsOf("Pod")).toEqual([
      `Scheduled Successfully assigned default/a to ${node}`,
    ]);
    expect(cluster.decisions.entries[0]).toMatchObject({
      code: "scheduler.bind",
      object: "pod/a",
      values: { node, feasible: 3, nodes: 3 },
    });
  });

  it.each([1, 2, 3, 4, 5])("spreads the pods of a ReplicaSet over the nodes, seed %i", (seed) => {
    const cluster = new ToyCluster([deploymentController, replicaSetController], { seed });
    cluster.deploy({ replicas: 9 });
    cluster.run(5000);
    const perNode = new Map<string, number>();
    for (const { spec } of cluster.api.list("pods")) {
      perNode.set(spec.nodeName!, (perNode.get(spec.nodeName!) ?? 0) + 1);
    }
    expect([...perNode.values()]).toEqual([3, 3, 3]);
  });

  it("tells why no node can take a pod, and tries again when one comes", () => {
    const cluster = emptyCluster(0);
    for (const name of ["node-1", "node-2", "node-3"]) cluster.addNode(name, { cpu: "1" });
    cluster.run(100);
    createPod(cluster, "large", requesting("1500m"));
    cluster.run(500);
    expect(refusal(cluster, "large")).toEqual([
      "FailedScheduling 0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
      "False Unschedulable",
    ]);
    cluster.addNode("node-4", { cpu: "2" });
    cluster.run(2000);
    expect(nodeOf(cluster, "large")).toBe("node-4");
  });

  it("gives a port of a node to one pod at a time, and address by address", () => {
    const onPort = (hostPort: number, hostIP?: string): Partial<PodSpec> => ({
      containers: [
        { name: "web", image: "web:1", ports: [{ containerPort: 80, hostPort, hostIP }] },
      ],
    });
    const cluster = emptyCluster(1);
    cluster.run(100);
    createPod(cluster, "first", onPort(80));
    createPod(cluster, "other", onPort(81, "127.0.0.1"));
    createPod(cluster, "beside", onPort(81, "10.0.0.1"));
    cluster.run(500);
    createPod(cluster, "second", onPort(80));
    createPod(cluster, "any", onPort(81));
    createPod(cluster, "same", onPort(81, "10.0.0.1"));
    cluster.run(500);
    for (const pod of ["first", "other", "beside"]) expect(nodeOf(cluster, pod)).toBe("node-1");
    for (const pod of ["second", "any", "same"]) expect(nodeOf(cluster, pod)).toBeUndefined();
    expect(refusal(cluster, "same")).toEqual([
      "FailedScheduling 0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
      "False Unschedulable",
    ]);
    cluster.api.delete("pods", "default", "first", { gracePeriodSeconds: 0 });
    cluster.run(3000);
    expect(nodeOf(cluster, "second")).toBe("node-1");
    expect(nodeOf(cluster, "same")).toBeUndefined();
  });

  it("counts what runs already, until it is gone", () => {
    const cluster = emptyCluster(0);
    cluster.addNode("node-1", { cpu: "1" });
    cluster.run(100);
    createPod(cluster, "first", requesting("800m"));
    cluster.run(3000);
    createPod(cluster, "second", requesting("300m"));
    cluster.run(3000);
    expect(nodeOf(cluster, "second")).toBeUndefined();
    cluster.api.delete("pods", "default", "first");
    cluster.run(1000);
    expect(nodeOf(cluster, "second")).toBeUndefined();
    cluster.run(5000);
    expect(nodeOf(cluster, "second")).toBe("node-1");
  });

  it("heeds taints, nodeSelector, cordons and the number of pods, each in upstream's words", () => {
    const cluster = emptyCluster(0);
    for (const name of ["tainted", "cordoned", "other", "full"]) {
      cluster.addNode(name, name === "full" ? { pods: "0" } : {});
    }
    const change = (
      name: string,
      spec: object,
      labels: Record<string, string> = { disk: "ssd" },
    ) => {
      const node = cluster.api.get("nodes", "", name);
      const metadata = { ...node.metadata, labels: { ...node.metadata.labels, ...labels } };
      cluster.api.update("nodes", { ...node, metadata, spec: { ...node.spec, ...spec } });
    };
    change("tainted", { taints: [{ key: "gpu", value: "true", effect: "NoSchedule" }] });
    change("cordoned", { unschedulable: true });
    change("full", {});
    cluster.run(100);
    createPod(cluster, "picky", { nodeSelector: { disk: "ssd" } });
    cluster.run(500);
    expect(refusal(cluster, "picky")[0]).toBe(
      "FailedScheduling 0/4 nodes are available: 1 Too many pods, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {gpu: true}, 1 node(s) were unschedulable. preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.",
    );
    const tolerations = [{ key: "gpu", operator: "Exists" }];
    createPod(cluster, "tolerant", { nodeSelector: { disk: "ssd" }, tolerations });
    cluster.run(500);
    expect(nodeOf(cluster, "tolerant")).toBe("tainted");
    change("cordoned", { unschedulable: false });
    cluster.run(2000);
    expect(nodeOf(cluster, "picky")).toBe("cordoned");
  });
});
