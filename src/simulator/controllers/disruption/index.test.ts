import { describe, expect, it } from "vitest";
import { evict } from "../../api/router/subresources/eviction.ts";
import { isStatus } from "../../api/status-error.ts";
import type { PodDisruptionBudgetSpec } from "../../api/types.ts";
import { deploymentController } from "../deployment/index.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { disruptionController } from "./index.ts";

/** A Deployment `web` of four pods at rest, and a budget for it. */
function guarded(spec: Partial<PodDisruptionBudgetSpec>, goneMs = 2000) {
  const cluster = new ToyCluster(
    [deploymentController, replicaSetController, disruptionController],
    { times: { readyMs: 3000, goneMs } },
  );
  cluster.deploy({ replicas: 4 });
  cluster.run(10_000);
  budget(cluster, spec);
  cluster.run(1000);
  return cluster;
}

function budget(cluster: ToyCluster, spec: Partial<PodDisruptionBudgetSpec>) {
  cluster.api.create("poddisruptionbudgets", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web" },
    spec: { selector: { matchLabels: { app: "web" } }, ...spec },
  });
}

const status = (cluster: ToyCluster) =>
  cluster.api.get("poddisruptionbudgets", "default", "web").status!;
const podNames = (cluster: ToyCluster) => cluster.api.list("pods").map((p) => p.metadata.name);

/** The reason for which the eviction of the first pod is refused, if it is. */
function evictFirst(cluster: ToyCluster): string | undefined {
  const pod = cluster.api.list("pods").find((p) => p.metadata.deletionTimestamp === undefined)!;
  try {
    evict(cluster.api, "default", pod.metadata.name);
  } catch (error) {
    if (isStatus(error)) return error.reason;
    throw error;
  }
  return undefined;
}

describe("the status of a budget over 4 ready pods", () => {
  it.each([
    { spec: { minAvailable: 3 }, desired: 3, allowed: 1 },
    { spec: { minAvailable: 6 }, desired: 6, allowed: 0 },
    { spec: { minAvailable: "50%" }, desired: 2, allowed: 2 },
    { spec: { minAvailable: "51%" }, desired: 3, allowed: 1 },
    { spec: { maxUnavailable: 1 }, desired: 3, allowed: 1 },
    { spec: { maxUnavailable: "30%" }, desired: 2, allowed: 2 },
    { spec: { maxUnavailable: 9 }, desired: 0, allowed: 4 },
  ])("$spec: $desired needed, $allowed allowed", ({ spec, desired, allowed }) => {
    expect(status(guarded(spec))).toMatchObject({
      observedGeneration: 1,
      expectedPods: 4,
      currentHealthy: 4,
      desiredHealthy: desired,
      disruptionsAllowed: allowed,
      conditions: [
        {
          type: "DisruptionAllowed",
          status: allowed > 0 ? "True" : "False",
          reason: allowed > 0 ? "SufficientPods" : "InsufficientPods",
        },
      ],
    });
  });

  it("a percentage goes by the Deployment's size, not by its pods", () => {
    const cluster = guarded({ minAvailable: "50%" });
    cluster.kubelet.neverReady = () => true;
    cluster.change((spec) => ({ ...spec, replicas: 8 }));
    cluster.run(5000);
    expect(status(cluster)).toMatchObject({
      expectedPods: 8,
      currentHealthy: 4,
      desiredHealthy: 4,
    });
  });
});

describe("evictions under a budget", () => {
  it("go one at a time, and again when the replacement is ready", () => {
    const cluster = guarded({ minAvailable: 3 });
    expect(evictFirst(cluster)).toBeUndefined();
    expect(evictFirst(cluster)).toBe("TooManyRequests");
    cluster.run(1500);
    expect(status(cluster)).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 0 });
    expect(evictFirst(cluster)).toBe("TooManyRequests");
    cluster.run(5000);
    expect(status(cluster)).toMatchObject({ currentHealthy: 4, disruptionsAllowed: 1 });
    expect(status(cluster).disruptedPods).toBeUndefined();
    expect(evictFirst(cluster)).toBeUndefined();
  });

  it("that delete nothing are forgotten after two minutes", () => {
    const cluster = guarded({ minAvailable: 3 });
    const { api } = cluster;
    const current = api.get("poddisruptionbudgets", "default", "web");
    const [name = ""] = podNames(cluster);
    api.updateStatus("poddisruptionbudgets", {
      ...current,
      status: {
        ...current.status,
        disruptionsAllowed: 0,
        disruptedPods: { [name]: "1970-01-01T00:00:11Z" },
      },
    });
    const lost = status(cluster).disruptedPods;
    cluster.run(100_000);
    expect(lost === undefined ? 0 : Object.keys(lost).length).toBe(1);
    cluster.run(30_000);
    expect(status(cluster).disruptedPods).toBeUndefined();
  });
});

describe("a budget that cannot be worked out", () => {
  it("without pods says so", () => {
    const cluster = new ToyCluster([disruptionController]);
    budget(cluster, { minAvailable: 1 });
    cluster.run(1000);
    expect(cluster.eventsOf("PodDisruptionBudget")).toEqual(["NoPods No matching pods found"]);
    expect(status(cluster)).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0 });
  });

  it.each([
    { owner: "DaemonSet", text: "daemonsets.apps does not implement the scale subresource" },
    { owner: "ReplicaSet", text: 'found no controllers for pod "lone"' },
  ])("of pods of a $owner that cannot be asked fails and allows nothing", ({ owner, text }) => {
    const cluster = new ToyCluster([disruptionController]);
    cluster.api.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: "lone",
        labels: { app: "web" },
        ownerReferences: [
          { apiVersion: "apps/v1", kind: owner, name: "x", uid: "u", controller: true },
        ],
      },
      spec: { containers: [{ name: "web", image: "web:1" }] },
      status: {},
    });
    budget(cluster, { maxUnavailable: 1 });
    cluster.run(1000);
    expect(cluster.eventsOf("PodDisruptionBudget")).toEqual([
      `CalculateExpectedPodCountFailed Failed to calculate the number of expected pods: ${text}`,
    ]);
    expect(status(cluster).conditions).toMatchObject([
      { type: "DisruptionAllowed", status: "False", reason: "SyncFailed", message: text },
    ]);
  });

  it("of pods without a controller counts what it can, and warns", () => {
    const cluster = new ToyCluster([disruptionController]);
    cluster.api.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "lone", labels: { app: "web" } },
      spec: { containers: [{ name: "web", image: "web:1" }] },
      status: {},
    });
    budget(cluster, { maxUnavailable: 1 });
    cluster.run(1000);
    expect(cluster.eventsOf("PodDisruptionBudget")[0]).toMatch(
      /^UnmanagedPods Pods selected by this PodDisruptionBudget \(selector: &LabelSelector\{MatchLabels:map\[string\]string\{app: web,\},MatchExpressions:\[\]LabelSelectorRequirement\{\},\}\) were found to be unmanaged\./,
    );
  });
});
