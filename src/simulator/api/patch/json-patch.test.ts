import { describe, expect, it } from "vitest";
import { jsonMergePatch, jsonPatch } from "./json-patch.ts";
import { PatchError } from "./plain.ts";

const spec = { replicas: 3, args: ["a", "b"], "x/y": 1 };

describe("JSON Patch", () => {
  it.each<[string, object, unknown]>([
    ["adds a field", { op: "add", path: "/paused", value: true }, { ...spec, paused: true }],
    ["inserts", { op: "add", path: "/args/1", value: "c" }, { ...spec, args: ["a", "c", "b"] }],
    ["appends", { op: "add", path: "/args/-", value: "c" }, { ...spec, args: ["a", "b", "c"] }],
    ["replaces", { op: "replace", path: "/replicas", value: 5 }, { ...spec, replicas: 5 }],
    ["removes", { op: "remove", path: "/args/0" }, { ...spec, args: ["b"] }],
    ["reads ~1 as a slash", { op: "replace", path: "/x~1y", value: 2 }, { ...spec, "x/y": 2 }],
    [
      "moves",
      { op: "move", from: "/replicas", path: "/was" },
      { args: spec.args, "x/y": 1, was: 3 },
    ],
    ["copies", { op: "copy", from: "/replicas", path: "/was" }, { ...spec, was: 3 }],
    ["tests", { op: "test", path: "/replicas", value: 3 }, spec],
  ])("%s", (_, operation, expected) => {
    expect(jsonPatch(spec, [operation])).toEqual(expected);
  });

  it.each<[string, object]>([
    ["a test that fails", { op: "test", path: "/replicas", value: 4 }],
    ["a value to replace that is not there", { op: "replace", path: "/paused", value: true }],
    ["a value to remove that is not there", { op: "remove", path: "/paused" }],
    ["a place whose parent is not there", { op: "add", path: "/a/b", value: 1 }],
    ["an index beyond the end", { op: "add", path: "/args/7", value: 1 }],
    ["an operation that nobody knows", { op: "merge", path: "/args" }],
  ])("refuses %s", (_, operation) => {
    expect(() => jsonPatch(spec, [operation])).toThrow(PatchError);
  });
});

it("JSON Merge Patch merges objects, removes nulls and replaces lists", () => {
  const merged = jsonMergePatch(
    { spec: { replicas: 3, args: ["a"], paused: true } },
    { spec: { args: ["b"], paused: null, new: { kept: 1, gone: null } } },
  );
  expect(merged).toEqual({ spec: { replicas: 3, args: ["b"], new: { kept: 1 } } });
});
