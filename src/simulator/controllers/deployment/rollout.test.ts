import { describe, expect, it } from "vitest";
import type { Deployment, IntOrString, Pod } from "../../api/types.ts";
import { replicaSetController } from "../replica-set/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { getCondition } from "../workload-conditions.ts";
import { deploymentController } from "./index.ts";
import { isPodActive, isPodReady } from "../pod-status.ts";
import { REVISION, ROLLBACK_TO } from "./revisions.ts";

const CONTROLLERS = [deploymentController, replicaSetController];

/** A Deployment that runs its first image. */
function running(
  spec: Parameters<ToyCluster["deploy"]>[0],
  options: ConstructorParameters<typeof ToyCluster>[1] = {},
): ToyCluster {
  const cluster = new ToyCluster(CONTROLLERS, options);
  cluster.deploy(spec);
  cluster.run(15_000);
  return cluster;
}

function rollingUpdate(maxSurge: IntOrString, maxUnavailable: IntOrString) {
  return { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } } };
}

function progressing(deployment: Deployment): string {
  const condition = getCondition(deployment.status.conditions, "Progressing");
  return `${condition?.status} ${condition?.reason} ${condition?.message}`;
}

/** Fewest available and most non-terminating pods from now on. */
function watchBounds(cluster: ToyCluster): { minAvailable: number; maxPods: number } {
  const bounds = { minAvailable: Infinity, maxPods: 0 };
  cluster.api.observe(({ resource }) => {
    if (resource !== "pods") return;
    const active = cluster.api.list("pods").filter((pod: Pod) => isPodActive(pod));
    bounds.maxPods = Math.max(bounds.maxPods, active.length);
    bounds.minAvailable = Math.min(bounds.minAvailable, active.filter(isPodReady).length);
  });
  return bounds;
}

describe("a rolling update", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("of ten at 25%/25% begins as recorded, seed %i", (seed) => {
    const cluster = running({ replicas: 10 }, { seed });
    const sizes = cluster.recordSizes();
    const bounds = watchBounds(cluster);
    cluster.setImage("web:2");
    cluster.run(60_000);
    expect(sizes.slice(0, 3)).toEqual(["10,3", "8,3", "8,5"]);
    expect(sizes.at(-1)).toBe("0,10");
    expect(bounds).toEqual({ minAvailable: 8, maxPods: 13 });
  });

  // [replicas, maxSurge, maxUnavailable, sizes at first, in all at least, at most]
  const bounded: [number, IntOrString, IntOrString, string[], number, number][] = [
    [1, "25%", "25%", ["1,1", "0,1"], 1, 2],
    [3, "25%", "25%", ["3,1", "2,1", "2,2", "1,2", "1,3", "0,3"], 3, 4],
    [4, "25%", "25%", ["4,1", "3,1", "3,2"], 3, 5],
    [4, 0, 1, ["4,0", "3,0", "3,1"], 3, 4],
    [4, "100%", 0, ["4,4"], 4, 8],
    [2, "0%", "1%", ["2,0", "1,0", "1,1"], 1, 2],
  ];
  it.each(bounded)(
    "of %i with maxSurge %s and maxUnavailable %s",
    (replicas, maxSurge, maxUnavailable, first, min, max) => {
      for (let seed = 1; seed <= 10; seed += 1) {
        const times = { jitterMs: 1500 };
        const cluster = running(
          { replicas, ...rollingUpdate(maxSurge, maxUnavailable) },
          { seed, times },
        );
        const sizes = cluster.recordSizes();
        const bounds = watchBounds(cluster);
        cluster.setImage("web:2");
        cluster.run(60_000);
        expect(sizes.slice(0, first.length)).toEqual(first);
        expect(sizes.at(-1)).toBe(`0,${replicas}`);
        expect(bounds.minAvailable).toBeGreaterThanOrEqual(min);
        expect(bounds.maxPods).toBeLessThanOrEqual(max);
      }
    },
  );

  it("tells its events, revision and condition in upstream's words", () => {
    const cluster = running({ replicas: 1 });
    const [first] = cluster.replicaSets;
    cluster.setImage("web:2");
    cluster.run(20_000);
    const [, second] = cluster.replicaSets;
    const [old, current] = [first!.metadata.name, second!.metadata.name];
    expect(old).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{6,10}$/);
    expect(cluster.eventsOf("Deployment")).toEqual([
      `ScalingReplicaSet Scaled up replica set ${old} from 0 to 1`,
      `ScalingReplicaSet Scaled up replica set ${current} from 0 to 1`,
      `ScalingReplicaSet Scaled down replica set ${old} from 1 to 0`,
    ]);
    expect(cluster.deployment.metadata.annotations).toEqual({ [REVISION]: "2" });
    expect(second!.metadata.annotations).toEqual({
      [REVISION]: "2",
      "deployment.kubernetes.io/desired-replicas": "1",
      "deployment.kubernetes.io/max-replicas": "2",
    });
    expect(progressing(cluster.deployment)).toBe(
      `True NewReplicaSetAvailable ReplicaSet "${current}" has successfully progressed.`,
    );
  });

  it("gives reasons in numbers, and tells why it waits once", () => {
    const cluster = running({ replicas: 3 });
    const before = cluster.decisions.length;
    cluster.setImage("web:2");
    cluster.run(3000);
    const told = cluster.decisions.entries
      .slice(before)
      .filter(({ actor }) => actor === "deployment-controller")
      .map(({ code, values: { replicaSet: _name, ...values } }) => [code, values]);
    expect(told.slice(0, 4)).toEqual([
      ["deployment.new-replica-set", { revision: 2 }],
      ["deployment.scale-up-new", { from: 0, to: 1, total: 3, max: 4 }],
      ["deployment.wait-surge", { total: 4, max: 4 }],
      ["deployment.wait-available", { available: 3, min: 3, unavailableNew: 1 }],
    ]);
  });

  it("waits for minReadySeconds before a pod counts as available", () => {
    const cluster = running({ replicas: 2, minReadySeconds: 5 });
    const sizes: [number, string][] = [];
    const start = cluster.kernel.now;
    cluster.api.observe(({ resource }) => {
      if (resource !== "replicasets") return;
      const now = cluster.replicaSets.map((rs) => rs.spec.replicas).join(",");
      if (sizes.at(-1)?.[1] !== now) sizes.push([cluster.kernel.now - start, now]);
    });
    cluster.setImage("web:2");
    cluster.run(60_000);
    expect(sizes.map(([, size]) => size)).toEqual(["2,1", "1,1", "1,2", "0,2"]);
    const secondStep = sizes[1]![0];
    expect(secondStep).toBeGreaterThan(7000);
    expect(secondStep).toBeLessThan(9500);
  });
});

describe("a rollout that is interrupted", () => {
  it("by a new template gives up the half-made ReplicaSet at once", () => {
    const cluster = running({ replicas: 10 });
    cluster.setImage("web:2");
    cluster.run(1000);
    const sizes = cluster.recordSizes();
    cluster.setImage("web:3");
    cluster.run(60_000);
    expect(sizes[0]).toBe("8,5,0");
    expect(sizes[1]).toBe("8,0,0");
    expect(sizes.at(-1)).toBe("0,0,10");
  });

  it("by a bad image stops, exceeds its deadline, and stays above its bound", () => {
    const cluster = running({ replicas: 4, progressDeadlineSeconds: 20 });
    cluster.kubelet.neverReady = (pod) => pod.spec.containers[0]?.image === "web:bad";
    const bounds = watchBounds(cluster);
    cluster.setImage("web:bad");
    cluster.run(19_000);
    expect(progressing(cluster.deployment)).toMatch(/^True ReplicaSetUpdated/);
    cluster.run(5000);
    const name = cluster.replicaSets[1]!.metadata.name;
    expect(progressing(cluster.deployment)).toBe(
      `False ProgressDeadlineExceeded ReplicaSet "${name}" has timed out progressing.`,
    );
    expect(cluster.replicaSets.map((rs) => rs.spec.replicas)).toEqual([3, 2]);
    expect(bounds.minAvailable).toBe(3);
    cluster.setImage("web:1");
    cluster.run(20_000);
    expect(cluster.replicaSets.map((rs) => rs.spec.replicas)).toEqual([4, 0]);
    expect(cluster.replicaSets[0]!.metadata.annotations).toMatchObject({
      [REVISION]: "3",
      "deployment.kubernetes.io/revision-history": "1",
    });
    expect(progressing(cluster.deployment)).toMatch(/^True NewReplicaSetAvailable/);
  });

  it("by a change of replicas scales both ReplicaSets in proportion", () => {
    const cluster = running({ replicas: 10 });
    cluster.setImage("web:2");
    cluster.run(1000);
    const sizes = cluster.recordSizes();
    cluster.change((spec) => ({ ...spec, replicas: 20 }));
    cluster.run(60_000);
    expect(sizes.slice(0, 2)).toEqual(["15,5", "15,10"]);
    expect(sizes.at(-1)).toBe("0,20");
  });

  it("by a pause stands still until it is resumed", () => {
    const cluster = running({ replicas: 4 });
    cluster.setImage("web:2");
    cluster.run(1000);
    cluster.change((spec) => ({ ...spec, paused: true }));
    cluster.run(10_000);
    const paused = cluster.replicaSets.map((rs) => rs.spec.replicas);
    expect(paused).toEqual([3, 2]);
    expect(progressing(cluster.deployment)).toBe("Unknown DeploymentPaused Deployment is paused");
    cluster.change((spec) => ({ ...spec, paused: false }));
    cluster.run(30_000);
    expect(cluster.replicaSets.map((rs) => rs.spec.replicas)).toEqual([0, 4]);
  });
});

describe("Recreate", () => {
  it("waits until all old pods are gone, then creates all new ones", () => {
    const cluster = running({ replicas: 3, strategy: { type: "Recreate" } });
    const sizes = cluster.recordSizes();
    const bounds = watchBounds(cluster);
    cluster.setImage("web:2");
    cluster.run(1900);
    expect(sizes).toEqual(["0"]);
    expect(cluster.api.list("pods")).toHaveLength(3);
    cluster.run(20_000);
    expect(sizes).toEqual(["0", "0,3"]);
    expect(bounds).toEqual({ minAvailable: 0, maxPods: 3 });
    const codes = cluster.decisions.entries.map(({ code }) => code);
    expect(codes).toContain("deployment.recreate-wait");
    expect(codes).toContain("deployment.recreate-create");
  });
});

describe("old ReplicaSets", () => {
  it("are kept up to revisionHistoryLimit, and can be rolled back to", () => {
    const cluster = running({ replicas: 1, revisionHistoryLimit: 2 });
    for (const image of ["web:2", "web:3", "web:4"]) {
      cluster.setImage(image);
      cluster.run(15_000);
    }
    const revisions = () => cluster.replicaSets.map((rs) => rs.metadata.annotations?.[REVISION]);
    expect(revisions()).toEqual(["2", "3", "4"]);
    const { deployment } = cluster;
    cluster.api.update("deployments", {
      ...deployment,
      metadata: {
        ...deployment.metadata,
        annotations: { ...deployment.metadata.annotations, [ROLLBACK_TO]: "2" },
      },
    });
    cluster.run(15_000);
    expect(cluster.deployment.spec.template.spec.containers[0]?.image).toBe("web:2");
    expect(cluster.deployment.metadata.annotations).toEqual({ [REVISION]: "5" });
    expect(revisions()).toEqual(["5", "3", "4"]);
    expect(cluster.eventsOf("Deployment")).toContain(
      'DeploymentRollback Rolled back deployment "web" to revision 2',
    );
  });
});

describe("a name that another ReplicaSet has", () => {
  it("counts as a collision, and another hash is taken", () => {
    const first = running({ replicas: 1 });
    const { name } = first.replicaSets[0]!.metadata;
    const cluster = new ToyCluster(CONTROLLERS);
    cluster.api.create("replicasets", {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: "other" } },
        template: {
          metadata: { labels: { app: "other" } },
          spec: { containers: [{ name: "web", image: "web:1" }] },
        },
      },
      status: { replicas: 0 },
    });
    cluster.deploy({ replicas: 1 });
    cluster.run(15_000);
    const [foreign, own, ...others] = cluster.replicaSets;
    expect(others).toEqual([]);
    expect(foreign!.metadata.name).toBe(name);
    expect(own!.metadata.name).toMatch(/^web-[a-z0-9]+$/);
    expect(own!.metadata.name).not.toBe(name);
    expect(cluster.deployment.status).toMatchObject({ collisionCount: 1, availableReplicas: 1 });
  });
});
