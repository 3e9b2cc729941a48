import { describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../simulator/index.ts";
import { goSort } from "./go-sort.ts";
import { sortObjects } from "./sort-objects.ts";

function named(name: string, replicas?: number): KubernetesObject {
  return { metadata: { name }, spec: { replicas } } as unknown as KubernetesObject;
}

const namesOf = (objects: readonly KubernetesObject[]) => objects.map((o) => o.metadata.name);

describe("sorting objects", () => {
  it("has amounts by their size, and other texts by their signs", () => {
    const sorted = (names: readonly string[]) =>
      namesOf(
        sortObjects(
          names.map((name) => named(name)),
          ".metadata.name",
        ),
      );
    expect(sorted(["web-9", "web-10", "db"])).toEqual(["db", "web-10", "web-9"]);
    expect(sorted(["1Ki", "9", "10", "100m"])).toEqual(["100m", "9", "10", "1Ki"]);
  });

  it("turns round what lacks the field, as Go's sort does with what is less than itself", () => {
    const objects = [named("a"), named("b"), named("c", 1)];
    expect(namesOf(sortObjects(objects, ".spec.replicas"))).toEqual(["b", "a", "c"]);
  });

  it("follows any path", () => {
    const objects = [3, 1, 2].map((n) => ({ ...named(`n${n}`), list: [{ n }] }));
    expect(namesOf(sortObjects(objects, "{.list[0].n}"))).toEqual(["n1", "n2", "n3"]);
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
    expect(() => sortObjects([named("a")], ".nope")).toThrow(
      'couldn\'t find any field with path "{.nope}" in the list of objects',
    );
    expect(() => sortObjects([named("a", 1), named("b", 1)], ".spec")).toThrow(
      "is an unsortable type: interface, err: unsortable type: map[string]interface {}",
    );
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
