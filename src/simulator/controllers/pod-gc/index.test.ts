import { describe, expect, it } from "vitest";
import type { Node } from "../../api/types.ts";
import { deploymentController } from "../deployment/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { podGarbageCollector } from "./index.ts";

/** Three pods on three nodes, at rest. */
function running() {
  const cluster = new ToyCluster(
    [deploymentController, replicaSetController, podGarbageCollector],
    { nodes: 3 },
  );
  cluster.deploy({ replicas: 3 });
  cluster.run(20_000);
  return cluster;
}

const nodesOf = (cluster: ToyCluster) =>
  cluster.api
    .list("pods")
    .map((pod) => pod.spec.nodeName)
    .toSorted();

describe("pods of a node that was deleted", () => {
  it("are deleted after 40 to 60 seconds, and replaced on another node", () => {
    const cluster = running();
    cluster.api.delete("nodes", "", "node-1");
    cluster.run(39_000);
    expect(nodesOf(cluster)).toContain("node-1");
    cluster.run(25_000);
    expect(nodesOf(cluster)).toHaveLength(3);
    expect(nodesOf(cluster)).not.toContain("node-1");
  });

  it("stay when the node is back in time", () => {
    const cluster = running();
    const { metadata, ...node }: Node = cluster.api.get("nodes", "", "node-1");
    cluster.api.delete("nodes", "", "node-1");
    cluster.run(10_000);
    cluster.api.create("nodes", { ...node, metadata: { name: metadata.name } });
    cluster.run(100_000);
    expect(nodesOf(cluster)).toEqual(["node-1", "node-2", "node-3"]);
  });
});
