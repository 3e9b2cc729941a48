import { describe, expect, it } from "vitest";
import { evict } from "../api/router/subresources/eviction.ts";
import type { Pod } from "../api/types.ts";
import { deletePod, DELETED_MS, preStop } from "./test-deletion.ts";
import { testNode, web, type TestNode } from "./test-node.ts";
import { MEASURED_KUBELET_TIMING } from "./timing.ts";

describe("what is left of a deleted pod", () => {
  it("goes from running to its final phase to nothing, network first", () => {
    const node = deletePod({});
    const after = node.changes.filter(({ atMs }) => atMs > DELETED_MS);
    const grace = (pod: Pod) => pod.metadata.deletionGracePeriodSeconds;
    expect(after.map(({ type, pod }) => [type, pod.status.phase, grace(pod)])).toEqual([
      ["MODIFIED", "Succeeded", 30],
      ["MODIFIED", "Succeeded", 0],
      ["DELETED", "Succeeded", 0],
    ]);
    const { conditions, containerStatuses } = after[0]!.pod.status;
    expect(conditions?.map((c) => [c.type, c.status, c.reason])).toEqual([
      ["PodReadyToStartContainers", "False", undefined],
      ["Initialized", "True", "PodCompleted"],
      ["Ready", "False", "PodCompleted"],
      ["ContainersReady", "False", "PodCompleted"],
      ["PodScheduled", "True", undefined],
    ]);
    expect(containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 0,
      reason: "Completed",
    });
    expect(node.networkGoneMs).toEqual([after[0]!.atMs]);
    expect(node.phases.map((p) => p.phase).slice(-2)).toEqual(["stopping", "exited"]);
  });

  it("is Failed when SIGKILL ended it", () => {
    const node = deletePod(
      {},
      { terminationGracePeriodSeconds: 2 },
      { onSigterm: { mode: "ignore" } },
    );
    const last = node.changes.at(-1)!.pod.status;
    expect(last.phase).toBe("Failed");
    expect(last.containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 137,
      reason: "Error",
    });
  });

  it("is Failed when it never got as far as starting", () => {
    const node = testNode({ images: [{ name: "web:v1", exists: false }] });
    node.run({ containers: [web()] });
    node.kernel.runUntil(DELETED_MS);
    node.api.delete("pods", "default", "web", { gracePeriodSeconds: 30 });
    node.kernel.runUntil(DELETED_MS + 5000);
    const last = node.changes.at(-1)!;
    expect([last.type, last.pod.status.phase]).toEqual(["DELETED", "Failed"]);
    expect(last.pod.status.containerStatuses?.[0]?.state.terminated).toMatchObject({
      exitCode: 137,
      reason: "ContainerStatusUnknown",
    });
  });
});

describe("what a kubelet writes about a pod", () => {
  it("names the version in which it first heard of it, to the end, as in every recording", () => {
    const node = testNode();
    const { metadata } = node.run({ containers: [web({})], terminationGracePeriodSeconds: 5 });
    node.kernel.runUntil(DELETED_MS);
    node.api.delete("pods", "default", "web");
    node.kernel.runUntil(DELETED_MS + 60_000);
    const told = node.events.map(({ event }) => event.reason);
    expect(told).toEqual(["Pulled", "Created", "Started", "Killing"]);
    const versions = node.events.map(({ event }) => event.involvedObject.resourceVersion);
    expect(new Set(versions)).toEqual(new Set([metadata.resourceVersion]));
  });

  it("does not keep it from what others change of it besides its status", () => {
    const node = testNode();
    const { metadata } = node.run({ containers: [web({ image: "web:v1" })] });
    node.kernel.runUntil(DELETED_MS);
    const running = node.pod();
    const [container] = running.spec.containers;
    node.api.update("pods", {
      ...running,
      spec: { ...running.spec, containers: [{ ...container!, image: "web:v2" }] },
    });
    node.kernel.runUntil(DELETED_MS + 60_000);
    expect(node.pod().status.containerStatuses![0]!.image).toContain("web:v2");
    const [killing] = node.events.filter(({ event }) => event.reason === "Killing");
    expect(killing!.event.involvedObject.resourceVersion).toBe(metadata.resourceVersion);
  });
});

it("has what others say of an evicted pod before its own conditions, as soon as it ends the pod", () => {
  const node = testNode({ timing: MEASURED_KUBELET_TIMING });
  node.run({ containers: [web(preStop("sleep", "5"))] });
  node.kernel.runUntil(DELETED_MS);
  evict(node.api, "default", "web");
  const typesOf = ({ pod }: TestNode["changes"][number]) =>
    (pod.status.conditions ?? []).map(({ type }) => type);
  const own = typesOf(node.changes.at(-3)!);
  expect(typesOf(node.changes.at(-1)!)).toEqual([...own, "DisruptionTarget"]);
  node.kernel.runUntil(DELETED_MS + 1000);
  expect(typesOf(node.changes.at(-1)!)).toEqual(["DisruptionTarget", ...own]);
  expect(node.pod().status.phase).toBe("Running");
});
