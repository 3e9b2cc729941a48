import { describe, expect, it } from "vitest";
import { threeWayMerge, threeWayPatch } from "./three-way-patch.ts";

describe("threeWayMerge", () => {
  it.each([
    {
      name: "sets what is applied and keeps what others set",
      last: { replicas: 3 },
      applied: { replicas: 5 },
      live: { replicas: 3, paused: true },
      merged: { replicas: 5, paused: true },
    },
    {
      name: "removes what was applied and is not any more",
      last: { replicas: 3, minReadySeconds: 5 },
      applied: { replicas: 3 },
      live: { replicas: 3, minReadySeconds: 5, paused: true },
      merged: { replicas: 3, paused: true },
    },
    {
      name: "merges containers by name, keeps a sidecar that was injected, drops one that was applied",
      kind: "PodSpec",
      last: { containers: [{ name: "web", image: "a:1" }, { name: "old" }] },
      applied: { containers: [{ name: "web", image: "a:2" }] },
      live: {
        containers: [
          { name: "web", image: "a:1", imagePullPolicy: "Always" },
          { name: "old" },
          { name: "proxy" },
        ],
      },
      merged: {
        containers: [{ name: "web", image: "a:2", imagePullPolicy: "Always" }, { name: "proxy" }],
      },
    },
    {
      name: "drops rollingUpdate when the strategy becomes Recreate",
      last: { strategy: { type: "RollingUpdate" } },
      applied: { strategy: { type: "Recreate" } },
      live: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%" } } },
      merged: { strategy: { type: "Recreate" } },
    },
    {
      name: "replaces the selector of a budget as a whole",
      kind: "PodDisruptionBudgetSpec",
      last: { selector: { matchLabels: { app: "web" } } },
      applied: { selector: { matchLabels: { tier: "front" } } },
      live: { selector: { matchLabels: { app: "web", kept: "no" } } },
      merged: { selector: { matchLabels: { tier: "front" } } },
    },
    {
      name: "replaces a list without a merge key",
      kind: "Container",
      last: { command: ["a", "b"] },
      applied: { command: ["c"] },
      live: { command: ["a", "b"] },
      merged: { command: ["c"] },
    },
    {
      name: "removes a field that is applied as null",
      last: {},
      applied: { replicas: null },
      live: { replicas: 3 },
      merged: {},
    },
  ])("$name", ({ kind = "DeploymentSpec", last, applied, live, merged }) => {
    expect(threeWayMerge(kind, last, applied, live)).toEqual(merged);
  });
});

describe("the patch that kubectl apply sends", () => {
  it("names what changed by its merge key, with the order of the whole list", () => {
    const last = { containers: [{ name: "web" }, { name: "old" }] };
    const applied = { containers: [{ name: "log" }, { name: "web", image: "a:2" }] };
    const live = { containers: [{ name: "web", image: "a:1" }, { name: "old" }] };
    expect(threeWayPatch("PodSpec", last, applied, live)).toEqual({
      "$setElementOrder/containers": [{ name: "log" }, { name: "web" }],
      containers: [
        { name: "log" },
        { name: "web", image: "a:2" },
        { name: "old", $patch: "delete" },
      ],
    });
  });

  it("retains the keys of a strategy and of a volume", () => {
    const live = { volumes: [{ name: "data", emptyDir: {} }] };
    const applied = { volumes: [{ name: "data", configMap: { name: "web" } }] };
    expect(threeWayPatch("PodSpec", live, applied, live)).toEqual({
      "$setElementOrder/volumes": [{ name: "data" }],
      volumes: [
        {
          name: "data",
          configMap: { name: "web" },
          emptyDir: null,
          $retainKeys: ["configMap", "name"],
        },
      ],
    });
  });

  it("compares elements of one key in turn: a port for TCP and for UDP", () => {
    const ports = [
      { name: "tcp", containerPort: 53, protocol: "TCP" },
      { name: "udp", containerPort: 53, protocol: "UDP" },
    ];
    expect(threeWayPatch("Container", { ports }, { ports }, { ports })).toEqual({});
    const [tcp] = ports;
    expect(threeWayPatch("Container", { ports }, { ports: [tcp] }, { ports })).toEqual({
      "$setElementOrder/ports": [{ containerPort: 53 }],
      ports: [{ containerPort: 53, $patch: "delete" }],
    });
  });

  it("says only the order when nothing else differs", () => {
    const live = { containers: [{ name: "a" }, { name: "b" }] };
    const applied = { containers: [{ name: "b" }, { name: "a" }] };
    expect(threeWayPatch("PodSpec", live, applied, live)).toEqual({
      "$setElementOrder/containers": [{ name: "b" }, { name: "a" }],
    });
    expect(threeWayMerge("PodSpec", live, applied, live)).toEqual(applied);
  });

  it("cannot name an element without its key", () => {
    const live = { containers: [{ name: "a" }] };
    expect(() => threeWayPatch("PodSpec", {}, { containers: [{ image: "a" }] }, live)).toThrow(
      "map: map[image:a] does not contain declared merge key: name",
    );
  });

  it.each([
    ["a", "a"],
    [null, "<nil>"],
    [80, "80"],
  ])("cannot compare an object with %j", (other, shown) => {
    const live = { containers: [{ name: "a" }] };
    const containers = [{ name: "a" }, other];
    expect(() => threeWayPatch("PodSpec", {}, { containers }, live)).toThrow(
      `list element types are not identical: [[map[name:a]] [map[name:a] ${shown}]]`,
    );
  });
});
