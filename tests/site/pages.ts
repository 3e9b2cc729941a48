import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { builtSites } from "../browser/built-sites.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Paths of all pages of the built site, relative to its base: "", "ko/", "why-502-and-504/". */
export function builtPages(folder: string = builtSites.root.folder): string[] {
  return readdirSync(path.join(checkout, folder), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => file.endsWith("index.html"))
    .map((file) => file.slice(0, -"index.html".length))
    .sort();
}
