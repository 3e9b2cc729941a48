import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";
import { axeFindings } from "../browser/axe.ts";
import { addressOf, builtSites } from "../browser/built-sites.ts";
import { leaveOutWhenLate } from "../browser/time-left.ts";
import { watch } from "../browser/watch.ts";
import { builtPages } from "./pages.ts";

/** What a theme decides. All else that axe looks at is the same in both, so it is looked at once. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

/**
 * Axe finds nothing at all. Code blocks that scroll are made to take the focus once the page is
 * idle, so that it may have to look again.
 */
async function expectAccessible(page: Page, rules: readonly string[] = []): Promise<void> {
  await expect(async () => {
    expect(await axeFindings(page, { rules })).toEqual([]);
  }).toPass({ timeout: 30_000 });
}

/** The tables of the text that are wider than their room; a timeline's table has a box of its own to scroll in. */
function tablesThatScroll(page: Page): Promise<string[]> {
  return page.locator("main table:visible").evaluateAll((tables) =>
    tables
      .filter((table) => table.closest(".tl-table") === null)
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => textContent.trim().slice(0, 60)),
  );
}

for (const path of builtPages()) {
  test(`/${path} asks no other host, describes itself, is accessible, and fits a phone`, async ({
    page,
  }) => {
    leaveOutWhenLate();
    const wrongs = watch(page, addressOf(builtSites.root));
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(path, { waitUntil: "networkidle" });
    const description = page.locator('meta[name="description"]');
    expect((await description.getAttribute("content"))?.length).toBeGreaterThan(15);
    const names = (await page.title()).split(" | ");
    expect(names).toEqual([...new Set(names)]);
    await expectAccessible(page);

    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expectAccessible(page, rulesOfColour);

    await page.setViewportSize({ width: 390, height: 844 });
    // A timeline is drawn anew once it has been told of its new width.
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await tablesThatScroll(page)).toEqual([]);
    await expectAccessible(page, ["target-size"]);
    expect(wrongs()).toEqual([]);
  });
}
