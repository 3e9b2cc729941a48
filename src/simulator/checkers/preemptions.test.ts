import { expect, it } from "vitest";
import { ToyCluster } from "../controllers/testing/cluster.ts";
import { InvariantChecker } from "./invariants.ts";

/** What is said when a pod of priority 100 is preempted, while another with these fields waits, or has waited until so long ago. */
function found(
  waiting: object | undefined,
  reason = "PreemptionByScheduler",
  goneForMs?: number,
): string[] {
  const { api, kernel } = new ToyCluster([], { nodes: 1 });
  const checker = new InvariantChecker(api, () => kernel.now);
  const classes = { high: 1000, same: 100, low: 10 };
  for (const [name, value] of Object.entries(classes)) {
    const metadata = { name };
    api.create("priorityclasses", {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata,
      value,
      preemptionPolicy: "PreemptLowerPriority",
    });
  }
  api.create("priorityclasses", {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "patient" },
    value: 1000,
    preemptionPolicy: "Never",
  });
  const create = (name: string, spec: object) =>
    api.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name },
      spec: { containers: [{ name: "x", image: "x:1" }], ...spec },
      status: {},
    });
  const pod = create("victim", { priorityClassName: "same", nodeName: "node-1" });
  if (waiting !== undefined) create("new", waiting);
  if (goneForMs !== undefined) {
    api.delete("pods", "default", "new");
    kernel.runUntil(goneForMs);
  }
  const conditions = [{ type: "DisruptionTarget", status: "True", reason }] as const;
  api.updateStatus("pods", { ...pod, status: { ...pod.status, conditions } });
  api.delete("pods", "default", "victim");
  return checker.violations.map(({ message }) => message);
}

const IN_VAIN = "victim is preempted, and no pod of a priority above 100 waits";

it.each<[string, object | undefined, string[]]>([
  ["a more important pod that waits", { priorityClassName: "high" }, []],
  ["nobody", undefined, [IN_VAIN]],
  ["a pod as important", { priorityClassName: "same" }, [IN_VAIN]],
  ["a pod that may not preempt", { priorityClassName: "patient" }, [IN_VAIN]],
  ["a pod that has its node", { priorityClassName: "high", nodeName: "node-1" }, [IN_VAIN]],
])("a pod is preempted for %s", (_, waiting, expected) => {
  expect(found(waiting)).toEqual(expected);
});

it("an eviction needs nobody who waits", () => {
  expect(found(undefined, "EvictionByEvictionAPI")).toEqual([]);
});

it.each([
  [100, []],
  [1000, [IN_VAIN]],
])("the scheduler hears that nobody waits any more, but not at once: %i ms", (ms, expected) => {
  const waiting = { priorityClassName: "high" };
  expect(found(waiting, "PreemptionByScheduler", ms)).toEqual(expected);
});
