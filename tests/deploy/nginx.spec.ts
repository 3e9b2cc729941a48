import { expect, test } from "@playwright/test";
import type { APIResponse } from "@playwright/test";
import { readdirSync } from "node:fs";
import path from "node:path";
import { builtSites } from "../browser/built-sites.ts";
import { watch } from "../browser/watch.ts";
import { builtPages } from "../site/pages.ts";
import { findNginx, forBase, startNginx } from "./nginx.ts";
import type { RunningNginx } from "./nginx.ts";

const nginx = findNginx();
const { folder, base } = builtSites.underBase;
const port = builtSites.root.port + 2;
const home = `http://127.0.0.1:${port}${base}`;

test.describe.configure({ mode: "serial" });
test.skip(!nginx, "needs nginx, which is not installed here: apt-get install nginx-light");

let running: RunningNginx | undefined;
test.beforeAll(async () => {
  if (nginx) running = await startNginx(nginx, { folder, base, port });
});
test.afterAll(() => running?.stop());

const caching = (response: APIResponse) => response.headers()["cache-control"];
const assets = () => readdirSync(path.join(running!.site, "_astro"));

test("a page has the headers, is asked for again each time, and is compressed", async ({
  request,
}) => {
  const response = await request.get(home);
  const headers = response.headers();
  expect(caching(response)).toBe("no-cache");
  expect(headers["content-security-policy"]).toMatch(/script-src [^;]*'sha256-.*frame-ancestors/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["content-encoding"]).toBe("gzip");
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["server"]).toBe("nginx");
});

test("what has a hash in its name is kept for a year, with the headers all the same", async ({
  request,
}) => {
  const script = assets().find((file) => file.endsWith(".js"))!;
  const response = await request.get(`${home}_astro/${script}`);
  expect(caching(response)).toBe("public, max-age=31536000, immutable");
  expect(response.headers()["content-security-policy"]).toContain("default-src 'self'");
  expect(response.headers()["content-type"]).toMatch(/^application\/javascript/);
});

test("a page without its slash is redirected within the host", async ({ request }) => {
  const response = await request.get(`${home}why-502-and-504`, { maxRedirects: 0 });
  expect(response.status()).toBe(301);
  expect(response.headers()["location"]).toBe(`${base}why-502-and-504/`);
  const root = await request.get(home.slice(0, -1), { maxRedirects: 0 });
  expect(root.headers()["location"]).toBe(base);
});

test("what is missing is answered with the site's own page, and that is not kept", async ({
  request,
}) => {
  const response = await request.get(`${home}_astro/missing.js`);
  expect(response.status()).toBe(404);
  expect(caching(response)).toBeUndefined();
  expect(response.headers()["content-security-policy"]).toBeDefined();
  expect(await response.text()).toContain("<title>");
});

test("every page is quiet: no message, no request elsewhere, nothing missing", async ({ page }) => {
  test.setTimeout(600_000);
  const wrongs = watch(page, home);
  for (const address of builtPages(folder)) {
    await page.goto(home + address, { waitUntil: "networkidle" });
    expect(wrongs(), address).toEqual([]);
  }
});

test("a lab runs: its simulation is a worker of the site", async ({ page }) => {
  const wrongs = watch(page, home);
  const worker = page.waitForEvent("worker");
  await page.goto(`${home}labs/requests-fail-on-deploy/`);
  expect((await worker).url()).toContain(`${home}_astro/`);
  await expect(page.locator("rl-timeline .tl-svg").first()).toBeVisible();
  expect(wrongs()).toEqual([]);
});

test("search finds a page", async ({ page }) => {
  const wrongs = watch(page, home);
  await page.goto(home);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("users");
  await expect(
    page.getByRole("dialog").locator(`a[href$="${base}why-502-and-504/"]`).first(),
  ).toBeVisible();
  expect(wrongs()).toEqual([]);
});

test("the configuration is written for any base path, and refuses what is none", () => {
  expect(forBase("error_page 404 /docs/rollouts/404.html;", "/")).toBe("error_page 404 /404.html;");
  expect(() => forBase("", "docs")).toThrow(/begins and ends with a slash/);
});
