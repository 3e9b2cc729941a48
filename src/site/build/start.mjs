/** Serves the built site, and builds it first where the build is missing or older than its sources. */
import "./require-node.mjs";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runAstro } from "./run-astro.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const sources = ["content", "labs", "public", "src", "astro.config.mjs", "content.config.ts"];
const alsoSources = ["site.config.ts", "package-lock.json"];

/** @param {string} file @returns {number} when the file, or the newest file below it, changed */
function changedAtMs(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    stat.mtimeMs,
    ...readdirSync(file).map((name) => changedAtMs(path.join(file, name))),
  );
}

const built = path.join(root, "dist", "index.html");
const newest = Math.max(
  ...[...sources, ...alsoSources].map((name) => changedAtMs(path.join(root, name))),
);
const upToDate = existsSync(built) && statSync(built).mtimeMs > newest;

const buildStatus = upToDate ? 0 : await runAstro(["build"]);
process.exitCode =
  buildStatus === 0 ? await runAstro(["preview", ...process.argv.slice(2)]) : buildStatus;
