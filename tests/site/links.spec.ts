import { expect, test } from "@playwright/test";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { builtSites } from "../browser/built-sites.ts";
import { builtPages } from "./pages.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** What is read of one built page: the addresses that it names, and the places that can be linked to. */
interface Read {
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
}

function read(file: string): Read {
  // Scripts and the labs' data hold text that only looks like links.
  const html = readFileSync(file, "utf8").replaceAll(/<script[^>]*>[^]*?<\/script>/g, "");
  const values = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map(([, value = ""]) =>
      value.replaceAll("&#38;", "&").replaceAll("&amp;", "&"),
    );
  return {
    links: values(/\s(?:href|src)="([^"]*)"/g),
    ids: new Set(values(/\sid="([^"]*)"/g)),
  };
}

for (const [name, { folder, base }] of Object.entries(builtSites)) {
  test(`every link within the site leads to a page and to a place on it (${name})`, () => {
    const root = path.join(checkout, folder);
    const pages = new Map<string, Read>();
    const pageOf = (file: string): Read => {
      const found = pages.get(file) ?? read(file);
      pages.set(file, found);
      return found;
    };

    const wrong: string[] = [];
    for (const page of builtPages(folder)) {
      const here = new URL(`http://site${base}${page}`);
      for (const link of pageOf(path.join(root, page, "index.html")).links) {
        const url = new URL(link, here);
        if (url.host !== here.host) continue;
        const problem = problemOf(url, base, root, pageOf);
        if (problem) wrong.push(`/${page}: ${link} ${problem}`);
      }
    }
    expect(pages.size).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
}

function problemOf(
  url: URL,
  base: string,
  root: string,
  pageOf: (file: string) => Read,
): string | undefined {
  if (!url.pathname.startsWith(base)) return "leads out of the base path";
  const file = path.join(root, decodeURIComponent(url.pathname.slice(base.length)));
  if (!existsSync(file)) return "leads nowhere";
  if (!statSync(file).isDirectory()) return undefined;
  if (!url.pathname.endsWith("/")) return "lacks the slash at its end";
  const id = decodeURIComponent(url.hash.slice(1));
  // A lab's page reads moments and shared attempts from what follows the sign.
  if (id === "" || url.pathname.includes("/labs/")) return undefined;
  return pageOf(path.join(file, "index.html")).ids.has(id) ? undefined : "names no place there";
}
