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

    // A verdict on an earlier text says that it is one, and its patch takes no later edit back.
    const stale = bench.locator(".rl-note");
    await expect(stale).toBeHidden();
    const editor = bench.locator(".cm-content:visible").first();
    await editor.click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("# mine");
    await expect(stale).toBeVisible();
    await verdict.locator(".rl-button.primary").click();
    await expect(editor).toContainText("# mine");
    await editor.click();
    await page.keyboard.press("ControlOrMeta+Home");
    for (let i = 0; i < "# mine".length; i += 1) await page.keyboard.press("Delete");
    await expect(stale).toBeHidden();

    await verdict.locator(".rl-button.primary").click();
    await bench.locator(".rl-actions .primary").first().click();
    await expect(bench.locator(".rl-verdict.good")).toBeVisible({ timeout: 90_000 });
  });
}
