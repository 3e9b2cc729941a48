import type { Diagnostic } from "./schema/diagnostic.ts";

/** What stands at a path: the text of a file, the names in a folder, or why it cannot be used; undefined where there is nothing. */
export type FileContent =
  string | { readonly names: readonly string[] } | { readonly refused: string } | undefined;

/** Reads what stands at a path, given relative to the document that names it. Names nothing twice and never throws. */
export type ReadFile = (path: string) => FileContent;

/** Files held in memory by their paths; their folders are there as well. */
export function filesInMemory(files: Readonly<Record<string, string>>): ReadFile {
  return (path) => {
    const wanted = normalize(path);
    if (Object.hasOwn(files, wanted)) return files[wanted];
    const prefix = wanted === "" ? "" : `${wanted}/`;
    const below = Object.keys(files).filter((name) => name.startsWith(prefix));
    if (below.length === 0) return undefined;
    return { names: [...new Set(below.map((name) => name.slice(prefix.length).split("/")[0]!))] };
  };
}

/** A path without `.`, `..`, doubled and closing slashes. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}

/** A path as seen from where the document's own path is relative to, for messages. */
export function beside(document: string, path: string): string {
  if (path.startsWith("/")) return normalize(path);
  const slash = document.lastIndexOf("/");
  return normalize(slash < 0 ? path : `${document.slice(0, slash)}/${path}`);
}

/** One manifest that a step applies. */
export interface ManifestFile {
  /** Relative to the document. */
  readonly path: string;
  readonly text: string;
}

/**
 * The manifests at a path: the file itself, or the .yaml, .yml and .json files right in the folder, by name, as kubectl takes them (cli-runtime
 * pkg/resource/builder.go FileExtensions, without -R). A problem comes with the file that cannot be read, if there is one.
 */
export function manifestsAt(
  path: string,
  readFile: ReadFile,
):
  { readonly files: readonly ManifestFile[] } | { readonly problem: string; readonly at?: string } {
  const content = readFile(path);
  if (content === undefined) return { problem: `there is no file or folder ${path}` };
  if (typeof content === "string") return { files: [{ path, text: content }] };
  if ("refused" in content) return { problem: `${path} ${content.refused}`, at: path };
  const names = content.names.filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  const files: ManifestFile[] = [];
  for (const name of names) {
    const file = normalize(`${path}/${name}`);
    const text = readFile(file);
    if (typeof text === "string") files.push({ path: file, text });
    else if (text !== undefined && "refused" in text)
      return { problem: `${file} ${text.refused}`, at: file };
  }
  if (files.length === 0) {
    return { problem: `the folder ${path} has no .yaml, .yml or .json file` };
  }
  return { files };
}

/** What is wrong with a document, and what may not be as its author thinks. */
export interface Reading {
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: readonly string[];
}
