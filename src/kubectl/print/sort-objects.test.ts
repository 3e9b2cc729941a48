import { describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../simulator/index.ts";
import { goSort } from "./go-sort.ts";
import { sortObjects } from "./sort-objects.ts";

function named(name: string, replicas?: number): KubernetesObject {
  return { metadata: { name }, spec: { replicas } } as unknown as KubernetesObject;
}

const namesOf = (objects: readonly KubernetesObject[]) => objects.map((o) => o.metadata.name);

describe("sorting objects", () => {
  it("takes numbers in names by their size", () => {
    const names = ["web-10", "web-9", "db-2", "web-09", "db"];
    expect(
      namesOf(
        sortObjects(
          names.map((name) => named(name)),
          ".metadata.name",
        ),
      ),
    ).toEqual(["db", "db-2", "web-9", "web-09", "web-10"]);
  });

  it.each(["spec.replicas", ".spec.replicas", "{.spec.replicas}", "{spec.replicas}"])(
    "understands %s, and puts what has none first",
    (path) => {
      const objects = [named("a", 10), named("b", 9), named("c")];
      expect(namesOf(sortObjects(objects, path))).toEqual(["c", "b", "a"]);
    },
  );

  it("refuses what is no path", () => {
    expect(() => sortObjects([], "{.spec")).toThrow("unexpected path string");
  });
});

describe("Go's sort", () => {
  const shapes: Readonly<Record<string, (i: number, n: number) => number>> = {
    ascending: (i) => i,
    descending: (i, n) => n - i,
    equal: () => 1,
    "like a saw": (i) => i % 7,
    "like organ pipes": (i, n) => Math.min(i, n - i),
    scattered: (i) => (i * 7919 + 13) % 1009,
    "all but the last": (i, n) => (i === n - 1 ? -1 : i),
  };

  it.each(Object.keys(shapes))("sorts what is %s", (shape) => {
    for (const n of [0, 1, 2, 12, 13, 21, 49, 50, 51, 200, 1000]) {
      const items = Array.from({ length: n }, (_, i) => shapes[shape]!(i, n));
      const wanted = [...items].sort((a, b) => a - b);
      goSort(items, (a, b) => a < b);
      expect(items).toEqual(wanted);
    }
  });
});
