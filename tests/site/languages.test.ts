import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { headingId, headingIds } from "../../src/site/build/heading-ids.ts";
import { FOLDERS } from "../../src/site/offered-languages.ts";
import { anchorsOf, componentsIn, shapeOf } from "./page-shape.ts";

const docs = fileURLToPath(new URL("../../content/docs", import.meta.url));
const others = Object.values(FOLDERS).filter((folder) => folder !== "");

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => /\.mdx?$/.test(file) && !others.some((code) => file.startsWith(`${code}/`)))
    .sort();
}

const own = pagesIn(docs);

describe.each(others)("the pages in %s", (language) => {
  it("are the same pages", () => {
    expect(pagesIn(path.join(docs, language))).toEqual(own);
  });

  it.each(own)(
    "have the shape of %s: headings, figures, diagrams, facts, questions, code, links",
    (page) => {
      expect(shapeOf(path.join(docs, language, page))).toEqual(shapeOf(path.join(docs, page)));
    },
  );
});

// Headings have the ids of the page in the default language everywhere, so a link to one is right or wrong in all languages.
describe.each(["", ...others])("links to headings %s", (language) => {
  it.each(own)("lead somewhere in %s", (page) => {
    const { links } = anchorsOf(path.join(docs, language), page);
    const wrong = links.filter(({ page: target, id }) => {
      const file = path.join(docs, target);
      return !existsSync(file) || !anchorsOf(docs, target).ids.includes(id);
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(["", ...others])("what Markdown reads otherwise than it was meant %s", (language) => {
  const textOf = (page: string) => readFileSync(path.join(docs, language, page), "utf8");

  it.each(own)("no fact has a line for itself in %s: it would be a paragraph", (page) => {
    expect(textOf(page).match(/^ *<Fact\b[^\n]*\/>$/gm)).toBeNull();
  });
  it.each(own)("no bold text in %s ends between a sign and a letter: it would not end", (page) => {
    const prose = textOf(page).replaceAll(/^```[^]*?^```/gm, "");
    expect(prose.match(/\*\*[^*\n]+[^\p{L}\p{N}\s*]\*\*(?=[\p{L}\p{N}])/gu)).toBeNull();
  });
});

describe("how pages are read", () => {
  it.each([
    ["Why 502, and why 504?", "why-502-and-why-504"],
    ["`preStop`: how long", "prestop-how-long"],
    ["순서를 바로잡기", "순서를-바로잡기"],
  ])("the id of %s", (heading, id) => {
    expect(headingIds(`## ${heading}\n`)).toEqual([id]);
  });
  it("two headings that are the same get two ids, and code has no headings", () => {
    expect(headingIds("## Now you\n```sh\n## no\n```\n### Now you\n")).toEqual([
      "now-you",
      "now-you-1",
    ]);
    expect(headingId(" A  b ")).toBe("a--b");
  });
  it("components come with what decides what they show", () => {
    const text = `<Fact figure="surge" knobs={{ maxSurge: 1 }}\n  expr='update.first("a}").after' /> <Figure id="surge" lang="en" caption="a > b" />`;
    expect(componentsIn(text)).toEqual([
      {
        name: "Fact",
        props: {
          figure: '"surge"',
          knobs: "{{maxSurge:1}}",
          expr: `'update.first("a}").after'`,
        },
      },
      { name: "Figure", props: { id: '"surge"' } },
    ]);
  });
});
