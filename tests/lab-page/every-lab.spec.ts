import { expect, test } from "@playwright/test";
import { labIds, LABS_FOLDER, loadLab } from "../../src/cli/lab-folders.ts";
import { addressOf, builtSites } from "../browser/built-sites.ts";
import { watch } from "../browser/watch.ts";
import { AnyLab, type Hand } from "./any-lab.ts";
import type { Language } from "./workbench-page.ts";

const SLIP = "kubectl gte pods";

/*
 * Every lab of the checkout with the solution in its folder, so that a new lab is covered. Each takes one of the two languages, one of the
 * two themes, and every third the keyboard alone.
 */
for (const [i, id] of labIds(LABS_FOLDER).entries()) {
  const lang: Language = i % 2 === 0 ? "en" : "ko";
  const theme = Math.floor(i / 2) % 2 === 0 ? "light" : "dark";
  const hand: Hand = i % 3 === 0 ? "keyboard" : "mouse";

  test(`${id} can be solved, ${lang}, ${theme}, by ${hand}`, async ({ page }) => {
    const wrongs = watch(page, addressOf(builtSites.root));
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const loaded = loadLab(LABS_FOLDER, id);
    const { solution, checks } = loaded;
    const lab = new AnyLab(page, loaded, lang, hand);
    await lab.open();
    await lab.write(solution.files);
    // A slip of the fingers is nobody's answer.
    if (loaded.mode === "operate") await lab.type(loaded.beginMs, SLIP);
    for (const { at, run } of solution.commands) await lab.type(at, run);
    await lab.submit();
    await expect(lab.passed).toHaveCount(checks.length, { timeout: 60_000 });
    await expect(lab.checks).toHaveCount(checks.length);
    await expect(page.locator(".rl-result")).toHaveAttribute("data-tone", "good");
    await expect(page.locator(".rl-story")).not.toContainText(SLIP);
    expect(wrongs()).toEqual([]);
  });
}
