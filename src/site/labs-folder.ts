import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe } from "../scenario/schema/diagnostic.ts";
import { readLab } from "../labs/authoring.ts";
import type { Lab, ReadFile } from "../labs/index.ts";

/** Builds run in the checkout's root; a path beside this module would not outlive the bundler. */
const folder = path.resolve("labs");

/**
 * Every lab of the `labs/` folder, in their order.
 *
 * @throws where an author's mistake makes a lab unusable, with file, line and what was wanted
 */
export function labsOfFolder(): readonly Lab[] {
  return readdirSync(folder)
    .filter((id) => existsSync(path.join(folder, id, "lab.yaml")))
    .map(labOfFolder)
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** The files that decide what the site shows of the labs, for the development server to watch. */
export function labFiles(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => path.join(folder, file))
    .filter((file) => statSync(file).isFile());
}

function labOfFolder(id: string): Lab {
  const file = `labs/${id}/lab.yaml`;
  const text = readFileSync(path.join(folder, id, "lab.yaml"), "utf8");
  const { lab, diagnostics } = readLab(text, { file, readFile: readIn(path.join(folder, id)) });
  if (!lab) throw new Error(diagnostics.map(describe).join("\n"));
  if (lab.id !== id) throw new Error(`${file}: metadata.name is ${lab.id}, the folder's is ${id}`);
  return lab;
}

function readIn(directory: string): ReadFile {
  return (name) => {
    const file = path.join(directory, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return undefined;
    return stat.isDirectory() ? { names: readdirSync(file) } : readFileSync(file, "utf8");
  };
}
