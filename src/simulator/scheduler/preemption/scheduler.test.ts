/* Preemption in a cluster. */
import { describe, expect, it } from "vitest";
import type { PodSpec } from "../../api/types.ts";
import { deploymentController } from "../../controllers/deployment/index.ts";
import { disruptionController } from "../../controllers/disruption/index.ts";
import { replicaSetController } from "../../controllers/replica-set/index.ts";
import { ToyCluster } from "../../controllers/testing/cluster.ts";

const CONTROLLERS = [deploymentController, replicaSetController, disruptionController];

/** Nodes of four cores, and classes. */
function cluster(nodes = 1): ToyCluster {
  const made = new ToyCluster(CONTROLLERS, { nodes: 0 });
  for (let i = 1; i <= nodes; i += 1) made.addNode(`node-${i}`, { cpu: "4" });
  for (const [name, value, preemptionPolicy] of [
    ["low", 10, undefined],
    ["high", 1000, undefined],
    ["patient", 1000, "Never"],
  ] as const) {
    made.api.create("priorityclasses", {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name },
      value,
      ...(preemptionPolicy === undefined ? {} : { preemptionPolicy }),
    });
  }
  made.run(100);
  return made;
}

function create(
  { api }: ToyCluster,
  name: string,
  cpu: string,
  priorityClassName?: string,
  spec: Partial<PodSpec> = {},
): void {
  api.create("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: name } },
    spec: {
      containers: [{ name: "web", image: "web:1", resources: { requests: { cpu } } }],
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
      ...spec,
    },
    status: {},
  });
}

const podOf = ({ api }: ToyCluster, name: string) => api.find("pods", "default", name);
const eventsOf = ({ api }: ToyCluster, name: string, reason: string) =>
  api
    .list("events")
    .filter((event) => event.involvedObject.name === name && event.reason === reason)
    .map(({ message }) => message);

describe("a pod for which there is no room", () => {
  it("has a less important one deleted, waits for its end, and takes its place", () => {
    const made = cluster();
    create(made, "batch", "3");
    made.run(3000);
    create(made, "shop", "2", "high");
    made.run(100);
    const batch = podOf(made, "batch")!;
    const shop = podOf(made, "shop")!;
    expect(batch.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(batch.status.conditions).toContainEqual({
      type: "DisruptionTarget",
      status: "True",
      lastProbeTime: null,
      lastTransitionTime: expect.any(String) as string,
      reason: "PreemptionByScheduler",
      message: "default-scheduler: preempting to accommodate a higher priority pod",
    });
    expect(eventsOf(made, "batch", "Preempted")).toEqual([
      `Preempted by pod ${shop.metadata.uid} on node node-1`,
    ]);
    expect(shop.status.nominatedNodeName).toBe("node-1");
    expect(eventsOf(made, "shop", "FailedScheduling")).toEqual([
      "0/1 nodes are available: 1 Insufficient cpu.",
    ]);
    expect(made.decisions.entries.find(({ code }) => code === "scheduler.preempt")?.values).toEqual(
      {
        node: "node-1",
        count: 1,
        pods: "batch",
        violations: 0,
        candidates: 1,
      },
    );
    made.run(10_000);
    expect(podOf(made, "batch")).toBeUndefined();
    expect(podOf(made, "shop")?.spec.nodeName).toBe("node-1");
  });

  it("leaves the others alone where its class says so, and is told why", () => {
    const made = cluster();
    create(made, "batch", "3");
    made.run(3000);
    create(made, "shop", "2", "patient");
    made.run(1000);
    expect(podOf(made, "batch")?.metadata.deletionTimestamp).toBeUndefined();
    expect(eventsOf(made, "shop", "FailedScheduling")[0]).toBe(
      "0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.",
    );
    expect(podOf(made, "shop")?.status.nominatedNodeName).toBeUndefined();
  });

  it("is told of each node why nothing is preempted there", () => {
    const made = cluster(3);
    create(made, "guard", "3", "high", { nodeName: "node-1" });
    create(made, "small", "1", undefined, { nodeName: "node-2" });
    create(made, "large", "3", "high", { nodeName: "node-2" });
    const node = made.api.get("nodes", "", "node-3");
    made.api.update("nodes", { ...node, spec: { unschedulable: true } });
    made.run(1000);
    create(made, "shop", "2", "high");
    made.run(500);
    expect(eventsOf(made, "shop", "FailedScheduling")).toEqual([
      "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Insufficient cpu, 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
    ]);
  });

  it("does not preempt more while its victims leave", () => {
    const made = cluster(2);
    create(made, "slow", "3", undefined, { terminationGracePeriodSeconds: 60 });
    create(made, "other", "3");
    create(made, "tiny", "500m");
    made.run(3000);
    create(made, "shop", "2", "high");
    made.run(100);
    const first = made.api.list("pods").filter(({ metadata }) => metadata.deletionTimestamp);
    expect(first).toHaveLength(1);
    // A pod that goes wakes the one that waits, which finds its victim still there.
    made.api.delete("pods", "default", "tiny", { gracePeriodSeconds: 0 });
    made.run(1500);
    expect(eventsOf(made, "shop", "FailedScheduling").at(-1)).toContain(
      "preemption: not eligible due to a terminating pod on the nominated node.",
    );
    expect(podOf(made, "shop")?.status.nominatedNodeName).toBe(first[0]!.spec.nodeName);
    const leaving = made.api.list("pods").filter(({ metadata }) => metadata.deletionTimestamp);
    expect(leaving).toHaveLength(1);
  });
});

describe("room that is being made", () => {
  /** A victim on its way out of the only node, for `shop`, which wants two of four cores. */
  function waiting(): ToyCluster {
    const made = cluster();
    create(made, "batch", "4");
    made.run(3000);
    create(made, "shop", "3", "low");
    made.run(100);
    expect(podOf(made, "shop")?.status.nominatedNodeName).toBe("node-1");
    return made;
  }

  it("is not given to a pod of the same or a lower priority", () => {
    const made = waiting();
    create(made, "late", "2", "low");
    create(made, "later", "2");
    made.run(15_000);
    expect(podOf(made, "shop")?.spec.nodeName).toBe("node-1");
    for (const name of ["late", "later"]) expect(podOf(made, name)?.spec.nodeName).toBeUndefined();
  });

  it("goes to a more important pod, and the nomination with it", () => {
    const made = waiting();
    create(made, "urgent", "3", "high");
    made.run(100);
    expect(podOf(made, "urgent")?.status.nominatedNodeName).toBe("node-1");
    expect(podOf(made, "shop")?.status.nominatedNodeName).toBeUndefined();
    made.run(15_000);
    expect(podOf(made, "urgent")?.spec.nodeName).toBe("node-1");
    expect(podOf(made, "shop")?.spec.nodeName).toBeUndefined();
  });

  it("is free again for others when its pod is deleted", () => {
    const made = waiting();
    made.api.delete("pods", "default", "shop");
    create(made, "later", "2");
    made.run(15_000);
    expect(podOf(made, "later")?.spec.nodeName).toBe("node-1");
  });
});

it("the more important of waiting pods is placed first", () => {
  const made = cluster(0);
  for (const [name, priority] of [
    ["a", undefined],
    ["b", "low"],
    ["c", "high"],
  ] as const) {
    create(made, name, "3", priority);
  }
  made.run(2000);
  made.addNode("node-1", { cpu: "4" });
  made.run(15_000);
  expect(podOf(made, "c")?.spec.nodeName).toBe("node-1");
  for (const name of ["a", "b"]) expect(podOf(made, name)?.spec.nodeName).toBeUndefined();
});

it("a Deployment's pods are replaced elsewhere or wait, while a more important one rolls out", () => {
  const made = cluster(2);
  const deploy = (name: string, replicas: number, priorityClassName: string) =>
    made.api.create("deployments", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name },
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            priorityClassName,
            containers: [{ name: "web", image: "web:1", resources: { requests: { cpu: "2" } } }],
          },
        },
      },
      status: {},
    });
  deploy("batch", 4, "low");
  made.run(20_000);
  deploy("shop", 2, "high");
  made.run(60_000);
  const available = (name: string) =>
    made.api.get("deployments", "default", name).status.availableReplicas;
  expect([available("shop"), available("batch")]).toEqual([2, 2]);
  const pending = made.api.list("pods").filter(({ spec }) => !spec.nodeName);
  expect(pending.map(({ metadata }) => metadata.labels?.app)).toEqual(["batch", "batch"]);
});
