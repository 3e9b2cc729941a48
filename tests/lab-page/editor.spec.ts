import { expect, test } from "@playwright/test";
import { axeFindings } from "../browser/axe.ts";
import { labFile, WorkbenchPage, type Language } from "./workbench-page.ts";

test("Tab goes on, with Shift back, and Esc takes nothing away", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.editor.focus();
  await page.keyboard.press("Tab");
  await expect(lab.deploy).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(lab.editor).toBeFocused();
  await page.keyboard.press("Escape");
  expect(await lab.text()).toBe(labFile("start/web.yaml"));
});

test("offers the fields that fit, says what they are, and opens a mapping", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.paste(labFile("start/web.yaml").replace("    spec:\n", "    spec:\n      term\n"));
  await page.keyboard.press("ControlOrMeta+Home");
  for (let i = 0; i < 25; i += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+Space");
  const option = page.getByRole("option", { name: /terminationGracePeriodSeconds/ });
  await expect(option).toBeVisible();
  await expect(page.locator(".cm-completionInfo")).toContainText("SIGKILL");
  await option.click();
  await page.keyboard.type("45");
  await expect(page.locator(".rl-editor-field")).toContainText("terminationGracePeriodSeconds");
  expect(await lab.text()).toContain("      terminationGracePeriodSeconds: 45\n");
  await expect(lab.editorState("good")).toBeVisible();
});

test("a screen reader hears how many problems there are, and the first", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.paste(labFile("start/web.yaml").replace("  replicas: 3", "  replica: 3"));
  const heard = page.locator('.rl-problems [role="status"]');
  await expect(heard).toContainText("line 17, column 3");
  await expect(heard).toContainText('unknown field "spec.replica"');
});

for (const lang of ["en", "ko"] satisfies Language[]) {
  for (const theme of ["light", "dark"] as const) {
    test(`axe finds nothing serious in a workbench in use, ${lang}, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.deploy.click();
      await lab.judged();
      await lab.button(lab.words.hint).click();
      await lab.button(lab.words.compare).click();
      await lab.paste(labFile("start/web.yaml").replace("  replicas: 3", "  replica: 3"));
      await expect(lab.problems.first()).toBeVisible();
      expect(await axeFindings(page, { within: "rl-workbench", seriousOnly: true })).toEqual([]);
    });
  }

  for (const width of [390, 1024]) {
    test(`a workbench in use fits ${width} pixels, ${lang}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.paste(labFile("answers/pre-stop-40-default-grace/web.yaml"));
      await lab.deploy.click();
      await lab.judged();
      await lab.button(lab.words.compare).click();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    });
  }
}

test("nothing moves while the workbench takes over", async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const lab = new WorkbenchPage(page);
  await lab.open();
  const moved = await page.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
  );
  expect(moved).toBeLessThan(0.02);
});

test("the page answers while checks run", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    const tick = () => {
      frames.push(performance.now());
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await lab.deploy.click();
  await lab.judged();
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  const gaps = frames.slice(1).map((ms, i) => ms - frames[i]!);
  // Had the page itself done the runs, one gap would be as long as all of them.
  expect(Math.max(...gaps)).toBeLessThan((frames.at(-1)! - frames[0]!) / 2);
});
