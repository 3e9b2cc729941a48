import { expect, test } from "@playwright/test";
import { WorkbenchPage } from "./workbench-page.ts";

test("panes are moved by pointer and keyboard, and stay so; damaged sizes are passed over", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const lab = new WorkbenchPage(page);
  await lab.open();
  const separator = (name: string) => page.getByRole("separator", { name });
  const column = separator("Width of the left column");
  const left = page.locator(".rl-bench-side").first();
  const widthOf = async () => (await left.boundingBox())!.width;
  const usual = await widthOf();

  await column.focus();
  await expect(column).toHaveAttribute("aria-valuenow", "44");
  await page.keyboard.press("ArrowRight");
  await expect(column).toHaveAttribute("aria-valuenow", "46");
  expect(await widthOf()).toBeGreaterThan(usual);

  const editor = separator("Height of the editor");
  await editor.scrollIntoViewIfNeeded();
  const handle = (await editor.boundingBox())!;
  const height = (await lab.bench.locator(".cm-editor").boundingBox())!.height;
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + handle.width / 2, handle.y - 100, { steps: 3 });
  await page.mouse.up();
  expect((await lab.bench.locator(".cm-editor").boundingBox())!.height).toBeLessThan(height - 80);

  const set = await widthOf();
  await page.reload();
  // Before the workbench has come, the task stands where it will be.
  const task = await page.locator("rl-workbench section").first().boundingBox();
  expect(task!.width).toBeLessThanOrEqual(set);
  await expect(column).toHaveAttribute("aria-valuenow", "46");
  expect(await widthOf()).toBeCloseTo(set, 0);

  await column.focus();
  await page.keyboard.press("Enter");
  expect(await widthOf()).toBeCloseTo(usual, 0);

  await page.evaluate(() => localStorage.setItem("rollout-lab/panes", '{"split":'));
  await page.reload();
  await expect(column).toHaveAttribute("aria-valuenow", "44");
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(column).toBeHidden();
});

test("the line between the columns ends above the comparison with the solution", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.button(lab.words.compare).click();
  const comparison = (await page.locator(".rl-comparison").boundingBox())!;
  const line = (await page
    .getByRole("separator", { name: "Width of the left column" })
    .boundingBox())!;
  expect(line.y + line.height).toBeLessThan(comparison.y);
});

test("a long task leaves room for the editor, and its story is scrolled by keyboard", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("labs/the-release-that-went-wrong/");
  await expect(page.locator("rl-timeline .tl-svg").first()).toBeVisible();
  const topOf = async (part: string) => (await page.locator(part).first().boundingBox())!.y;
  expect((await topOf(".rl-bar")) - (await topOf(".cm-editor"))).toBeGreaterThan(80);

  const story = page.locator(".rl-task-story");
  const scrolled = () => story.evaluate(({ scrollTop }) => scrollTop);
  await expect(story).toHaveAttribute("tabindex", "0");
  await story.focus();
  await page.keyboard.press("End");
  await expect.poll(scrolled).toBeGreaterThan(50);

  // In one column it is read with the page.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(story).not.toHaveAttribute("tabindex");
});
