import { describe, expect, it } from "vitest";
import type { PodDisruptionBudget, PodSpec } from "../../api/types.ts";
import { budgetFor, nodesWith, podOf, type ShortPod } from "./testing.ts";
import { selectVictims, type Surroundings } from "./victims.ts";

const [LOW, MID, HIGH] = [0, 100, 1000];

/** `a, b`, with `!` for each violation; or why the node is none. */
function victimsOn(
  pod: ShortPod,
  there: readonly ShortPod[],
  budgets: readonly PodDisruptionBudget[] = [],
  more: Partial<Surroundings> = {},
): string {
  const surroundings = { ...nodesWith({ "node-1": there }, budgets), ...more };
  return chosen(pod, "node-1", surroundings);
}

function chosen(pod: ShortPod, node: string, surroundings: Surroundings): string {
  const placed = [...surroundings.view.assigned]
    .map(([key, one]) => ({ key, pod: one }))
    .filter((one) => one.pod.spec.nodeName === node);
  const found = selectVictims(podOf(pod), node, placed, surroundings);
  if ("reasons" in found) return found.reasons.join("; ");
  const names = found.victims.map((victim) => victim.pod.metadata.name);
  return names.join(", ") + "!".repeat(found.violations);
}

const big = (spec: Partial<PodSpec> = {}): ShortPod => ({
  name: "new",
  priority: HIGH,
  cpu: "3",
  spec,
});

describe("victims of a node with four cores, for a pod that wants three", () => {
  it.each<[string, ShortPod[], string]>([
    ["one that is as large", [{ name: "a", priority: MID, cpu: "3" }], "a"],
    [
      "not the small one, though it is less important",
      [
        { name: "small", priority: LOW, cpu: "1" },
        { name: "large", priority: MID, cpu: "3" },
      ],
      "large",
    ],
    [
      "the less important of equals in size",
      [
        { name: "a", priority: MID, cpu: "2" },
        { name: "b", priority: LOW, cpu: "2" },
      ],
      "a, b",
    ],
    [
      "as few as will do, beginning with the least important",
      [
        { name: "a", priority: MID, cpu: "1" },
        { name: "b", priority: LOW, cpu: "1" },
        { name: "c", priority: MID, cpu: "1" },
        { name: "d", priority: HIGH, cpu: "1" },
      ],
      "a, c, b",
    ],
    [
      "of equals those that started last",
      [
        { name: "young", cpu: "1", startedMs: 3000 },
        { name: "old", cpu: "1", startedMs: 1000 },
        { name: "younger", cpu: "1", startedMs: 4000 },
      ],
      "young, younger",
    ],
    [
      "none: the others are as important",
      [{ name: "a", priority: HIGH, cpu: "3" }],
      "No preemption victims found for incoming pod",
    ],
    [
      "none that would help: what stays takes too much",
      [
        { name: "a", priority: LOW, cpu: "1" },
        { name: "b", priority: HIGH, cpu: "2" },
      ],
      "Insufficient cpu",
    ],
    [
      "one that is being deleted already, too",
      [{ name: "a", cpu: "3", metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } }],
      "a",
    ],
  ])("%s", (_, there, expected) => {
    expect(victimsOn(big(), there)).toBe(expected);
  });

  it("a port of the node", () => {
    const ports = [{ containerPort: 80, hostPort: 80 }];
    const spec = { containers: [{ name: "a", image: "a:1", ports }] };
    const there = [{ name: "a", spec }, { name: "b" }];
    expect(victimsOn({ name: "new", priority: HIGH, spec }, there)).toBe("a");
  });

  it("whoever does not want the pod near", () => {
    const required = [
      { labelSelector: { matchLabels: { app: "new" } }, topologyKey: "kubernetes.io/hostname" },
    ];
    const affinity = {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required },
    };
    const there = [{ name: "hermit", spec: { affinity } }, { name: "b" }];
    expect(victimsOn({ name: "new", priority: HIGH }, there)).toBe("hermit");
  });

  it("whoever makes the spread uneven", () => {
    const labels = { app: "web" };
    const spec = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: labels },
        },
      ],
    };
    const surroundings = nodesWith({
      "node-1": [
        { name: "a", labels, priority: LOW },
        { name: "b", labels, priority: MID },
      ],
      "node-2": [{ name: "c", labels, priority: HIGH }],
    });
    const pod = { name: "new", priority: HIGH, labels, spec };
    expect(chosen(pod, "node-1", surroundings)).toBe("a");
    expect(chosen(pod, "node-2", surroundings)).toBe(
      "No preemption victims found for incoming pod",
    );
  });

  it("what a nominated pod of at least its priority will take is taken", () => {
    const there = [
      { name: "a", cpu: "2" },
      { name: "b", cpu: "2" },
    ];
    const nominated = (cpu: string): Partial<Surroundings> => ({
      nominatedFor: () => [["default/next", podOf({ name: "next", priority: HIGH, cpu })]],
    });
    const small = { ...big(), cpu: "1" };
    expect(victimsOn(small, there, [], nominated("1"))).toBe("b");
    expect(victimsOn(small, there, [], nominated("3"))).toBe("a, b");
    expect(victimsOn(big(), there, [], nominated("2"))).toBe("Insufficient cpu");
  });
});

describe("PodDisruptionBudgets", () => {
  const web = (name: string, priority = LOW): ShortPod => ({
    name,
    startedMs: name === "a" ? 1000 : 2000,
    priority,
    cpu: "2",
    labels: { app: "web" },
  });

  it("save a pod where another can go instead, were it more important", () => {
    const there = [web("kept", LOW), { name: "other", priority: MID, cpu: "2" }];
    const small = { ...big(), cpu: "2" };
    expect(victimsOn(small, there, [budgetFor("web", 0)])).toBe("other");
    expect(victimsOn(small, there)).toBe("kept");
  });

  it.each<[string, PodDisruptionBudget, string]>([
    ["that allow two", budgetFor("web", 2), "a, b"],
    ["that allow one", budgetFor("web", 1), "a, b!"],
    ["that allow none", budgetFor("web", 0), "a, b!!"],
    ["that have counted one already", budgetFor("web", 0, ["a"]), "a, b!"],
    ["that are about others", budgetFor("api", 0), "a, b"],
    ["without a selector", { ...budgetFor("web", 0), spec: { selector: {} } }, "a, b"],
    [
      "of another namespace",
      { ...budgetFor("web", 0), metadata: { ...budgetFor("web", 0).metadata, namespace: "shop" } },
      "a, b",
    ],
  ])("%s, and two pods have to go", (_, budget, expected) => {
    expect(victimsOn(big(), [web("a"), web("b")], [budget])).toBe(expected);
  });
});
