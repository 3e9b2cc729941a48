import { describe, expect, it } from "vitest";
import { koreanSimplifications, marksIn, simplifications } from "./simplifications.ts";

describe("the marks Simplified: in the sources", () => {
  const texts = new Set(simplifications().map(({ text }) => text));
  const korean = koreanSimplifications();

  it("are all rendered in Korean, in content/simplifications.ko.yaml", () => {
    expect(simplifications().filter(({ text }) => !Object.hasOwn(korean, text))).toEqual([]);
  });
  it("are all still there", () => {
    expect(Object.keys(korean).filter((text) => !texts.has(text))).toEqual([]);
  });
  it("are rendered in Korean letters", () => {
    expect(Object.values(korean).filter((text) => !/[가-힣].*[다요]\.$/s.test(text))).toEqual([]);
  });
});

describe("a mark is read to the end of its paragraph", () => {
  it.each([
    ["/** Does it. Simplified: one zone. */\nfoo();", ["one zone."]],
    ["/**\n * Does it. Simplified: no\n * zones.\n *\n * More.\n */", ["no zones."]],
    ["// Simplified: at once,\n// and no later.\nfoo();", ["at once, and no later."]],
    ["foo();", []],
  ])("%s", (source, marks) => {
    expect(marksIn(source)).toEqual(marks);
  });
});
