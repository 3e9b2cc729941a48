import { expect, test } from "@playwright/test";
import { axeFindings } from "../browser/axe.ts";
import { TerminalPage } from "./terminal-page.ts";
import { EMPTY } from "./terminal-screen.ts";

test("a stuck rollout is found and undone by keyboard alone", async ({ page }) => {
  const lab = new TerminalPage(page);
  await lab.open();
  await lab.tabTo(lab.input);
  await lab.type("kubectl get pods");
  await lab.shows(/NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE/);
  await lab.ready();
  // Tab completes what has been begun, and leaves an empty line.
  await page.keyboard.type("kubectl rollout un");
  await page.keyboard.press("Tab");
  await page.keyboard.type("deploy/w");
  await page.keyboard.press("Tab");
  await lab.shows("$ kubectl rollout undo deploy/web");
  await page.keyboard.press("Enter");
  await lab.shows("deployment.apps/web rolled back");
  await lab.ready();
  await page.keyboard.press("Tab");
  await expect(lab.input).not.toBeFocused();

  await lab.tabTo(lab.check);
  await page.keyboard.press("Enter");
  await expect(page.locator(".rl-checks > li.passed")).toHaveCount(3, { timeout: 60_000 });
});

test("what happened is told as far as time has passed, and to the end once it was judged", async ({
  page,
}) => {
  const lab = new TerminalPage(page);
  await lab.open();
  const story = page.getByRole("region", { name: "What happened" });
  await expect(story).toContainText("Up to 41 s.");
  await expect(story).toContainText("had not ended after 1 s");
  await expect(story).not.toContainText("made no progress");
  const playhead = page.locator("rl-timeline").getByRole("slider").first();
  await playhead.focus();
  await page.keyboard.press("End");
  await expect(story).toContainText("made no progress within its deadline");
  await expect(story.getByText("Up to")).toBeHidden();
  // What has been seen stays told.
  await page.keyboard.press("Home");
  await expect(playhead).toHaveAttribute("aria-valuenow", "0");
  await expect(story).toContainText("made no progress");

  await page.reload();
  await expect(story).toContainText("Up to 41 s.");
  await lab.check.click();
  await expect(page.locator(".rl-checks > li.failed").first()).toBeVisible();
  await expect(story).toContainText("made no progress");
});

test("the result of a check tells the whole run, and checked again it says the same", async ({
  page,
}) => {
  const lab = new TerminalPage(page);
  await lab.open();
  const result = page.locator(".rl-result").getByRole("status");
  const judged = page.locator(".rl-checks > li").first();
  await lab.check.click();
  await expect(judged).toHaveClass(/failed/);
  await expect(result).toContainText("2 of 3 checks");
  const said = await result.innerText();
  const story = page.getByRole("region", { name: "What happened" }).getByRole("listitem");
  expect(said).toContain((await story.first().innerText()).replace(/^\S\s+/, "").split("\n")[0]);

  await lab.check.click();
  await expect(judged).not.toHaveClass(/failed/);
  await expect(judged).toHaveClass(/failed/);
  await expect(result).toHaveText(said);
});

test("output comes as time goes on, Ctrl+C ends it, and going back takes it back", async ({
  page,
}) => {
  const lab = new TerminalPage(page);
  await lab.open();
  await lab.input.focus();
  await lab.type("kubectl rollout status deployment/web");
  await lab.shows("Waiting for deployment");
  await expect(lab.state).toContainText("is running");
  await page.keyboard.press("Control+c");
  await lab.shows("^C");
  await lab.ready();

  await lab.type("kubectl get deployments");
  await lab.shows("UP-TO-DATE");
  await lab.ready();
  await page.getByRole("slider", { name: "Playhead" }).press("Home");
  await lab.shows(EMPTY);
  await page.getByRole("slider", { name: "Playhead" }).press("End");
  await lab.shows("Waiting for deployment");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in a terminal in use, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const lab = new TerminalPage(page);
    await lab.open();
    await page.getByLabel("Screen reader mode").check();
    await lab.input.focus();
    await lab.type("kubectl get pods");
    await lab.shows("RESTARTS");
    await lab.ready();
    expect(await axeFindings(page, { within: ".rl-terminal" })).toEqual([]);
  });
}
