import { describe, expect, it } from "vitest";
import { execute } from "../../src/kubectl/execute.ts";
import { Cluster, type Pod } from "../../src/simulator/index.ts";
import { scenarioOf } from "./scenarios.ts";

/** A cluster with three pods behind a Service, one a node; the node of one of them fails. */
function failing(failure: string, traffic = "") {
  const scenario = scenarioOf(
    `
duration: 20m
nodes: 3
nodeFailures: [{ at: 60s, node: node-2, ${failure} }]
images: [{ name: "web:1" }]
${traffic}
steps: [{ at: 0s, apply: [web.yaml] }]`,
    {},
  );
  const cluster = new Cluster({ scenario, seed: 4 });
  cluster.runUntil(0);
  cluster.perform(scenario.steps[0]!.action, execute);
  cluster.runUntil(59_000);
  return cluster;
}

const on = (cluster: Cluster, node: string): Pod[] =>
  cluster.api.list("pods").filter((pod) => pod.spec.nodeName === node);
const isReady = ({ status }: Pod) =>
  status.conditions!.find((c) => c.type === "Ready")!.status === "True";
const endpoints = (cluster: Cluster) =>
  cluster.api
    .list("endpointslices")
    .flatMap((slice) => slice.endpoints ?? [])
    .filter(({ targetRef }) => targetRef?.kind === "Pod");
const failed = (cluster: Cluster) => cluster.run({ requests: false }).summary.requests.failed;

describe("a node whose network fails", () => {
  it("keeps its endpoint for most of a minute, and loses requests as long", () => {
    const cluster = failing(
      "what: network",
      "network: { proxyConnectTimeout: 1s }\ntraffic: [{ to: 'service/web:80', rps: 30, arrivals: uniform }]",
    );
    const [lost] = on(cluster, "node-2");
    expect(isReady(lost!)).toBe(true);
    expect(failed(cluster)).toBe(0);
    cluster.runUntil(95_000);
    expect(endpoints(cluster).filter((e) => e.conditions.ready)).toHaveLength(3);
    const lostRequests = failed(cluster);
    expect(lostRequests).toBeGreaterThan(300);
    cluster.runUntil(125_000);
    expect(endpoints(cluster).filter((e) => e.conditions.ready)).toHaveLength(2);
    const afterwards = failed(cluster);
    cluster.runUntil(200_000);
    expect(failed(cluster)).toBe(afterwards);
  });

  it("has its pods replaced after five minutes more; they stay Terminating until it is back", () => {
    const cluster = failing("what: network, until: 15m");
    const [lost] = on(cluster, "node-2");
    cluster.runUntil(390_000);
    expect(cluster.api.list("pods")).toHaveLength(3);
    cluster.runUntil(450_000);
    expect(cluster.api.list("pods")).toHaveLength(4);
    expect(cluster.api.list("pods").filter(isReady)).toHaveLength(3);
    const name = lost!.metadata.name;
    expect(cluster.api.get("pods", "default", name).metadata.deletionTimestamp).toBeDefined();
    cluster.runUntil(890_000);
    expect(cluster.remains().running).toContain(lost!.metadata.uid);
    cluster.runUntil(960_000);
    expect(cluster.api.find("pods", "default", name)).toBeUndefined();
    expect(cluster.remains().running).not.toContain(lost!.metadata.uid);
    const node = cluster.api.get("nodes", "", "node-2");
    expect(node.status.conditions!.map(({ type, status }) => `${type} ${status}`).sort()).toEqual([
      "DiskPressure False",
      "MemoryPressure False",
      "PIDPressure False",
      "Ready True",
    ]);
    expect(node.spec.taints ?? []).toEqual([]);
  });

  it("is as before when it is back within its grace", () => {
    const cluster = failing("what: network, until: 90s");
    const before = cluster.api.get("pods", "default", on(cluster, "node-2")[0]!.metadata.name);
    cluster.runUntil(300_000);
    expect(cluster.api.get("pods", "default", before.metadata.name)).toEqual(before);
    expect(cluster.api.get("nodes", "", "node-2").spec.taints ?? []).toEqual([]);
  });
});

describe("a node whose kubelet is silent", () => {
  it("loses no request, and its pods are Ready again when it speaks", () => {
    const cluster = failing(
      "what: kubelet, until: 200s",
      "traffic: [{ to: 'service/web:80', rps: 30, arrivals: uniform }]",
    );
    cluster.runUntil(150_000);
    expect(isReady(on(cluster, "node-2")[0]!)).toBe(false);
    expect(failed(cluster)).toBe(0);
    cluster.runUntil(230_000);
    expect(isReady(on(cluster, "node-2")[0]!)).toBe(true);
    expect(endpoints(cluster).filter((e) => e.conditions.ready)).toHaveLength(3);
  });

  it("is restored from a snapshot to the byte", () => {
    const cluster = failing("what: kubelet, until: 100s");
    cluster.runUntil(80_000);
    const snapshot = cluster.snapshot();
    const end = () => {
      cluster.runUntil(300_000);
      return JSON.stringify(cluster.run({ requests: false }).timeline);
    };
    const first = end();
    cluster.restore(snapshot);
    expect(end()).toBe(first);
  });
});
