import { describe, expect, it, vi } from "vitest";
import { ApiServer } from "../../api/server.ts";
import { StatusError } from "../../api/status-error.ts";
import type { Pod, ReplicaSet } from "../../api/types.ts";
import { garbageCollector } from "../garbage-collector/index.ts";
import { deploymentController } from "../deployment/index.ts";
import { endpointSliceController } from "../endpoint-slice/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { replicaSetController } from "./index.ts";

function clusterWith(replicas: number, options: ConstructorParameters<typeof ToyCluster>[1] = {}) {
  const cluster = new ToyCluster([replicaSetController], options);
  createReplicaSet(cluster, "web", replicas);
  return cluster;
}

function createReplicaSet(cluster: ToyCluster, name: string, replicas: number): void {
  cluster.api.create("replicasets", {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: "web", image: "web:1" }] },
      },
    },
    status: { replicas: 0 },
  });
}

function replicaSet(cluster: ToyCluster, name = "web"): ReplicaSet {
  return cluster.api.get("replicasets", "default", name);
}

function scale(cluster: ToyCluster, replicas: number): void {
  const current = replicaSet(cluster);
  cluster.api.update("replicasets", { ...current, spec: { ...current.spec, replicas } });
}

function relabel(cluster: ToyCluster, pod: Pod, labels: Record<string, string>): void {
  const current = cluster.api.get("pods", "default", pod.metadata.name);
  cluster.api.update("pods", { ...current, metadata: { ...current.metadata, labels } });
}

const active = (cluster: ToyCluster) =>
  cluster.api.list("pods").filter((pod) => pod.metadata.deletionTimestamp === undefined);

describe("a ReplicaSet", () => {
  it("creates its pods in batches of 1, 2, 4 and the rest", () => {
    const cluster = clusterWith(10);
    const created = new Map<number, number>();
    cluster.api.observe(({ resource, type }) => {
      const at = cluster.kernel.now;
      if (resource === "pods" && type === "ADDED") created.set(at, (created.get(at) ?? 0) + 1);
    });
    cluster.run(5000);
    expect([...created.values()]).toEqual([1, 2, 4, 3]);
    expect(replicaSet(cluster).status).toMatchObject({
      replicas: 10,
      fullyLabeledReplicas: 10,
      readyReplicas: 10,
      availableReplicas: 10,
      observedGeneration: 1,
    });
    expect(cluster.eventsOf("ReplicaSet")).toHaveLength(10);
    expect(cluster.eventsOf("ReplicaSet")[0]).toMatch(/^SuccessfulCreate Created pod: web-\w{5}$/);
  });

  it("is held to twenty calls a second after a burst of thirty", () => {
    const cluster = clusterWith(130);
    cluster.run(3000);
    const early = cluster.api.list("pods").length;
    expect(early).toBeGreaterThan(30 + 50);
    expect(early).toBeLessThanOrEqual(30 + 60);
    cluster.run(7000);
    expect(active(cluster)).toHaveLength(130);
  });

  it("deletes pods that are not ready first, and tells by which rule", () => {
    const cluster = clusterWith(4);
    cluster.run(5000);
    cluster.kubelet.neverReady = () => true;
    scale(cluster, 6);
    cluster.run(5000);
    scale(cluster, 4);
    cluster.run(5000);
    const ready = active(cluster).filter((pod) => pod.status.phase === "Running");
    expect(ready).toHaveLength(4);
    const decision = cluster.decisions.entries.find(
      ({ code }) => code === "replicaset.delete-pods",
    );
    expect(decision?.values).toMatchObject({ count: 2, active: 6, desired: 4, rule: "pending" });
    expect(cluster.eventsOf("ReplicaSet").at(-1)).toMatch(
      /^SuccessfulDelete Deleted pod: web-\w{5}$/,
    );
  });

  it("replaces a pod as soon as its deletion is accepted", () => {
    const cluster = clusterWith(2);
    cluster.run(5000);
    const [victim] = active(cluster);
    cluster.api.delete("pods", "default", victim!.metadata.name);
    cluster.run(500);
    expect(cluster.api.list("pods")).toHaveLength(3);
    cluster.run(5000);
    expect(cluster.api.list("pods")).toHaveLength(2);
  });

  it("releases a pod whose labels no longer match, and adopts it when they do again", () => {
    const cluster = clusterWith(2);
    cluster.run(5000);
    const [pod] = active(cluster);
    relabel(cluster, pod!, { app: "debug" });
    cluster.run(5000);
    expect(active(cluster)).toHaveLength(3);
    expect(cluster.api.get("pods", "default", pod!.metadata.name).metadata.ownerReferences).toBe(
      undefined,
    );
    relabel(cluster, pod!, { app: "web" });
    cluster.run(5000);
    expect(active(cluster)).toHaveLength(2);
    expect(active(cluster).every((p) => p.metadata.ownerReferences?.length === 1)).toBe(true);
  });

  it("tells that it can't create pods, and tries again", () => {
    const cluster = clusterWith(0);
    cluster.run(1000);
    const text = 'pods "web-x" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=0';
    const create = vi.spyOn(cluster.api, "create").mockImplementation((resource, ...rest) => {
      if (resource === "pods") throw new StatusError("Forbidden", text);
      return ApiServer.prototype.create.call(cluster.api, resource, ...rest) as never;
    });
    scale(cluster, 2);
    cluster.run(2000);
    expect(replicaSet(cluster).status.conditions).toMatchObject([
      {
        type: "ReplicaFailure",
        status: "True",
        reason: "FailedCreate",
        message: text,
      },
    ]);
    create.mockRestore();
    cluster.run(20_000);
    expect(active(cluster)).toHaveLength(2);
    expect(replicaSet(cluster).status.conditions).toBeUndefined();
  });
});

describe("a snapshot in mid-rollout", () => {
  it("goes on as it would have gone on", () => {
    const cluster = new ToyCluster([
      deploymentController,
      replicaSetController,
      endpointSliceController({
        endpointSlice: { kind: "measured", spread: { min: 1, median: 52, max: 201 } },
      }),
      garbageCollector,
    ]);
    cluster.api.create("services", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
    });
    cluster.deploy({ replicas: 60 });
    cluster.run(15_000);
    cluster.setImage("web:2");
    cluster.run(777);
    const snapshot = cluster.kernel.snapshot();
    const finish = () => {
      cluster.run(60_000);
      return JSON.stringify([
        cluster.kernel.processed,
        cluster.api.list("pods"),
        cluster.replicaSets,
        cluster.api.list("endpointslices"),
        cluster.api.list("events"),
        cluster.decisions.entries,
      ]);
    };
    const first = finish();
    cluster.kernel.restore(snapshot);
    expect(finish()).toBe(first);
    expect(cluster.deployment.status.updatedReplicas).toBe(60);
  });
});
