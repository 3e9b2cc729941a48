import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { FileContent, ReadFile } from "../scenario/read-files.ts";
import { UnusableInput } from "./command.ts";

/** Largest file that is read, in bytes: kube-apiserver takes requests of 3 MiB, etcd objects of 1.5 MiB. */
const FILE_LIMIT = 1024 * 1024;

/** What stands at a path on disk. */
export function readPath(file: string): FileContent {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return { names: readdirSync(file) };
    if (!stat.isFile()) return { refused: "is neither a file nor a folder" };
    if (stat.size > FILE_LIMIT) {
      return { refused: `is ${stat.size} bytes large; at most ${FILE_LIMIT} are read` };
    }
    const bytes = readFileSync(file);
    if (bytes.includes(0)) return { refused: "is not a text file: it contains NUL bytes" };
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      return { refused: "is not a text file: it is not UTF-8" };
    }
    return { refused: `cannot be read: ${code ?? String(error)}` };
  }
}

/** The files beside a document. */
export function filesBeside(document: string): ReadFile {
  const folder = path.dirname(document);
  return (name) => readPath(path.resolve(folder, name));
}

/** The text of a file that a command was given. */
export function readText(file: string): string {
  const content = readPath(file);
  if (typeof content === "string") return content;
  if (content === undefined) throw new UnusableInput([`${file}: there is no such file`]);
  if ("refused" in content) throw new UnusableInput([`${file}:1:1: the file ${content.refused}`]);
  throw new UnusableInput([`${file}: is a folder; a file is wanted`]);
}
