import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readLab } from "../labs/authoring.ts";
import type { Lab } from "../labs/index.ts";
import { describe } from "../scenario/schema/diagnostic.ts";
import { tell, UnusableInput } from "./command.ts";
import { filesBeside, readPath, readText } from "./files.ts";

/** The labs of this checkout. */
export const LABS_FOLDER = fileURLToPath(new URL("../../labs/", import.meta.url));

/** Names of the labs in a folder: of the folders in it that hold a lab.yaml. */
export function labIds(folder: string): string[] {
  const content = readPath(folder);
  if (content === undefined || typeof content === "string" || "refused" in content) {
    throw new UnusableInput([`${folder}: there is no such folder`]);
  }
  return readdirSync(folder)
    .filter((name) => typeof readPath(path.join(folder, name, "lab.yaml")) === "string")
    .sort();
}

/** A lab of a folder. */
export function loadLab(folder: string, id: string): Lab {
  const file = path.relative("", path.join(folder, id, "lab.yaml"));
  const { lab, diagnostics, warnings } = readLab(readText(file), {
    file,
    readFile: filesBeside(file),
  });
  if (lab === undefined) throw new UnusableInput(diagnostics.map(describe));
  if (lab.id !== id) {
    throw new UnusableInput([
      `${file}: metadata.name: wanted the folder's name ${id}, got ${lab.id}`,
    ]);
  }
  for (const warning of warnings) tell(`${file}: warning: ${warning}`);
  return lab;
}
