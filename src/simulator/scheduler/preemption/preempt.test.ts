import { describe, expect, it } from "vitest";
import { RandomStream, seedStream } from "../../kernel/random.ts";
import type { Misfit } from "../misfit.ts";
import { preempt } from "./preempt.ts";
import { budgetFor, nodesWith, podOf, type ShortPod } from "./testing.ts";
import type { Surroundings } from "./victims.ts";

const FULL: Misfit = {
  plugin: "NodeResourcesFit",
  reasons: ["Insufficient cpu"],
  unresolvable: false,
};
const TAINTED: Misfit = { plugin: "TaintToleration", reasons: ["tainted"], unresolvable: true };

const LARGE: ShortPod = { name: "new", priority: 1000, cpu: "4" };

function outcome(
  pod: ShortPod,
  surroundings: Surroundings,
  misfits: Readonly<Record<string, Misfit>> = {},
) {
  const names = [...surroundings.view.nodes.keys()];
  const byNode = new Map(names.map((name) => [name, misfits[name] ?? FULL]));
  const random = () => new RandomStream(seedStream(1, "preempt"));
  const found = preempt(podOf(pod), { byNode, absent: 0 }, surroundings, random);
  if (found.kind === "candidate") {
    return `${found.candidate.node} of ${found.candidates}`;
  }
  return found.kind === "in-vain" ? Object.fromEntries(found.reasons) : found.why;
}

describe("where room is made", () => {
  it("on a node that other pods' going can help, and that they may leave", () => {
    const surroundings = nodesWith({
      "node-1": [{ name: "a" }],
      "node-2": [{ name: "b", priority: 1000 }],
      "node-3": [{ name: "c", priority: 10 }],
    });
    expect(outcome(LARGE, surroundings)).toBe("node-1 of 2");
    expect(outcome(LARGE, surroundings, { "node-1": TAINTED })).toBe("node-3 of 1");
    expect(outcome({ ...LARGE, priority: 5 }, surroundings, { "node-1": TAINTED })).toEqual({
      "node-2": ["No preemption victims found for incoming pod"],
      "node-3": ["No preemption victims found for incoming pod"],
    });
  });

  it("nowhere, where the room would not do", () => {
    const surroundings = nodesWith({ "node-1": [{ name: "a" }] });
    expect(outcome({ ...LARGE, cpu: "5" }, surroundings)).toEqual({
      "node-1": ["Insufficient cpu"],
    });
    expect(outcome(LARGE, surroundings, { "node-1": TAINTED })).toEqual({});
  });

  it("against a budget only if there is no other way", () => {
    const guarded = [{ name: "a", labels: { app: "web" } }];
    const budgets = [budgetFor("web", 0)];
    const important = [{ name: "b", priority: 999 }];
    const both = nodesWith({ "node-1": guarded, "node-2": important }, budgets);
    expect(outcome(LARGE, both)).toBe("node-2 of 2");
    expect(outcome(LARGE, nodesWith({ "node-1": guarded }, budgets))).toBe("node-1 of 1");
  });

  it("of very many nodes, among the first hundred that would do", () => {
    const names = Array.from({ length: 150 }, (_, i) => `node-${i}`);
    const all = nodesWith(
      Object.fromEntries(names.map((name) => [name, [{ name: `on-${name}` }]])),
    );
    expect(outcome(LARGE, all)).toMatch(/^node-\d+ of 100$/);
  });
});

describe("who may make room", () => {
  const preempted = {
    type: "DisruptionTarget",
    status: "True",
    reason: "PreemptionByScheduler",
  } as const;
  const leaving = (reason = preempted.reason as string): ShortPod => ({
    name: "leaving",
    metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" },
    status: { conditions: [{ ...preempted, reason }] },
  });
  const nominated: ShortPod = { ...LARGE, status: { nominatedNodeName: "node-1" } };
  const WAITS = "not eligible due to a terminating pod on the nominated node.";

  it("one whose node is gone, with its victims on it", () => {
    const surroundings = nodesWith({ "node-1": [leaving()], "node-2": [{ name: "a" }] });
    (surroundings.view.nodes as Map<string, unknown>).delete("node-1");
    expect(outcome(nominated, surroundings)).toBe("node-2 of 1");
  });

  it.each<[string, ShortPod, ShortPod, Misfit, unknown]>([
    [
      "not one whose class says Never",
      { ...LARGE, spec: { preemptionPolicy: "Never" } },
      { name: "a" },
      FULL,
      "not eligible due to preemptionPolicy=Never.",
    ],
    ["not one that waits for its victims", nominated, leaving(), FULL, WAITS],
    ["one whose victims have gone", nominated, { name: "a" }, FULL, "node-1 of 1"],
    [
      "one that waits for pods which leave for another reason",
      nominated,
      leaving("EvictionByEvictionAPI"),
      FULL,
      "node-1 of 1",
    ],
    ["one whose node is lost to it", nominated, leaving(), TAINTED, {}],
    [
      "one where those who leave are not its victims",
      nominated,
      { ...leaving(), priority: 1000 },
      FULL,
      { "node-1": ["No preemption victims found for incoming pod"] },
    ],
  ])("%s", (_, pod, there, misfit, expected) => {
    const surroundings = nodesWith({ "node-1": [there] });
    expect(outcome(pod, surroundings, { "node-1": misfit })).toEqual(expected);
  });
});
