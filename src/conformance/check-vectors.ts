import path from "node:path";
import { readFolder } from "./read-folder.ts";
import { failed, type Result } from "./result.ts";
import { runVectorFile } from "./vectors/vector-file.ts";

/**
 * Runs all files of recorded cases in a folder, and tells of each case. Files of JSON that are something else are passed over; one that
 * cannot be read has failed.
 */
export function checkVectors(folder: string, tell: (result: Result) => void): void {
  const { files, unreadable } = readFolder(folder, (file) => file.endsWith(".json"));
  for (const [name, why] of unreadable)
    tell(failed(`vectors/${name}`, `${path.join(folder, name)}: ${why}`));
  for (const [name, text] of files) {
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch (error) {
      const why = `is no JSON: ${(error as Error).message}`;
      tell(failed(`vectors/${name}`, `${path.join(folder, name)}: ${why}`));
      continue;
    }
    for (const result of runVectorFile(content) ?? []) tell(result);
  }
}
