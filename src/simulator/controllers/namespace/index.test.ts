import { describe, expect, it } from "vitest";
import type { Namespace } from "../../api/types.ts";
import { deploymentController } from "../deployment/index.ts";
import { garbageCollector } from "../garbage-collector/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { namespaceController } from "./index.ts";

/** A cluster with a Deployment of three pods in the namespace `shop`. */
function shop(): ToyCluster {
  const cluster = new ToyCluster([
    deploymentController,
    replicaSetController,
    garbageCollector,
    namespaceController,
  ]);
  const { api } = cluster;
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  const { metadata: _default, ...web } = cluster.deploy();
  api.create("deployments", { ...web, metadata: { name: "web", namespace: "shop" } });
  cluster.run(10_000);
  return cluster;
}

const namespaceOf = (cluster: ToyCluster): Namespace | undefined =>
  cluster.api.find("namespaces", "", "shop");

const conditionsOf = (cluster: ToyCluster) =>
  (namespaceOf(cluster)?.status?.conditions ?? [])
    .filter(({ status }) => status === "True")
    .map(({ type, reason, message }) => `${type} ${reason} ${message}`);

describe("deleting a namespace", () => {
  it("is only marked at first, and takes nothing new", () => {
    const cluster = shop();
    cluster.api.delete("namespaces", "", "shop");
    expect(namespaceOf(cluster)?.status?.phase).toBe("Terminating");
    expect(() =>
      cluster.api.create("configmaps", {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "settings", namespace: "shop" },
      }),
    ).toThrow(
      'configmaps "settings" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
  });

  it("is emptied after five seconds, waits for its pods, and then goes", () => {
    const cluster = shop();
    const { api } = cluster;
    api.delete("namespaces", "", "shop");
    cluster.run(4900);
    expect(api.list("pods", "shop")).toHaveLength(3);
    cluster.run(500);
    expect(api.list("deployments", "shop")).toEqual([]);
    expect(conditionsOf(cluster)).toEqual([
      "NamespaceContentRemaining SomeResourcesRemain Some resources are remaining: pods. has 3 resource instances",
    ]);
    // Its own change of the status brings it back after five seconds, sooner than half of the pods' grace.
    cluster.run(4000);
    expect(api.list("pods", "shop")).toEqual([]);
    expect(namespaceOf(cluster)).toBeDefined();
    cluster.run(2000);
    expect(namespaceOf(cluster)).toBeUndefined();
    expect(api.list("events", "shop")).toEqual([]);
  });

  it("leaves other namespaces alone", () => {
    const cluster = shop();
    const before = cluster.api.list("pods", "default").map(({ metadata }) => metadata.uid);
    cluster.api.delete("namespaces", "", "shop");
    cluster.run(30_000);
    expect(cluster.api.list("pods").map(({ metadata }) => metadata.uid)).toEqual(before);
  });

  it("waits for finalizers of its content", () => {
    const cluster = shop();
    const { api } = cluster;
    api.create("configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "kept", namespace: "shop", finalizers: ["example.com/keep"] },
    });
    api.delete("namespaces", "", "shop");
    cluster.run(60_000);
    expect(conditionsOf(cluster)).toEqual([
      "NamespaceContentRemaining SomeResourcesRemain Some resources are remaining: configmaps. has 1 resource instances",
      "NamespaceFinalizersRemaining SomeFinalizersRemain Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances",
    ]);
    const kept = api.get("configmaps", "shop", "kept");
    api.update("configmaps", { ...kept, metadata: { ...kept.metadata, finalizers: [] } });
    cluster.run(10_000);
    expect(namespaceOf(cluster)).toBeUndefined();
  });
});
