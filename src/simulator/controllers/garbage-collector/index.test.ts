import { describe, expect, it } from "vitest";
import { deploymentController } from "../deployment/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { garbageCollector } from "./index.ts";

function runningCluster(): ToyCluster {
  const cluster = new ToyCluster([deploymentController, replicaSetController, garbageCollector]);
  cluster.deploy();
  cluster.run(10_000);
  return cluster;
}

describe("deleting a Deployment", () => {
  it("in the background: the object goes at once, then its ReplicaSet, then its pods", () => {
    const cluster = runningCluster();
    cluster.api.delete("deployments", "default", "web", { propagationPolicy: "Background" });
    expect(cluster.api.find("deployments", "default", "web")).toBeUndefined();
    cluster.run(500);
    expect(cluster.replicaSets).toEqual([]);
    const pods = cluster.api.list("pods");
    expect(pods.map((pod) => pod.metadata.deletionTimestamp !== undefined)).toEqual([
      true,
      true,
      true,
    ]);
    cluster.run(5000);
    expect(cluster.api.list("pods")).toEqual([]);
  });

  it("in the foreground: the object is the last to go", () => {
    const cluster = runningCluster();
    cluster.api.delete("deployments", "default", "web", { propagationPolicy: "Foreground" });
    cluster.run(1000);
    expect(cluster.deployment.metadata.finalizers).toEqual(["foregroundDeletion"]);
    expect(cluster.replicaSets).toHaveLength(1);
    cluster.run(5000);
    expect(cluster.api.list("pods")).toEqual([]);
    expect(cluster.replicaSets).toEqual([]);
    expect(cluster.api.find("deployments", "default", "web")).toBeUndefined();
  });

  it("with orphans: its ReplicaSet and pods stay, and a new Deployment of that template adopts them", () => {
    const cluster = runningCluster();
    const pods = cluster.api.list("pods").map((pod) => pod.metadata.uid);
    cluster.api.delete("deployments", "default", "web", { propagationPolicy: "Orphan" });
    cluster.run(5000);
    expect(cluster.api.find("deployments", "default", "web")).toBeUndefined();
    expect(cluster.replicaSets[0]?.metadata.ownerReferences).toBeUndefined();
    cluster.deploy();
    cluster.run(5000);
    expect(cluster.replicaSets).toHaveLength(1);
    expect(cluster.replicaSets[0]?.metadata.ownerReferences?.[0]?.uid).toBe(
      cluster.deployment.metadata.uid,
    );
    expect(cluster.api.list("pods").map((pod) => pod.metadata.uid)).toEqual(pods);
  });
});
