import { describe, expect, it } from "vitest";
import { matchesNodeAffinity, namedNodes } from "./node-affinity.ts";
import { untoleratedTaint } from "./tolerations.ts";
import type { Node, NodeSelectorTerm, PodSpec, Toleration } from "./types.ts";

function node(labels: Record<string, string> = {}, taints: Node["spec"]["taints"] = []): Node {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "node-1", labels, uid: "", resourceVersion: "", creationTimestamp: null },
    spec: { taints },
    status: {},
  };
}

function withTerms(...nodeSelectorTerms: NodeSelectorTerm[]): PodSpec {
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { containers: [], affinity: { nodeAffinity: required } };
}

const zoneIn = (...values: string[]) => ({ key: "zone", operator: "In", values });

describe("a node matches", () => {
  it.each<[string, PodSpec, boolean]>([
    ["a pod that asks for nothing", { containers: [] }, true],
    ["its labels", { containers: [], nodeSelector: { zone: "a" } }, true],
    ["not other labels", { containers: [], nodeSelector: { zone: "b" } }, false],
    [
      "one of two terms",
      withTerms({ matchExpressions: [zoneIn("b")] }, { matchExpressions: [zoneIn("a")] }),
      true,
    ],
    [
      "a term only in all its parts",
      withTerms({ matchExpressions: [zoneIn("a"), { key: "disk", operator: "Exists" }] }),
      false,
    ],
    ["not an empty term", withTerms({}), false],
    [
      "its name",
      withTerms({ matchFields: [{ key: "metadata.name", operator: "In", values: ["node-1"] }] }),
      true,
    ],
    [
      "not another name",
      withTerms({ matchFields: [{ key: "metadata.name", operator: "In", values: ["node-2"] }] }),
      false,
    ],
    [
      "what it does not have",
      withTerms({ matchExpressions: [{ key: "disk", operator: "DoesNotExist" }] }),
      true,
    ],
    [
      "what it has not among others",
      withTerms({ matchExpressions: [{ key: "disk", operator: "NotIn", values: ["ssd"] }] }),
      true,
    ],
    [
      "a greater number",
      withTerms({ matchExpressions: [{ key: "cores", operator: "Gt", values: ["4"] }] }),
      true,
    ],
    [
      "not a smaller one",
      withTerms({ matchExpressions: [{ key: "cores", operator: "Lt", values: ["8"] }] }),
      false,
    ],
    [
      "no number in a word",
      withTerms({ matchExpressions: [{ key: "zone", operator: "Gt", values: ["1"] }] }),
      false,
    ],
  ])("%s", (_, spec, expected) => {
    expect(matchesNodeAffinity(spec, node({ zone: "a", cores: "8" }))).toBe(expected);
  });
});

it("nodes are named only when every term names some", () => {
  const field = (...values: string[]) => ({
    matchFields: [{ key: "metadata.name", operator: "In", values }],
  });
  expect(namedNodes({ containers: [] })).toBeUndefined();
  expect(namedNodes(withTerms(field("node-1"), field("node-2")))).toEqual(
    new Set(["node-1", "node-2"]),
  );
  expect(
    namedNodes(withTerms(field("node-1"), { matchExpressions: [zoneIn("a")] })),
  ).toBeUndefined();
});

describe("a taint", () => {
  const taint = { key: "gpu", value: "yes", effect: "NoSchedule" };
  it.each<[string, Toleration, boolean]>([
    ["is tolerated by its key and value", { key: "gpu", value: "yes" }, true],
    ["not with another value", { key: "gpu", value: "no" }, false],
    ["with any value by Exists", { key: "gpu", operator: "Exists" }, true],
    ["by whoever tolerates all", { operator: "Exists" }, true],
    ["not for another effect", { key: "gpu", operator: "Exists", effect: "NoExecute" }, false],
  ])("%s", (_, toleration, expected) => {
    const found = untoleratedTaint(node({}, [taint]), [toleration], ["NoSchedule"]);
    expect(found === undefined).toBe(expected);
  });
});
