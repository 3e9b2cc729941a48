import { describe, expect, it } from "vitest";
import { PatchError, type Plain } from "./plain.ts";
import { strategicMergePatch } from "./strategic-merge-patch.ts";

const containers = (...names: string[]) => names.map((name) => ({ name }));

describe("strategic merge patch", () => {
  it.each<{ name: string; kind?: string; original: Plain; patch: Plain; patched: Plain }>([
    {
      name: "merges containers by name, env by name within",
      original: {
        containers: [
          { name: "web", image: "a:1", env: [{ name: "A", value: "1" }] },
          { name: "log", image: "l:1" },
        ],
      },
      patch: { containers: [{ name: "web", image: "a:2", env: [{ name: "B", value: "2" }] }] },
      patched: {
        containers: [
          {
            name: "web",
            image: "a:2",
            env: [
              { name: "B", value: "2" },
              { name: "A", value: "1" },
            ],
          },
          { name: "log", image: "l:1" },
        ],
      },
    },
    {
      name: "deletes an element with $patch: delete",
      original: { containers: containers("web", "log") },
      patch: { containers: [{ name: "log", $patch: "delete" }] },
      patched: { containers: containers("web") },
    },
    {
      name: "replaces a whole list with $patch: replace",
      original: { containers: containers("web", "log") },
      patch: { containers: [{ name: "new" }, { $patch: "replace" }] },
      patched: { containers: containers("new") },
    },
    {
      name: "replaces a map with $patch: replace",
      original: { nodeSelector: { a: "1", b: "2" } },
      patch: { nodeSelector: { c: "3", $patch: "replace" } },
      patched: { nodeSelector: { c: "3" } },
    },
    {
      name: "empties a map with $patch: delete",
      original: { nodeSelector: { a: "1" } },
      patch: { nodeSelector: { $patch: "delete" } },
      patched: { nodeSelector: {} },
    },
    {
      name: "removes what is null, and a null in something new is nothing",
      original: { hostname: "a" },
      patch: { hostname: null, securityContext: { runAsUser: 1, runAsGroup: null } },
      patched: { securityContext: { runAsUser: 1 } },
    },
    {
      name: "replaces lists without a merge strategy",
      original: { tolerations: [{ key: "a" }] },
      patch: { tolerations: [{ key: "b" }] },
      patched: { tolerations: [{ key: "b" }] },
    },
    {
      name: "orders by $setElementOrder; what only the server has stays before what it stood before",
      original: { containers: containers("a", "injected", "b") },
      patch: {
        "$setElementOrder/containers": containers("b", "c", "a"),
        containers: containers("c"),
      },
      patched: { containers: containers("injected", "b", "c", "a") },
    },
    {
      name: "puts what only the server has at the end when it stood there",
      original: { containers: containers("a", "b", "injected") },
      patch: { "$setElementOrder/containers": containers("b", "a") },
      patched: { containers: containers("b", "a", "injected") },
    },
    {
      name: "retains only the keys named",
      kind: "DeploymentSpec",
      original: { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } },
      patch: { strategy: { $retainKeys: ["type"], type: "Recreate" } },
      patched: { strategy: { type: "Recreate" } },
    },
    {
      name: "merges finalizers as a set",
      kind: "ObjectMeta",
      original: { finalizers: ["a", "b"] },
      patch: { finalizers: ["c", "a"] },
      patched: { finalizers: ["c", "a", "b"] },
    },
    {
      name: "takes from a set with $deleteFromPrimitiveList",
      kind: "ObjectMeta",
      original: { finalizers: ["a", "b", "c"] },
      patch: { "$deleteFromPrimitiveList/finalizers": ["b"] },
      patched: { finalizers: ["a", "c"] },
    },
    {
      name: "merges the ports of a Service by port",
      kind: "ServiceSpec",
      original: { ports: [{ port: 80, targetPort: 8080 }] },
      patch: { ports: [{ port: 80, name: "http" }] },
      patched: { ports: [{ port: 80, targetPort: 8080, name: "http" }] },
    },
  ])("$name", ({ kind = "PodSpec", original, patch, patched }) => {
    expect(strategicMergePatch(kind, original, patch)).toEqual(patched);
  });

  it.each<[string, Plain, string]>([
    ["a directive", { $patch: "merged" }, "unknown patch type: merged in map: map[$patch:merged]"],
    [
      "an element without its key",
      { containers: [{ image: "a" }] },
      "map: map[image:a] does not contain declared merge key: name",
    ],
    [
      "an order that leaves out what is set",
      { "$setElementOrder/containers": [{ name: "a" }], containers: [{ name: "b" }] },
      "The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder/containers list:\n[map[name:a]]\n",
    ],
    [
      "keys that are not retained",
      { securityContext: { $retainKeys: ["a"], b: 1 } },
      "invalid patch format of retainKeys",
    ],
  ])("refuses %s", (_, patch, message) => {
    const original = { containers: containers("a"), securityContext: {} };
    expect(() => strategicMergePatch("PodSpec", original, patch)).toThrow(new PatchError(message));
  });
});
