import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { HastPluginDefinition } from "satteri";
import { FOLDERS } from "../offered-languages.ts";

const docs = path.resolve("content/docs");

/** An id as GitHub makes it of a heading: lower case, words joined by hyphens, punctuation dropped. */
export function headingId(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** The ids of the headings of a page's source, in order. */
export function headingIds(source: string): string[] {
  const prose = source.replaceAll(/^(```|~~~)[^]*?^\1/gm, "");
  const seen = new Map<string, number>();
  return [...prose.matchAll(/^#{2,6} +(.+?) *#*$/gm)].map(([, text]) => {
    // Code, emphasis and links are written with signs that are not part of what is read.
    const plain = text!.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, "$1");
    const id = headingId(plain);
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count === 0 ? id : `${id}-${count}`;
  });
}

/** The page in English that a page is the same as, whichever language is the default. */
function originalOf(file: string): string {
  const [first = "", ...rest] = path.relative(docs, file).split(path.sep);
  return Object.values(FOLDERS).includes(first) ? path.join(docs, ...rest) : file;
}

/**
 * Gives the headings of a page the same ids in every language: those of the page in English, by their place. So a link to a
 * part of a page is the same link in all of them.
 */
export function sharedHeadingIds(): () => HastPluginDefinition {
  return () => {
    let ids: readonly string[] | undefined;
    let place = 0;
    return {
      name: "shared-heading-ids",
      element: {
        filter: ["h2", "h3", "h4", "h5", "h6"],
        visit(node, context) {
          const file = context.fileURL && fileURLToPath(context.fileURL);
          if (!file?.startsWith(docs)) return;
          const original = originalOf(file);
          ids ??= existsSync(original) ? headingIds(readFileSync(original, "utf8")) : [];
          const id = ids[place];
          place += 1;
          if (id !== undefined) context.setProperty(node, "id", id);
        },
      },
    };
  };
}
