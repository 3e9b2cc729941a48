import { expect, test } from "@playwright/test";
import { axeFindings } from "../browser/axe.ts";

for (const [lang, theme, path] of [
  ["en", "light", "workbench/"],
  ["ko", "dark", "ko/workbench/"],
] as const) {
  test(`an update of one's own manifest is judged, and its patch put into the text, ${lang}, ${theme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto(path);
    const bench = page.locator("rl-own-manifest");
    await expect(
      bench.locator('.rl-problems-status[data-state="good"]').filter({ visible: true }),
    ).toHaveCount(1);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await bench.locator(".rl-actions .primary").first().click();
    const verdict = bench.locator(".rl-verdict.bad");
    await expect(verdict).toBeVisible({ timeout: 90_000 });
    await expect(verdict.locator(".rl-comparison")).toBeVisible();
    await expect(verdict).toContainText("preStop");
    await expect(bench.locator("rl-timeline .tl-svg").first()).toBeVisible();
    const here = new URL(page.url()).origin;
    expect(asked.filter((url) => !url.startsWith(here))).toEqual([]);
    expect(await axeFindings(page, { within: "rl-own-manifest", seriousOnly: true })).toEqual([]);

    await verdict.locator(".rl-button.primary").click();
    await bench.locator(".rl-actions .primary").first().click();
    await expect(bench.locator(".rl-verdict.good")).toBeVisible({ timeout: 90_000 });
  });
}
