import { describe, expect, it } from "vitest";
import type { DaemonSet, DaemonSetSpec, Node, Pod } from "../../api/types.ts";
import { ToyCluster } from "../testing/cluster.ts";
import { daemonSetController } from "./index.ts";

/** A cluster of three nodes with a DaemonSet `agent`. */
class Daemons extends ToyCluster {
  constructor(
    spec: Partial<DaemonSetSpec> = {},
    prepare: (cluster: ToyCluster) => void = () => {},
  ) {
    super([daemonSetController]);
    prepare(this);
    this.run(1000);
    this.api.create("daemonsets", {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "agent" },
      spec: {
        selector: { matchLabels: { app: "agent" } },
        template: template("agent:1"),
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
        ...spec,
      },
      status: {
        currentNumberScheduled: 0,
        numberMisscheduled: 0,
        desiredNumberScheduled: 0,
        numberReady: 0,
      },
    });
  }

  get daemonSet(): DaemonSet {
    return this.api.get("daemonsets", "default", "agent");
  }

  alter(spec: Partial<DaemonSetSpec>): void {
    const { daemonSet } = this;
    this.api.update("daemonsets", { ...daemonSet, spec: { ...daemonSet.spec, ...spec } });
  }

  /** Image of the pods that stay, by node. */
  get images(): Record<string, string> {
    const staying = this.api
      .list("pods")
      .filter(({ metadata }: Pod) => metadata.deletionTimestamp === undefined)
      .map((pod: Pod) => [pod.spec.nodeName ?? "", pod.spec.containers[0]!.image!]);
    return Object.fromEntries(staying.toSorted()) as Record<string, string>;
  }

  get codes(): string[] {
    return this.decisions.entries
      .filter(({ actor }) => actor === "daemonset-controller")
      .map(({ code }) => code);
  }
}

function template(image: string, pod: object = {}) {
  return {
    metadata: { labels: { app: "agent" } },
    spec: { ...pod, containers: [{ name: "agent", image }] },
  };
}

function changeNode(
  cluster: ToyCluster,
  name: string,
  change: (node: Node) => Partial<Node>,
): void {
  const node = cluster.api.get("nodes", "", name);
  cluster.api.update("nodes", { ...node, ...change(node) });
}

describe("placement", () => {
  it("puts one pod on each node, bound by the scheduler", () => {
    const daemons = new Daemons();
    daemons.run(5000);
    expect(daemons.images).toEqual({
      "node-1": "agent:1",
      "node-2": "agent:1",
      "node-3": "agent:1",
    });
    expect(daemons.daemonSet.status).toEqual({
      currentNumberScheduled: 3,
      numberMisscheduled: 0,
      desiredNumberScheduled: 3,
      numberReady: 3,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
      numberAvailable: 3,
    });
    const [pod] = daemons.api.list("pods");
    const [revision] = daemons.api.list("controllerrevisions");
    const hash = revision!.metadata.labels!["controller-revision-hash"]!;
    expect(revision!.metadata.name).toBe(`agent-${hash}`);
    expect(pod!.metadata.labels).toEqual({
      app: "agent",
      "controller-revision-hash": hash,
      "pod-template-generation": "1",
    });
    expect(pod!.spec.tolerations?.map((t) => `${t.key} ${t.effect}`)).toEqual([
      "node.kubernetes.io/not-ready NoExecute",
      "node.kubernetes.io/unreachable NoExecute",
      "node.kubernetes.io/disk-pressure NoSchedule",
      "node.kubernetes.io/memory-pressure NoSchedule",
      "node.kubernetes.io/pid-pressure NoSchedule",
      "node.kubernetes.io/unschedulable NoSchedule",
    ]);
    expect(daemons.eventsOf("DaemonSet")).toHaveLength(3);
    expect(daemons.eventsOf("DaemonSet")[0]).toMatch(/^SuccessfulCreate Created pod: agent-\w{5}$/);
  });

  it("follows the nodes that there are, and those that the template selects", () => {
    const daemons = new Daemons({
      template: template("agent:1", { nodeSelector: { disk: "ssd" } }),
    });
    daemons.run(3000);
    expect(daemons.images).toEqual({});
    const label = (labels: Record<string, string>) => (node: Node) => ({
      metadata: { ...node.metadata, labels },
    });
    changeNode(daemons, "node-2", label({ disk: "ssd" }));
    daemons.run(5000);
    expect(daemons.images).toEqual({ "node-2": "agent:1" });
    changeNode(daemons, "node-2", label({}));
    daemons.run(5000);
    expect(daemons.images).toEqual({});
    expect(daemons.codes).toContain("daemonset.delete-extra");
  });

  it.each<[string, Node["spec"], boolean]>([
    ["a node that is cordoned", { unschedulable: true }, true],
    [
      "a node under memory pressure",
      taint("node.kubernetes.io/memory-pressure", "NoSchedule"),
      true,
    ],
    ["a node that is not ready", taint("node.kubernetes.io/not-ready", "NoExecute"), true],
    ["a node with a taint of its own", taint("gpu", "NoSchedule"), false],
  ])("%s", (_, spec, runs) => {
    const daemons = new Daemons({}, (cluster) => changeNode(cluster, "node-1", () => ({ spec })));
    daemons.run(5000);
    expect("node-1" in daemons.images).toBe(runs);
    expect(Object.keys(daemons.images)).toHaveLength(runs ? 3 : 2);
  });

  it("lets a pod stay on a node that gets a NoSchedule taint, and not with NoExecute", () => {
    const daemons = new Daemons();
    daemons.run(5000);
    changeNode(daemons, "node-1", () => ({ spec: taint("gpu", "NoSchedule") }));
    daemons.run(5000);
    expect(daemons.images).toHaveProperty("node-1");
    expect(daemons.daemonSet.status).toMatchObject({
      desiredNumberScheduled: 2,
      numberMisscheduled: 1,
    });
    changeNode(daemons, "node-1", () => ({ spec: taint("gpu", "NoExecute") }));
    daemons.run(5000);
    expect(daemons.images).not.toHaveProperty("node-1");
  });

  it("replaces pods that fail, less and less often", () => {
    const daemons = new Daemons();
    daemons.kubelet.neverReady = () => true;
    let created = 0;
    daemons.api.observe(({ resource, type }) => {
      if (resource === "pods" && type === "ADDED") created += 1;
    });
    for (let i = 0; i < 600; i += 1) {
      daemons.run(100);
      for (const pod of daemons.api.list("pods")) {
        if (!pod.spec.nodeName || pod.status.phase === "Failed") continue;
        daemons.api.updateStatus("pods", { ...pod, status: { ...pod.status, phase: "Failed" } });
      }
    }
    // Waits of 1, 2, 4, 8, 16 and 32 s: seven or eight pods a node in a minute.
    expect(created).toBeGreaterThanOrEqual(18);
    expect(created).toBeLessThanOrEqual(27);
    expect(daemons.eventsOf("DaemonSet").join()).toMatch(
      /FailedDaemonPod Found failed daemon pod default\/agent-\w{5} on node node-1, will try to kill it/,
    );
  });
});

function taint(key: string, effect: string): Node["spec"] {
  return { taints: [{ key, effect }] };
}

describe("updates", () => {
  it("with maxUnavailable in percent take so many nodes at a time", () => {
    const daemons = new Daemons({
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "50%" } },
    });
    daemons.run(5000);
    daemons.alter({ template: template("agent:2") });
    daemons.run(1000);
    expect(Object.keys(daemons.images)).toHaveLength(1);
    daemons.run(20_000);
    expect(Object.values(daemons.images)).toEqual(["agent:2", "agent:2", "agent:2"]);
    expect(daemons.codes.at(-1)).toBe("daemonset.complete");
  });

  it("stop when new pods do not become ready", () => {
    const daemons = new Daemons();
    daemons.kubelet.neverReady = (pod) => pod.spec.containers[0]?.image === "agent:bad";
    daemons.run(5000);
    daemons.alter({ template: template("agent:bad") });
    daemons.run(30_000);
    expect(Object.values(daemons.images).toSorted()).toEqual(["agent:1", "agent:1", "agent:bad"]);
    expect(daemons.codes.slice(-3)).toEqual([
      "daemonset.delete-for-update",
      "daemonset.wait-unavailable",
      "daemonset.create-pods",
    ]);
    daemons.alter({ template: template("agent:1") });
    daemons.run(30_000);
    expect(Object.values(daemons.images)).toEqual(["agent:1", "agent:1", "agent:1"]);
    expect(daemons.api.list("controllerrevisions").map((r) => r.revision)).toEqual([3, 2]);
  });

  it("with maxSurge replace pods that are not ready at once", () => {
    const daemons = new Daemons({
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    daemons.kubelet.neverReady = (pod) => pod.spec.containers[0]?.image === "agent:1";
    daemons.run(5000);
    daemons.alter({ template: template("agent:2") });
    daemons.run(10_000);
    expect(Object.values(daemons.images)).toEqual(["agent:2", "agent:2", "agent:2"]);
  });

  it("with OnDelete wait for the pods to be deleted", () => {
    const daemons = new Daemons({ updateStrategy: { type: "OnDelete" } });
    daemons.run(5000);
    daemons.alter({ template: template("agent:2") });
    daemons.run(10_000);
    expect(Object.values(daemons.images)).toEqual(["agent:1", "agent:1", "agent:1"]);
    const pod = daemons.api.list("pods").find(({ spec }) => spec.nodeName === "node-2")!;
    daemons.api.delete("pods", "default", pod.metadata.name);
    daemons.run(10_000);
    expect(Object.values(daemons.images)).toEqual(["agent:1", "agent:2", "agent:1"]);
  });

  it("keep revisions up to revisionHistoryLimit", () => {
    const daemons = new Daemons({ revisionHistoryLimit: 1 });
    for (const image of ["agent:2", "agent:3", "agent:4"]) {
      daemons.run(20_000);
      daemons.alter({ template: template(image) });
    }
    daemons.run(30_000);
    expect(daemons.api.list("controllerrevisions").map((r) => r.revision)).toEqual([3, 4]);
  });

  it("wait for minReadySeconds of each pod", () => {
    const daemons = new Daemons({ minReadySeconds: 5 });
    daemons.run(20_000);
    const start = daemons.kernel.now;
    daemons.alter({ template: template("agent:2") });
    daemons.run(8500);
    expect(Object.values(daemons.images).filter((image) => image === "agent:2")).toHaveLength(1);
    daemons.run(40_000);
    expect(Object.values(daemons.images)).toEqual(["agent:2", "agent:2", "agent:2"]);
    const complete = daemons.decisions.entries.findLast(
      ({ code }) => code === "daemonset.complete",
    );
    expect(complete!.atMs - start).toBeGreaterThan(27_000);
  });
});
