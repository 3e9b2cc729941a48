import { describe, expect, it } from "vitest";
import { JsonPath, JsonPathError, relaxed } from "./json-path.ts";

const list = {
  items: [
    { metadata: { name: "a", labels: { "app.kubernetes.io/name": "web" } }, n: 1 },
    { metadata: { name: "b" }, n: 2 },
    { metadata: { name: "c" }, n: 3 },
  ],
  map: { x: 1, y: [true, null] },
};

describe("JSONPath", () => {
  it.each([
    ["{.items[0].metadata.name}", "a"],
    ["{.items[-1].metadata.name}", "c"],
    ["{.items[*].n}", "1 2 3"],
    ["{.items[0:2].n}", "1 2"],
    ["{.items[0,2].n}", "1 3"],
    ["{.items[?(@.n>1)].metadata.name}", "b c"],
    ['{.items[?(@.metadata.name=="b")].n}', "2"],
    ["{.items[0].metadata.labels['app.kubernetes.io/name']}", "web"],
    ["{.items[0].metadata.labels.app\\.kubernetes\\.io/name}", "web"],
    ["{..name}", "a b c"],
    ["{.nothing.here}", ""],
    ["{.map}", '{"x":1,"y":[true,null]}'],
    ["{range .items[*]}{.n};", "1;2;3;"],
    ["{.items[*]['n','m']}{.items[0:2]['metadata.name','n']}", "1 2 31 2"],
    ["names: {.items[*].metadata.name}!", "names: a b c!"],
    ['{range .items[*]}{.metadata.name}{"\\t"}{.n}{"\\n"}{end}', "a\t1\nb\t2\nc\t3\n"],
  ])("%s", (template, text) => {
    expect(new JsonPath(template).text(list)).toBe(text);
  });

  it.each([
    ["{.a", "unclosed action"],
    ["{end}", "not in range, nothing to end"],
    ["{.items[x]}", "invalid array index x"],
  ])("%s is refused", (template, message) => {
    expect(() => new JsonPath(template)).toThrow(new JsonPathError(message));
  });

  it("says which index is not there", () => {
    expect(() => new JsonPath("{.items[7]}").text(list)).toThrow(
      "array index out of bounds: index 7, length 3",
    );
  });

  it.each([".a.b", "a.b", "{.a.b}", "{a.b}"])("%s is relaxed", (expression) => {
    expect(relaxed(expression)).toBe("{.a.b}");
  });
});
