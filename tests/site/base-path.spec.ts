/*
 * How one moves about below a base path. That every page is whole there is held by links.spec.ts (all that pages name), offline.spec.ts and
 * nginx.spec.ts (all that they ask for as they run).
 */
import { expect, test } from "@playwright/test";
import { addressOf, builtSites } from "../browser/built-sites.ts";

const home = addressOf(builtSites.underBase);

test("the language switch leads to the same page and back", async ({ page }) => {
  await page.goto(`${home}why-502-and-504/`);
  await page.getByRole("banner").getByRole("link", { name: "한국어" }).click();
  await expect(page).toHaveURL(`${home}ko/why-502-and-504/`);
  await page.getByRole("banner").getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(`${home}why-502-and-504/`);
});

test("search finds a chapter by a word of its title", async ({ page }) => {
  await page.goto(home);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("users");
  await page.getByRole("dialog").locator('a[href$="/rollouts/why-502-and-504/"]').click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/502 and 504/);
});
