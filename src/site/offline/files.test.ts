import { describe, expect, it } from "vitest";
import { filesToKeep, withFiles } from "./files.ts";

const file = (path: string, text = "") => ({ path, content: new TextEncoder().encode(text) });

describe("filesToKeep", () => {
  it.each([
    ["index.html", ""],
    ["ko/probes/index.html", "ko/probes/"],
    ["404.html", "404.html"],
    ["_astro/worker.Dx1.js", "_astro/worker.Dx1.js"],
    ["pagefind/pagefind-worker.js", "pagefind/pagefind-worker.js"],
    ["pagefind/fragment/ko_1.pf_fragment", "pagefind/fragment/ko_1.pf_fragment"],
  ])("keeps %s as %j", (path, key) => {
    expect(Object.keys(filesToKeep([file(path)]))).toEqual([key]);
  });

  it.each(["pagefind/pagefind-ui.js", "schema/lab.json", "sitemap-0.xml", "service-worker.js"])(
    "leaves out %s, which no page asks for",
    (path) => expect(filesToKeep([file(path)])).toEqual({}),
  );

  it("tells a change of content, and no change", () => {
    const hash = (text: string) => filesToKeep([file("a.js", text)])["a.js"];
    expect(hash("one")).toBe(hash("one"));
    expect(hash("one")).not.toBe(hash("two"));
  });

  it("does not depend on the order of the files", () => {
    const one = [file("b.js"), file("a.js")];
    expect(JSON.stringify(filesToKeep(one))).toBe(JSON.stringify(filesToKeep(one.toReversed())));
  });
});

describe("withFiles", () => {
  it("puts the list in its place", () => {
    expect(withFiles("f(FILES)", { "$&": "1" })).toBe('f({"$&":"1"})');
  });

  it("says when the script has no place for it", () => {
    expect(() => withFiles("f()", {})).toThrow(/\(FILES\) is gone/);
  });
});
