import { describe, expect, it } from "vitest";
import { ofType } from "../api/find.ts";
import type { Container, Pod } from "../api/types.ts";
import { podsToPreempt, type Requirement } from "./preemption.ts";
import { testNode, web, type TestNode } from "./test-node.ts";

const MI = 1024 * 1024;

/** The pods of upstream's own tests (preemption_test.go), by what they ask for. */
function pod(name: string, cpu: string, memory: string, priority = 0, limited = false): Pod {
  const requests: Record<string, string> = cpu === "" ? {} : { cpu, memory };
  const qosClass = cpu === "" ? "BestEffort" : limited ? "Guaranteed" : "Burstable";
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", uid: name, creationTimestamp: "", resourceVersion: "" },
    spec: { priority, containers: [{ name, image: "x", resources: { requests } }] },
    status: { qosClass },
  };
}

const CRITICAL = pod("critical", "100m", "100Mi", 2_000_000_000);
const BEST_EFFORT = pod("best-effort", "", "");
const BURSTABLE = pod("burstable", "100m", "100Mi");
const LARGE_BURSTABLE = pod("large-burstable", "300m", "300Mi");
const GUARANTEED = pod("guaranteed", "100m", "100Mi", 0, true);
const LARGE_GUARANTEED = pod("large-guaranteed", "300m", "300Mi", 0, true);
const ALL = [BEST_EFFORT, BURSTABLE, LARGE_BURSTABLE, GUARANTEED, LARGE_GUARANTEED];

const needs = (cpu: number, memoryMi: number, pods = 0): Requirement[] =>
  Object.entries({ pods, cpu, memory: memoryMi * MI })
    .filter(([, quantity]) => quantity > 0)
    .map(([resource, quantity]) => ({ resource, quantity }));

describe("the pods that make room", () => {
  it.each<[string, readonly Pod[], Requirement[], readonly string[]]>([
    ["none for nothing", ALL, [], []],
    ["the BestEffort one for a place", ALL, needs(0, 0, 1), ["best-effort"]],
    ["the Burstable one that fits", ALL, needs(100, 0), ["burstable"]],
    ["the larger one where the smaller will not do", ALL, needs(200, 0), ["large-burstable"]],
    ["both Burstable ones", ALL, needs(350, 0), ["large-burstable", "burstable"]],
    [
      "Guaranteed ones when all others are too little",
      ALL,
      needs(0, 550),
      ["large-burstable", "large-guaranteed"],
    ],
    [
      "the one that is nearest in both resources",
      [GUARANTEED, LARGE_GUARANTEED],
      needs(100, 300),
      ["large-guaranteed"],
    ],
  ])("%s", (_, pods, requirements, expected) => {
    const chosen = podsToPreempt(CRITICAL, pods, requirements);
    expect((chosen as Pod[]).map(({ metadata }) => metadata.name)).toEqual(expected);
  });

  it("are never as critical, and what they leave open is told", () => {
    const other = pod("other", "300m", "300Mi", 2_000_000_000);
    expect(podsToPreempt(CRITICAL, [other, BURSTABLE], needs(250, 0))).toEqual({
      left: [{ resource: "cpu", quantity: 150 }],
    });
    const more = pod("more", "100m", "100Mi", 2_000_001_000);
    expect(podsToPreempt(more, [other], needs(250, 0))).toEqual([other]);
  });
});

const asks = (cpu: string, extra: Partial<Container> = {}) =>
  web({ resources: { requests: { cpu } }, ...extra });

/** A node of eight cores, full of pods that ask for these, each with a preStop hook of five seconds. */
function fullNode(...cores: string[]): TestNode {
  const node = testNode({ pressures: [] });
  node.api.create("priorityclasses", {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "vital" },
    value: 2_000_000_000,
  });
  const lifecycle = { preStop: { sleep: { seconds: 5 } } };
  cores.forEach((cpu, i) => {
    const container = asks(cpu, { lifecycle });
    node.run({ terminationGracePeriodSeconds: 30, containers: [container] }, `web-${i}`);
  });
  node.kernel.runUntil(5000);
  return node;
}

const critical = { priorityClassName: "vital" };

describe("a pod that the system needs, on a full node", () => {
  it("starts when others have ended for it, one after the other, each with its grace", () => {
    const node = fullNode("3", "5");
    node.run({ ...critical, containers: [asks("6")] }, "agent");
    node.kernel.runUntil(9000);
    expect(node.pod("agent").status.phase).toBe("Pending");
    node.kernel.runUntil(30_000);
    const told = node.events.filter(({ event }) => event.reason === "Preempting");
    expect(
      told.map(({ atMs, event }) => [Math.floor(atMs / 1000), event.involvedObject.name]),
    ).toEqual([
      [5, "web-1"],
      [10, "web-0"],
    ]);
    expect(told[0]?.event).toMatchObject({
      type: "Warning",
      message: "Preempted in order to admit critical pod",
    });
    const { status } = node.pod("web-1");
    expect(status).toMatchObject({
      phase: "Failed",
      reason: "Preempting",
      message: "Preempted in order to admit critical pod",
    });
    expect(ofType(status.conditions, "DisruptionTarget")).toMatchObject({
      status: "True",
      reason: "TerminationByKubelet",
      message: "Pod was preempted by Kubelet to accommodate a critical pod.",
    });
    expect(node.decided("kubelet.preempted")[0]?.values).toEqual({
      critical: "agent",
      resource: "cpu",
    });
    expect(node.pod("agent").status.phase).toBe("Running");
    expect(Math.floor(node.eventAt("Started", 6000)! / 1000)).toBeGreaterThanOrEqual(15);
    expect(node.kubelet.state.preemptions.size).toBe(0);
  });

  it("is turned away when all others together are too little", () => {
    const node = fullNode("5");
    node.run({ ...critical, containers: [asks("9")] }, "agent");
    node.kernel.runUntil(6000);
    expect(node.pod("agent").status).toMatchObject({
      phase: "Failed",
      reason: "UnexpectedAdmissionError",
      message:
        "Pod was rejected: Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [(res: cpu, q: 1000), ]",
    });
    expect(node.pod("web-0").status.phase).toBe("Running");
  });

  it("may be deleted before it has started", () => {
    const node = fullNode("8");
    node.run({ ...critical, containers: [asks("8")] }, "agent");
    node.kernel.runUntil(6000);
    node.api.delete("pods", "default", "agent");
    node.kernel.runUntil(30_000);
    expect(node.api.find("pods", "default", "agent")).toBeUndefined();
    expect(node.pod("web-0").status.reason).toBe("Preempting");
    expect(node.kubelet.state.preemptions.size).toBe(0);
  });
});
