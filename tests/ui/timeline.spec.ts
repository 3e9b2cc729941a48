/** The live timeline as a reader meets it: with a pointer, by keyboard alone, with reduced motion. */
import { expect, test, type Page } from "@playwright/test";
import { axeFindings } from "../browser/axe.ts";
import { figureHtml } from "../../src/ui/figure/markup.ts";
import { timelineHtml } from "../../src/ui/timeline/static.ts";
import { openHarness } from "./harness/bundle.ts";
import { syntheticTimeline } from "./synthetic-timeline.ts";

const languages = ["en", "ko"] as const;
const names = {
  en: { playhead: "Playhead", play: "Play", pause: "Pause" },
  ko: { playhead: "재생 위치", play: "재생", pause: "일시 정지" },
};

async function openTimeline(page: Page, lang: "en" | "ko" = "en", theme = "light"): Promise<void> {
  const markup = timelineHtml(syntheticTimeline(), { lang, id: "t", live: true });
  await openHarness(page, `<rl-timeline lang="${lang}">${markup}</rl-timeline>`, { lang, theme });
}

const bringToLife = (page: Page) => page.evaluate(() => window.harness.showTimeline({}));
const playheadMs = (page: Page) =>
  page.evaluate(() => document.querySelector("rl-timeline")!.playheadMs);
const topOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);

for (const width of [390, 768, 1440]) {
  test(`comes alive at ${width} pixels and moves nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openTimeline(page);
    const before = [
      await topOf(page, ".tl-stage"),
      await topOf(page, ".tl-legend >> visible=true"),
    ];
    await bringToLife(page);
    await expect(page.getByRole("slider", { name: "Playhead" })).toBeVisible();
    const after = [await topOf(page, ".tl-stage"), await topOf(page, ".tl-legend >> visible=true")];
    expect(after).toEqual(before);
  });
}

for (const lang of languages) {
  test(`is worked by keyboard alone in ${lang}`, async ({ page }) => {
    await openTimeline(page, lang);
    await bringToLife(page);
    const playhead = page.getByRole("slider", { name: names[lang].playhead });
    await playhead.focus();
    const end = await playheadMs(page);
    await page.keyboard.press("ArrowLeft");
    const stepped = await playheadMs(page);
    expect(stepped).toBeLessThan(end);
    await page.keyboard.press("Shift+ArrowLeft");
    expect(await playheadMs(page)).toBe(stepped - 1000);
    await expect(playhead).toHaveAttribute("aria-valuetext", /Ready 3/);
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: names[lang].pause, exact: true })).toBeVisible();
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: names[lang].play, exact: true })).toBeVisible();

    const mark = page.locator(".tl-target");
    await mark.focus();
    const first = await mark.getAttribute("aria-label");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".tl-target").getAttribute("aria-label")).not.toBe(first);
    await expect(page.locator(".tl-target")).toBeFocused();
    // However small the mark is.
    const { width, height } = (await page.locator(".tl-target").boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    await page.keyboard.press("Enter");
    const answer = page.getByRole("dialog");
    await expect(answer).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(answer).toBeHidden();
    await expect(page.locator(".tl-target")).toBeFocused();
  });
}

test("answers why a request failed, where it is clicked", async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 900 });
  await openTimeline(page);
  await bringToLife(page);
  const at = await page.evaluate(() => {
    const { targets } = document.querySelector("rl-timeline")!.scene!;
    const { box } = targets.findLast(({ subject }) => subject.kind === "requests")!;
    return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
  });
  await page.locator(".tl-stage").click({ position: at });
  const answer = page.getByRole("dialog");
  await expect(answer).toContainText("lifecycle.preStop");
  await expect(answer).toContainText("The pod's port closes.");
  await expect(answer).toContainText("drops the pod");
  await answer.getByRole("button", { name: "Close" }).click();
  await expect(answer).toBeHidden();
});

test("follows the pointer, and plays on from there", async ({ page }) => {
  await openTimeline(page);
  await bringToLife(page);
  const stage = (await page.locator(".tl-stage").boundingBox())!;
  await page.mouse.move(stage.x + 400, stage.y + 60);
  await page.mouse.down();
  await page.mouse.move(stage.x + 300, stage.y + 60, { steps: 4 });
  await page.mouse.up();
  const scrubbed = await playheadMs(page);
  expect(scrubbed).toBeLessThan(15_000);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => playheadMs(page)).toBeGreaterThan(scrubbed + 200);
});

test("moves in steps where motion is to be reduced", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.clock.install();
  await openTimeline(page);
  await bringToLife(page);
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.evaluate(() => {
    const timeline = document.querySelector("rl-timeline")!;
    Object.assign(window, { moves: 0 });
    const count = () => ((window as unknown as { moves: number }).moves += 1);
    timeline.addEventListener("playhead", count);
    timeline.play();
  });
  await page.clock.runFor(1600);
  const moves = await page.evaluate(() => (window as unknown as { moves: number }).moves);
  // Every half second, and not some hundred frames.
  expect([3, 4]).toContain(moves);
});

test("a figure replays when a knob is moved, and says what changed", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await openHarness(page, await figureHtml("incident", { lang: "en", id: "f" }));
  await page.evaluate(() => window.harness.defineFigure());
  const knob = page.getByRole("slider", { name: "preStop: sleep" });
  await knob.focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press("ArrowRight");
  await expect(knob).toHaveAttribute("aria-valuetext", "5 s");
  await expect(page.locator("[data-now]")).toContainText("none of");
  await expect(page.getByRole("slider", { name: "Playhead" })).toBeVisible();
  await page.getByRole("button", { name: "As at first" }).click();
  await expect(page.locator("[data-now]")).toContainText("failed");
  await expect(page.locator("[data-now]")).not.toContainText("none of");
  expect(errors).toEqual([]);
});

for (const lang of languages) {
  for (const theme of ["light", "dark"]) {
    test(`has nothing that axe finds, in ${lang}, ${theme}`, async ({ page }) => {
      await openHarness(page, await figureHtml("incident", { lang, id: "f" }), { lang, theme });
      expect(await axeFindings(page, { within: "#place" })).toEqual([]);
      await openTimeline(page, lang, theme);
      await bringToLife(page);
      await page.locator(".tl-target").focus();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await axeFindings(page, { within: "#place" })).toEqual([]);
    });
  }
}
