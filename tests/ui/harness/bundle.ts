import type { Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Where the harness seems to be; nothing is served there, the page is given its files as it asks for them. */
export const HARNESS = "http://harness.test/";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
};

let bundled: Promise<ReadonlyMap<string, string>> | undefined;

/** Bundles the harness once for all tests of a worker process: contents by path. */
function bundle(): Promise<ReadonlyMap<string, string>> {
  bundled ??= bundleNow();
  return bundled;
}

async function bundleNow(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    root: fileURLToPath(new URL(".", import.meta.url)),
    configFile: false,
    logLevel: "error",
    base: "/",
    worker: { format: "es" },
    build: { write: false, modulePreload: false },
  });
  const files = new Map<string, string>();
  for (const part of Array.isArray(result) ? result : [result]) {
    if (!("output" in part)) continue;
    for (const file of part.output) {
      const text = file.type === "chunk" ? file.code : file.source;
      files.set(
        `/${file.fileName}`,
        typeof text === "string" ? text : new TextDecoder().decode(text),
      );
    }
  }
  return files;
}

/** Opens the harness with this markup in its place. */
export async function openHarness(
  page: Page,
  markup: string,
  { lang = "en", theme = "light" } = {},
): Promise<void> {
  const files = await bundle();
  await page.route(`${HARNESS}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = pathname === "/" ? "/index.html" : pathname;
    const body = files.get(path);
    if (body === undefined) return route.fulfill({ status: 404, body: "" });
    const contentType = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "text/plain";
    const filled = body
      .replace('<html lang="en" data-theme="light">', `<html lang="${lang}" data-theme="${theme}">`)
      .replace('<main id="place"></main>', () => `<main id="place">${markup}</main>`);
    return route.fulfill({ contentType, body: path === "/index.html" ? filled : body });
  });
  await page.goto(HARNESS);
  await page.waitForFunction(() => "harness" in window);
}
