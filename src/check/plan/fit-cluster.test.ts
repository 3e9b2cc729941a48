import { expect, it } from "vitest";
import { fitWorkload, nodesFor } from "./fit-cluster.ts";

const apart = (replicas: number) => ({
  kind: "Deployment",
  spec: {
    replicas,
    template: {
      spec: { containers: [{ name: "web", image: "web:1", ports: [{ hostPort: 80 }] }] },
    },
  },
});

it.each([
  [1, 3],
  [20, 40],
  [150, 200],
])("%i pods that need a node each are given %i nodes, and so it is told", (replicas, nodes) => {
  expect(nodesFor([apart(replicas)])).toBe(nodes);
  expect(fitWorkload(apart(replicas)).notes).toEqual([{ code: "nodes-apart", values: { nodes } }]);
});

it("says nothing of what has no value, and of pods that are apart only where there is room", () => {
  const term = { weight: 1, podAffinityTerm: { topologyKey: "kubernetes.io/hostname" } };
  const affinity = {
    nodeAffinity: null,
    podAffinity: null,
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] },
  };
  const podSpec = { nodeSelector: null, affinity, containers: [{ name: "web", image: "web:1" }] };
  const workload = { kind: "Deployment", spec: { replicas: 20, template: { spec: podSpec } } };
  expect(fitWorkload(workload).notes).toEqual([]);
  expect(nodesFor([workload])).toBe(3);
});
