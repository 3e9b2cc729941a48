import { describe, expect, it } from "vitest";
import { timestamp } from "../api/time.ts";
import type { OwnerReference, Pod } from "../api/types.ts";
import { controllerRef } from "../controllers/controller-ref.ts";
import { ToyCluster } from "../controllers/testing/cluster.ts";
import { InvariantChecker } from "./invariants.ts";
import type { Outage } from "./removals.ts";

/** A cluster without controllers, in which the test does what a broken one would do. */
class Broken {
  readonly cluster = new ToyCluster([], { nodes: 3, times: { readyMs: 1e9, goneMs: 1e9 } });
  readonly checker: InvariantChecker;

  constructor(outages: readonly Outage[] = []) {
    const { api, kernel } = this.cluster;
    this.checker = new InvariantChecker(api, () => kernel.now, outages);
  }

  get found(): string[] {
    return this.checker.violations.map((v) => v.invariant);
  }

  pod(name: string, owner: OwnerReference | undefined, isReady: boolean, nodeName = "node-1"): Pod {
    const { api, kernel } = this.cluster;
    const pod = api.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, labels: { app: "x" }, ...(owner && { ownerReferences: [owner] }) },
      spec: { nodeName, containers: [{ name: "x", image: "x:1" }] },
      status: {},
    });
    const lastTransitionTime = timestamp(kernel.now);
    const ready = {
      type: "Ready",
      status: isReady ? "True" : "False",
      lastTransitionTime,
    } as const;
    const status = { phase: "Running", conditions: [ready] } as const;
    return api.updateStatus("pods", { ...pod, status });
  }

  delete(name: string): void {
    this.cluster.api.delete("pods", "default", name);
  }

  /** A set of that kind with a pod for each of `ready`. */
  set(kind: "StatefulSet" | "DaemonSet", ready: readonly boolean[], spec: object = {}) {
    const resource = kind === "StatefulSet" ? "statefulsets" : "daemonsets";
    const template = {
      metadata: { labels: { app: "x" } },
      spec: { containers: [{ name: "x", image: "x:1" }] },
    };
    const set = this.cluster.api.create(resource, {
      apiVersion: "apps/v1",
      kind,
      metadata: { name: "x" },
      spec: {
        selector: { matchLabels: { app: "x" } },
        template,
        ...(kind === "StatefulSet" ? { replicas: ready.length } : {}),
        ...spec,
      },
      status: {},
    } as never);
    const owner = controllerRef(set);
    ready.forEach((isReady, i) => this.pod(`x-${i}`, owner, isReady, `node-${i + 1}`));
    // What follows is no consequence of the set's creation.
    this.cluster.run(10_000);
    return owner;
  }
}

describe("a StatefulSet's pods", () => {
  it.each<[string, readonly boolean[], object, string[]]>([
    ["in their order", [true], {}, []],
    ["before the one below is Ready", [false], {}, ["out-of-order"]],
    ["in parallel", [false], { podManagementPolicy: "Parallel" }, []],
  ])("created %s", (_, ready, spec, found) => {
    const broken = new Broken();
    const owner = broken.set("StatefulSet", ready, { ...spec, replicas: 2 });
    broken.pod("x-1", owner, false);
    expect(broken.found).toEqual(found);
  });

  it.each<[string, readonly boolean[], object, string, string[]]>([
    ["one of the Ready", [true, true, true], {}, "x-2", []],
    ["while another is not Ready", [false, true, true], {}, "x-2", ["too-few-available"]],
    ["one that is not Ready", [false, true, true], {}, "x-0", []],
    [
      "while one below is not Ready, in parallel",
      [false, true, true],
      { podManagementPolicy: "Parallel" },
      "x-2",
      [],
    ],
    [
      "below the partition",
      [true, true, true],
      { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } },
      "x-1",
      ["too-few-available"],
    ],
    [
      "that nobody asked for",
      [true, true],
      { updateStrategy: { type: "OnDelete" } },
      "x-1",
      ["too-few-available"],
    ],
  ])("deleted: %s", (_, ready, spec, name, found) => {
    const broken = new Broken();
    broken.set("StatefulSet", ready, spec);
    broken.delete(name);
    expect(broken.found).toEqual(found);
  });
});

describe("a DaemonSet's pods", () => {
  it("leave no more nodes than maxUnavailable without one", () => {
    const broken = new Broken();
    broken.set("DaemonSet", [true, true, true]);
    broken.delete("x-0");
    expect(broken.found).toEqual([]);
    broken.delete("x-1");
    expect(broken.found).toEqual(["too-few-available"]);
  });

  it.each([
    { minReadySeconds: 60, found: [] },
    { minReadySeconds: 5, found: ["too-few-available"] },
  ])("may go while they are Ready and not available: $minReadySeconds s", (row) => {
    const broken = new Broken();
    broken.set("DaemonSet", [true, false, true], { minReadySeconds: row.minReadySeconds });
    broken.delete("x-0");
    expect(broken.found).toEqual(row.found);
  });

  it("are not expected on a node whose taint keeps them off", () => {
    const broken = new Broken();
    const { api } = broken.cluster;
    const node = api.get("nodes", "", "node-2");
    api.update("nodes", {
      ...node,
      spec: { ...node.spec, taints: [{ key: "gone", effect: "NoSchedule" }] },
    });
    broken.set("DaemonSet", [true, false, true]);
    broken.delete("x-0");
    expect(broken.found).toEqual([]);
    broken.delete("x-2");
    expect(broken.found).toEqual(["too-few-available"]);
  });

  it("are not expected at once on a node whose taint has gone", () => {
    const broken = new Broken();
    const { api } = broken.cluster;
    const node = api.get("nodes", "", "node-2");
    const spec = { ...node.spec, taints: [{ key: "gone", effect: "NoSchedule" as const }] };
    const tainted = api.update("nodes", { ...node, spec });
    broken.set("DaemonSet", [true, false, true]);
    api.update("nodes", { ...tainted, spec: node.spec });
    broken.delete("x-0");
    expect(broken.found).toEqual([]);
  });

  it("are not more on a node than maxSurge allows", () => {
    const broken = new Broken();
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    const updateStrategy = { type: "RollingUpdate", rollingUpdate };
    const owner = broken.set("DaemonSet", [true, true, true], { updateStrategy });
    broken.pod("x-3", owner, true, "node-1");
    expect(broken.found).toEqual([]);
    broken.delete("x-0");
    expect(broken.found).toEqual([]);
    broken.pod("x-4", owner, false, "node-2");
    broken.pod("x-5", owner, false, "node-3");
    expect(broken.found).toEqual(["too-many-pods"]);
  });

  it("come beside old ones that are not available, on however many nodes", () => {
    const broken = new Broken();
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    const updateStrategy = { type: "RollingUpdate", rollingUpdate };
    const owner = broken.set("DaemonSet", [false, true, false], { updateStrategy });
    broken.pod("x-3", owner, false, "node-1");
    broken.pod("x-4", owner, false, "node-3");
    expect(broken.found).toEqual([]);
  });
});

describe("a Deployment's available pods", () => {
  const spec = {
    replicas: 3,
    minReadySeconds: 5,
    selector: { matchLabels: { app: "x" } },
    template: {
      metadata: { labels: { app: "x" } },
      spec: { containers: [{ name: "x", image: "x:1" }] },
    },
  };

  it.each<[string, readonly number[], object, string[]]>([
    ["that its ReplicaSet tells of are needed", [2], {}, ["too-few-available"]],
    ["that it has slept over may be taken away", [1], {}, []],
    ["that it told of a moment ago may be taken away", [1, 2], {}, []],
    ["may be taken away while it is paused, by scaling", [2], { paused: true }, []],
  ])("%s", (_, told, change, found) => {
    const broken = new Broken();
    const { api } = broken.cluster;
    const strategy = { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } };
    const deployment = api.create("deployments", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "x" },
      spec: { ...spec, strategy, ...change },
      status: {},
    } as never);
    const replicaSet = api.create("replicasets", {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "x", ownerReferences: [controllerRef(deployment)] },
      spec,
      status: { replicas: 0 },
    });
    const owner = controllerRef(replicaSet);
    [true, true, false].forEach((isReady, i) => broken.pod(`x-${i}`, owner, isReady));
    broken.cluster.run(60_000);
    for (const availableReplicas of told) {
      const status = { replicas: 3, readyReplicas: 2, availableReplicas };
      api.updateStatus("replicasets", {
        ...replicaSet,
        metadata: { ...replicaSet.metadata, resourceVersion: "" },
        status,
      });
    }
    broken.delete("x-0");
    expect(broken.found).toEqual(found);
  });

  it.each([
    { size: 2, found: [] },
    { size: 3, found: ["too-few-available"] },
  ])("may be taken away by an update that comes while a ReplicaSet of 3 goes to $size", (row) => {
    const broken = new Broken();
    const { api } = broken.cluster;
    const strategy = { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
    const all = { ...spec, minReadySeconds: 0, strategy };
    const deployment = api.create("deployments", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "x" },
      spec: all,
      status: {},
    } as never);
    const replicaSet = api.create("replicasets", {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: "x", ownerReferences: [controllerRef(deployment)] },
      spec: { ...spec, minReadySeconds: 0 },
      status: { replicas: 0 },
    });
    [0, 1, 2].forEach((i) => broken.pod(`x-${i}`, controllerRef(replicaSet), true));
    const status = { replicas: 3, readyReplicas: 3, availableReplicas: 3 };
    const told = api.updateStatus("replicasets", { ...replicaSet, status });
    broken.cluster.run(60_000);
    api.update("replicasets", { ...told, spec: { ...told.spec, replicas: row.size } });
    const template = { ...spec.template, spec: { containers: [{ name: "x", image: "x:2" }] } };
    api.update("deployments", { ...deployment, spec: { ...all, template } } as never);
    broken.delete("x-0");
    expect(broken.found).toEqual(row.found);
  });
});

describe("a budget", () => {
  it.each([
    { minAvailable: 2, found: ["budget-exceeded"] },
    { minAvailable: 1, found: [] },
  ])("that needs $minAvailable of 2 pods", ({ minAvailable, found }) => {
    const broken = new Broken();
    const { api } = broken.cluster;
    const pod = broken.pod("x-0", undefined, true);
    broken.pod("x-1", undefined, true);
    api.create("poddisruptionbudgets", {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "x" },
      spec: { minAvailable, selector: { matchLabels: { app: "x" } } },
    });
    broken.cluster.run(10_000);
    const target = {
      type: "DisruptionTarget",
      status: "True" as const,
      reason: "EvictionByEvictionAPI",
    };
    const conditions = [...pod.status.conditions!, target];
    api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions } });
    broken.delete("x-0");
    expect(broken.found).toEqual(found);
  });
});

describe("a pod that stays after its grace period", () => {
  it.each([
    { outages: [], found: ["late-removal"] },
    { outages: [{ node: "node-1", fromMs: 0, untilMs: 300_000 }], found: [] },
    { outages: [{ node: "node-2", fromMs: 0, untilMs: 300_000 }], found: ["late-removal"] },
  ])("is noted unless its node is away: $outages", ({ outages, found }) => {
    const broken = new Broken(outages);
    broken.pod("x", undefined, true);
    broken.delete("x");
    broken.cluster.run(60_000);
    broken.checker.checkAtRest({ running: [], chosen: [], waiting: [] });
    expect(broken.found.filter((invariant) => invariant === "late-removal")).toEqual(found);
  });
});
