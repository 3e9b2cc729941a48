import { createHash } from "node:crypto";

/** What no page of the site asks for: search's other interfaces, and files for hosts and robots. */
const NOT_KEPT = [
  /^pagefind\/pagefind-(ui|modular-ui|component-ui|highlight)\b/,
  /^(readme|schema)\//,
  /^sitemap.*\.xml$/,
  /^(robots\.txt|security-headers\.conf|service-worker\.js)$/,
  /\.(map|gz|br)$/,
];

/**
 * What the service worker keeps: each file's path as pages ask for it, relative to the base path,
 * with a hash of its content. A page is asked for by its folder.
 */
export function filesToKeep(
  files: readonly { readonly path: string; readonly content: Uint8Array }[],
): Record<string, string> {
  return Object.fromEntries(
    files
      .filter(({ path }) => !NOT_KEPT.some((pattern) => pattern.test(path)))
      .map(({ path, content }) => [path.replace(/(^|\/)index\.html$/, "$1"), hashOf(content)])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}

/** The service worker's script with the list in its place. */
export function withFiles(script: string, files: Readonly<Record<string, string>>): string {
  const place = "(FILES)";
  if (!script.includes(place)) throw new Error(`service-worker.mjs: ${place} is gone`);
  return script.replace(place, () => `(${JSON.stringify(files)})`);
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
