import { describe, expect, it } from "vitest";
import type { Language } from "../../site.config.ts";
import { offeredLanguages, pageId, pagePatterns } from "./offered-languages.ts";

describe("pageId", () => {
  const cases: readonly [readonly Language[], string, string][] = [
    [["en", "ko"], "probes.mdx", "probes"],
    [["en", "ko"], "index.mdx", "index"],
    [["en", "ko"], "ko/probes.mdx", "ko/probes"],
    [["en", "ko"], "ko/index.mdx", "ko"],
    [["ko", "en"], "ko/probes.mdx", "probes"],
    [["ko", "en"], "ko/index.mdx", "index"],
    [["ko", "en"], "probes.mdx", "en/probes"],
    [["ko", "en"], "index.mdx", "en"],
    [["ko"], "ko/404.mdx", "404"],
  ];
  it.each(cases)("with %j, %s is at %s", (languages, file, id) => {
    expect(pageId(file, languages)).toBe(id);
  });
});

describe("pagePatterns", () => {
  it("leaves out the languages that are not offered", () => {
    expect(pagePatterns(["en", "ko"])).toEqual(["**/[^_]*.{md,mdx}"]);
    expect(pagePatterns(["en"])).toContain("!ko/**");
    expect(pagePatterns(["ko"])).toEqual(["ko/**/[^_]*.{md,mdx}"]);
  });
});

describe("offeredLanguages", () => {
  it.each([
    [[], /names no language/],
    [["en", "en"], /names en twice/],
    [["en", "de"], /names de; the site is written in en and ko/],
  ])("refuses %j", (languages, message) => {
    expect(() => offeredLanguages({ languages: languages as Language[] })).toThrow(message);
  });
});
