import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** Files of a folder as text, and those that cannot be read, with the reason; both by their path in the folder. */
export interface FolderContent {
  readonly files: ReadonlyMap<string, string>;
  readonly unreadable: ReadonlyMap<string, string>;
}

/** The wanted files of a folder and of the folders in it; a name that ends in .gz is unpacked and loses the ending. */
export function readFolder(folder: string, wanted: (name: string) => boolean): FolderContent {
  const files = new Map<string, string>();
  const unreadable = new Map<string, string>();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  for (const name of names) {
    const file = path.join(folder, name);
    const plain = name.replace(/\.gz$/, "").replaceAll(path.sep, "/");
    if (!wanted(plain)) continue;
    try {
      if (!statSync(file).isFile()) continue;
      const bytes = readFileSync(file);
      files.set(plain, (plain === name ? bytes : gunzipSync(bytes)).toString("utf8"));
    } catch (error) {
      unreadable.set(plain, error instanceof Error ? error.message : String(error));
    }
  }
  return { files, unreadable };
}
