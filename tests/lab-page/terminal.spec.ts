import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { TerminalPage } from "./terminal-page.ts";

test("a stuck rollout is found and undone by keyboard alone", async ({ page }) => {
  const lab = new TerminalPage(page);
  await lab.open();
  await lab.tabTo(lab.input);
  await lab.type("kubectl get pods");
  await expect(lab.screen).toContainText(/NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE/);
  await lab.ready();
  // Tab completes what has been begun, and leaves an empty line.
  await page.keyboard.type("kubectl rollout un");
  await page.keyboard.press("Tab");
  await page.keyboard.type("deploy/w");
  await page.keyboard.press("Tab");
  await expect(lab.screen).toContainText("$ kubectl rollout undo deploy/web");
  await page.keyboard.press("Enter");
  await expect(lab.screen).toContainText("deployment.apps/web rolled back");
  await lab.ready();
  await page.keyboard.press("Tab");
  await expect(lab.input).not.toBeFocused();

  await lab.tabTo(lab.check);
  await page.keyboard.press("Enter");
  await expect(page.locator(".rl-checks > li.passed")).toHaveCount(3, { timeout: 60_000 });
});

test("output comes as time goes on, Ctrl+C ends it, and going back takes it back", async ({
  page,
}) => {
  const lab = new TerminalPage(page);
  await lab.open();
  await lab.input.focus();
  await lab.type("kubectl rollout status deployment/web");
  await expect(lab.screen).toContainText("Waiting for deployment");
  await expect(lab.state).toContainText("is running");
  await page.keyboard.press("Control+c");
  await expect(lab.screen).toContainText("^C");
  await lab.ready();

  await lab.type("kubectl get deployments");
  await expect(lab.screen).toContainText("UP-TO-DATE");
  await lab.ready();
  await page.getByRole("slider", { name: "Playhead" }).press("Home");
  // xterm does not draw what is out of sight.
  await lab.input.scrollIntoViewIfNeeded();
  await expect(lab.screen).not.toContainText("Waiting for deployment");
  await expect(lab.screen).toHaveText("$");
  await page.getByRole("slider", { name: "Playhead" }).press("End");
  await lab.input.scrollIntoViewIfNeeded();
  await expect(lab.screen).toContainText("Waiting for deployment");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in a terminal in use, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const lab = new TerminalPage(page);
    await lab.open();
    await page.getByLabel("Screen reader mode").check();
    await lab.input.focus();
    await lab.type("kubectl get pods");
    await expect(lab.screen).toContainText("RESTARTS");
    await lab.ready();
    const { violations } = await new AxeBuilder({ page }).include(".rl-terminal").analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`),
    ).toEqual([]);
  });
}
