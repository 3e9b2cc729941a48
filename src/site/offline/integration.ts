import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { filesToKeep, withFiles } from "./files.ts";

/**
 * Writes the service worker with which the site works without a network after the first visit. Stands
 * last among the integrations, since it takes the hash of what the others have written.
 */
export function offline(): AstroIntegration {
  return {
    name: "offline",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const count = await writeServiceWorker(fileURLToPath(dir));
        logger.info(`${count} files are kept for reading without a network`);
      },
    },
  };
}

/** Writes `service-worker.js` into a built site; the number of files that it keeps. */
async function writeServiceWorker(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = async (file: string) => ({
    path: path.relative(folder, file).replaceAll(path.sep, "/"),
    content: await readFile(file),
  });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => read(path.join(entry.parentPath, entry.name)));
  const list = filesToKeep(await Promise.all(files));
  // Builds run in the checkout's root.
  const script = await readFile(path.resolve("src/site/offline/service-worker.mjs"), "utf8");
  await writeFile(path.join(folder, "service-worker.js"), withFiles(script, list));
  return Object.keys(list).length;
}
