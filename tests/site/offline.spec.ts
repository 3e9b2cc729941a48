import { expect, test } from "@playwright/test";
import { addressOf, builtSites } from "../browser/built-sites.ts";
import { watch } from "../browser/watch.ts";
import { builtPages } from "./pages.ts";

const home = addressOf(builtSites.underBase);

test.use({ serviceWorkers: "allow" });

test("after one visit everything works without a network", async ({ page, context }) => {
  test.setTimeout(600_000);
  await page.goto(home);
  // Ready once it is active, and active once it has kept every file.
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(home);

  await context.setOffline(true);
  const wrongs = watch(page, home);
  for (const path of builtPages(builtSites.underBase.folder)) {
    const response = await page.goto(home + path, { waitUntil: "load" });
    expect(response?.fromServiceWorker(), path).toBe(true);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  const worker = page.waitForEvent("worker");
  await page.goto(`${home}labs/requests-fail-on-deploy/`);
  expect((await worker).url()).toContain(`${home}_astro/`);
  await expect(page.locator("rl-timeline .tl-svg").first()).toBeVisible();

  await page.goto(home);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("users");
  await expect(page.getByRole("dialog").locator('a[href*="why-502"]').first()).toBeVisible();
  expect(wrongs()).toEqual([]);

  await page.goto(`${home}probes`);
  await expect(page).toHaveURL(`${home}probes/`);
});
