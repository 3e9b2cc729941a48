import { describe, expect, it } from "vitest";
import type { Pod, StatefulSet, StatefulSetSpec } from "../../api/types.ts";
import { garbageCollector } from "../garbage-collector/index.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { statefulSetController } from "./index.ts";

/** A cluster with a StatefulSet `db`; what becomes of its pods is told in order: `+0`, `-0`. */
class Sets extends ToyCluster {
  readonly changes: string[] = [];

  constructor(spec: Partial<StatefulSetSpec> = {}, seed = 1) {
    super([statefulSetController, garbageCollector], { seed });
    this.api.observe(({ resource, type, object, old }) => {
      if (resource !== "pods") return;
      const ordinal = object.metadata.name.replace(/^db-/, "");
      const goes = object.metadata.deletionTimestamp !== undefined;
      if (type === "ADDED") this.changes.push(`+${ordinal}`);
      else if (type === "MODIFIED" && goes && old?.metadata.deletionTimestamp === undefined) {
        this.changes.push(`-${ordinal}`);
      }
    });
    this.api.create("statefulsets", {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "db" },
      spec: {
        replicas: 3,
        serviceName: "db",
        selector: { matchLabels: { app: "db" } },
        template: template("db:1"),
        ...spec,
      },
      status: { replicas: 0 },
    });
  }

  get set(): StatefulSet {
    return this.api.get("statefulsets", "default", "db");
  }

  alter(spec: Partial<StatefulSetSpec>): void {
    this.api.update("statefulsets", { ...this.set, spec: { ...this.set.spec, ...spec } });
  }

  get images(): (string | undefined)[] {
    const pods = this.api
      .list("pods")
      .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    return pods.map((pod: Pod) => pod.spec.containers[0]?.image);
  }

  get revisions(): number[] {
    return this.api.list("controllerrevisions").map(({ revision }) => revision);
  }
}

function template(image: string) {
  return { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "db", image }] } };
}

describe("OrderedReady", () => {
  it("creates a pod when the one before it is Ready, and removes from the top, one after another", () => {
    const sets = new Sets();
    sets.run(1500);
    expect(sets.changes).toEqual(["+0"]);
    sets.run(8500);
    expect(sets.changes).toEqual(["+0", "+1", "+2"]);
    sets.alter({ replicas: 1 });
    sets.run(1500);
    expect(sets.changes.slice(3)).toEqual(["-2"]);
    sets.run(5000);
    expect(sets.changes.slice(3)).toEqual(["-2", "-1"]);
    expect(sets.set.status).toMatchObject({ replicas: 1, readyReplicas: 1, observedGeneration: 2 });
  });

  it("waits for minReadySeconds, too", () => {
    const sets = new Sets({ replicas: 2, minReadySeconds: 5 });
    sets.run(7000);
    expect(sets.changes).toEqual(["+0"]);
    // It looks every five seconds, and a later look that is asked for gives way to an earlier one: so up to five seconds late.
    sets.run(5000);
    expect(sets.changes).toEqual(["+0", "+1"]);
    const codes = sets.decisions.entries.map(({ code }) => code);
    expect(codes).toContain("statefulset.wait-available");
    sets.run(20_000);
    expect(sets.set.status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
  });

  it("begins at ordinals.start", () => {
    const sets = new Sets({ replicas: 2, ordinals: { start: 5 } });
    sets.run(8000);
    expect(sets.changes).toEqual(["+5", "+6"]);
  });

  it("replaces a pod that has ended, once it is gone", () => {
    const sets = new Sets({ replicas: 1 });
    sets.run(5000);
    const pod = sets.api.get("pods", "default", "db-0");
    sets.api.updateStatus("pods", { ...pod, status: { ...pod.status, phase: "Failed" } });
    sets.run(5000);
    expect(sets.changes.filter((change) => change === "+0")).toHaveLength(2);
    expect(sets.eventsOf("StatefulSet")).toContain(
      "SuccessfulDelete delete Pod db-0 in StatefulSet db successful",
    );
  });
});

describe("Parallel", () => {
  it("creates and removes all at once", () => {
    const sets = new Sets({ replicas: 4, podManagementPolicy: "Parallel" });
    sets.run(1000);
    expect(sets.changes).toEqual(["+0", "+1", "+2", "+3"]);
    sets.run(5000);
    sets.alter({ replicas: 1 });
    sets.run(1000);
    expect(sets.changes.slice(4)).toEqual(["-3", "-2", "-1"]);
  });

  it("replaces a broken pod after a rollback by itself", () => {
    const sets = new Sets({ podManagementPolicy: "Parallel" });
    sets.kubelet.neverReady = (pod) => pod.spec.containers[0]?.image === "db:bad";
    sets.run(5000);
    sets.alter({ template: template("db:bad") });
    sets.run(10_000);
    expect(sets.images).toEqual(["db:1", "db:1", "db:bad"]);
    sets.alter({ template: template("db:1") });
    sets.run(10_000);
    expect(sets.images).toEqual(["db:1", "db:1", "db:1"]);
    expect(sets.set.status).toMatchObject({ readyReplicas: 3, updatedReplicas: 3 });
  });
});

describe("OnDelete", () => {
  it("leaves pods as they are until they are deleted", () => {
    const sets = new Sets({ updateStrategy: { type: "OnDelete" } });
    sets.run(10_000);
    sets.alter({ template: template("db:2") });
    sets.run(10_000);
    expect(sets.images).toEqual(["db:1", "db:1", "db:1"]);
    sets.api.delete("pods", "default", "db-1");
    sets.run(10_000);
    expect(sets.images).toEqual(["db:1", "db:2", "db:1"]);
  });
});

describe("a set and what it owns", () => {
  it("keeps revisions up to revisionHistoryLimit, besides the current one", () => {
    const sets = new Sets({ replicas: 1, revisionHistoryLimit: 1 });
    for (const image of ["db:2", "db:3", "db:4"]) {
      sets.run(10_000);
      sets.alter({ template: template(image) });
    }
    sets.run(10_000);
    expect(sets.revisions).toEqual([3, 4]);
  });

  it("adopts a pod that bears its name and labels, and lets one go that lost the labels", () => {
    const sets = new Sets({ replicas: 1 });
    sets.api.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "db-0", labels: { app: "db" } },
      spec: template("db:0").spec,
      status: {},
    });
    sets.run(5000);
    const [uid, pod] = [sets.set.metadata.uid, sets.api.get("pods", "default", "db-0")];
    expect(pod.metadata.ownerReferences?.[0]?.uid).toBe(uid);
    sets.api.update("pods", { ...pod, metadata: { ...pod.metadata, labels: { app: "other" } } });
    sets.run(5000);
    expect(sets.api.get("pods", "default", "db-0").metadata.ownerReferences).toBeUndefined();
  });

  it("goes with its pods and revisions", () => {
    const sets = new Sets();
    sets.run(10_000);
    sets.api.delete("statefulsets", "default", "db");
    sets.run(10_000);
    expect(sets.api.list("pods")).toEqual([]);
    expect(sets.revisions).toEqual([]);
  });

  it("goes on from a snapshot as it would have gone on", () => {
    const sets = new Sets();
    sets.run(10_000);
    sets.alter({ template: template("db:2") });
    sets.run(30);
    const snapshot = sets.kernel.snapshot();
    const before = sets.changes.length;
    sets.run(20_000);
    const first = sets.changes.splice(before);
    sets.kernel.restore(snapshot);
    sets.run(20_000);
    expect(first).toHaveLength(6);
    expect(sets.changes.slice(before)).toEqual(first);
  });
});
