import { describe, expect, it } from "vitest";
import type { PodSpec, Taint } from "../api/types.ts";
import { ToyCluster } from "../controllers/testing/cluster.ts";
import { replicaSetController } from "../controllers/replica-set/index.ts";
import { deploymentController } from "../controllers/deployment/index.ts";

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const SELECTOR = { matchLabels: { app: "web" } };

/** Nodes by name: a, a, b stand for zones; `taints` by name. */
interface Given {
  readonly zones: Readonly<Record<string, string>>;
  readonly taints?: Readonly<Record<string, readonly Taint[]>>;
  /** Names of nodes on which a pod with label app=web stands. */
  readonly web?: readonly string[];
  /** What those pods have of their own. */
  readonly webSpec?: Partial<PodSpec>;
}

function place({ zones, taints = {}, web = [], webSpec = {} }: Given, spec: Partial<PodSpec>) {
  const cluster = new ToyCluster([deploymentController, replicaSetController], { nodes: 0 });
  for (const [name, zone] of Object.entries(zones)) {
    cluster.addNode(name);
    const node = cluster.api.get("nodes", "", name);
    const labels = { ...node.metadata.labels, ...(zone === "" ? {} : { [ZONE]: zone }) };
    cluster.api.update("nodes", {
      ...node,
      metadata: { ...node.metadata, labels },
      spec: { ...node.spec, taints: taints[name] ?? [] },
    });
  }
  const create = (name: string, own: Partial<PodSpec>) =>
    cluster.api.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, labels: { app: "web" } },
      spec: { containers: [{ name: "web", image: "web:1" }], ...own },
      status: {},
    });
  web.forEach((nodeName, i) => create(`web-${i}`, { ...webSpec, nodeName }));
  cluster.run(100);
  create("new", spec);
  cluster.run(500);
  const { nodeName } = cluster.api.get("pods", "default", "new").spec;
  return nodeName ?? cluster.eventsOf("Pod").at(-1);
}

const spread = (topologyKey: string, whenUnsatisfiable: string, more: object = {}) => ({
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector: SELECTOR, ...more },
  ],
});
const near = (topologyKey: string) => ({
  affinity: {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: SELECTOR, topologyKey }],
    },
  },
});
const farTerm = { labelSelector: SELECTOR, topologyKey: HOST };
const far = {
  affinity: {
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [farTerm] },
  },
};
const preferFar = {
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: farTerm }],
    },
  },
};
const TWO = { n1: "a", n2: "b" };
const refusal = (reasons: string, preemption: string, nodes = 2) =>
  `FailedScheduling 0/${nodes} nodes are available: ${reasons}. preemption: 0/${nodes} nodes are available: ${preemption}.`;

describe("where a pod goes", () => {
  it.each<[string, Given, Partial<PodSpec>, string]>([
    [
      "the zone with fewer pods, if it must",
      { zones: { n1: "a", n2: "a", n3: "b" }, web: ["n1"] },
      spread(ZONE, "DoNotSchedule"),
      "n3",
    ],
    [
      "the zone with fewer pods, if it had better",
      { zones: { n1: "a", n2: "a", n3: "b" }, web: ["n1", "n1", "n3"] },
      spread(ZONE, "ScheduleAnyway"),
      "n3",
    ],
    [
      "nowhere, if the only zone that may take one is full up to the skew",
      {
        zones: TWO,
        web: ["n1"],
        taints: { n2: [{ key: "gpu", value: "true", effect: "NoSchedule" }] },
      },
      spread(ZONE, "DoNotSchedule"),
      refusal(
        "1 node(s) didn't match pod topology spread constraints, 1 node(s) had untolerated taint {gpu: true}",
        "1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling",
      ),
    ],
    [
      "past the tainted zone, if taints are honored",
      {
        zones: TWO,
        web: ["n1"],
        taints: { n2: [{ key: "gpu", value: "true", effect: "NoSchedule" }] },
      },
      spread(ZONE, "DoNotSchedule", { nodeTaintsPolicy: "Honor" }),
      "n1",
    ],
    [
      "nowhere, if no node has the key",
      { zones: { n1: "", n2: "" } },
      spread(ZONE, "DoNotSchedule"),
      refusal(
        "2 node(s) didn't match pod topology spread constraints (missing required label)",
        "2 Preemption is not helpful for scheduling",
      ),
    ],
    [
      "nowhere, if there are fewer domains than minDomains and each has one",
      { zones: TWO, web: ["n1", "n2"] },
      spread(ZONE, "DoNotSchedule", { minDomains: 3 }),
      refusal(
        "2 node(s) didn't match pod topology spread constraints",
        "2 No preemption victims found for incoming pod",
      ),
    ],
    ["to the pods that it wants to be near", { zones: TWO, web: ["n2"] }, near(ZONE), "n2"],
    [
      "nowhere, if those are not there and it is not one of them",
      { zones: TWO },
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchLabels: { app: "cache" } }, topologyKey: ZONE },
            ],
          },
        },
      },
      refusal(
        "2 node(s) didn't match pod affinity rules",
        "2 Preemption is not helpful for scheduling",
      ),
    ],
    ["away from its like, if it must", { zones: TWO, web: ["n1"] }, far, "n2"],
    ["away from its like, if it had better", { zones: TWO, web: ["n2"] }, preferFar, "n1"],
    [
      "nowhere, if its like is everywhere",
      { zones: TWO, web: ["n1", "n2"] },
      far,
      refusal(
        "2 node(s) didn't match pod anti-affinity rules",
        "2 No preemption victims found for incoming pod",
      ),
    ],
    [
      "nowhere, if those who are there do not want it",
      { zones: TWO, web: ["n1", "n2"], webSpec: far },
      {},
      refusal(
        "2 node(s) didn't satisfy existing pods anti-affinity rules",
        "2 No preemption victims found for incoming pod",
      ),
    ],
    [
      "past a node that it had better avoid",
      { zones: TWO, taints: { n1: [{ key: "old", effect: "PreferNoSchedule" }] } },
      {},
      "n2",
    ],
    [
      "to the node that it prefers",
      { zones: TWO },
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 1,
                preference: { matchExpressions: [{ key: ZONE, operator: "In", values: ["b"] }] },
              },
            ],
          },
        },
      },
      "n2",
    ],
  ])("%s", (_, given, spec, expected) => {
    expect(place(given, spec)).toBe(expected);
  });
});

describe("a rollout", () => {
  it("gets stuck when each node may have one pod and all have", () => {
    const cluster = new ToyCluster([deploymentController, replicaSetController]);
    const { deployment } = { deployment: cluster.deploy({ replicas: 3 }) };
    cluster.change((spec) => ({
      ...spec,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: { ...deployment.spec.template, spec: { ...spec.template.spec, ...far } },
    }));
    cluster.run(20_000);
    cluster.setImage("web:2");
    cluster.run(20_000);
    const sizes = cluster.replicaSets.map((rs) => rs.spec.replicas);
    expect(sizes.at(-1)).toBe(1);
    const { message } = cluster.api
      .list("pods")
      .find((pod) => !pod.spec.nodeName)!
      .status.conditions!.find((c) => c.type === "PodScheduled")!;
    expect(message).toContain("3 node(s) didn't match pod anti-affinity rules");
  });
});

describe("a pod that fits nowhere", () => {
  it("is not tried again for what cannot help, but is after five minutes", () => {
    const cluster = new ToyCluster([deploymentController, replicaSetController], { nodes: 1 });
    const create = (name: string, spec: Partial<PodSpec>) =>
      cluster.api.create("pods", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name },
        spec: { containers: [{ name: "web", image: "web:1" }], ...spec },
        status: {},
      });
    create("other", {});
    create("picky", { nodeSelector: { disk: "ssd" } });
    cluster.run(1000);
    const tries = () =>
      cluster.decisions.entries.filter(({ code }) => code === "scheduler.no-fit").length;
    expect(tries()).toBe(1);
    cluster.api.delete("pods", "default", "other");
    cluster.run(60_000);
    expect(tries()).toBe(1);
    cluster.run(270_000);
    expect(tries()).toBe(2);
  });
});
