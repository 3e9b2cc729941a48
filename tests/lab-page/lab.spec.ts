import { expect, test } from "@playwright/test";
import { labFile, WorkbenchPage, type Language } from "./workbench-page.ts";

const languages: readonly Language[] = ["en", "ko"];
const solution = labFile("solution/web.yaml");

for (const lang of languages) {
  test.describe(`the lab, ${lang}`, () => {
    test("fails as given: some 502, some 504, nothing else", async ({ page }) => {
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.deploy.click();
      expect(await lab.judged()).toEqual(["failed", "passed", "passed"]);
      const sum = await lab.story.getByRole("listitem").first().innerText();
      const told = lang === "en" ? /\d+\s×\s(\S+?)[,.]/g : /(\S+)\s\d+건[,.]/g;
      expect([...sum.matchAll(told)].map(([, outcome]) => outcome)).toEqual(["502", "504"]);
      await expect(lab.result).toContainText(lang === "en" ? "2 of 3 checks" : "3개 중 2개");
      await expect(lab.story).toContainText("lifecycle.preStop");
    });

    test("passes with the shipped solution", async ({ page }) => {
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.paste(solution);
      await lab.deploy.click();
      expect(await lab.judged()).toEqual(["passed", "passed", "passed"]);
      await expect(page.locator(".rl-result")).toHaveAttribute("data-tone", "good");
      await expect(lab.answer).toBeHidden();
    });

    test("tells preStop 40 with the default grace precisely", async ({ page }) => {
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.paste(labFile("answers/pre-stop-40-default-grace/web.yaml"));
      await lab.deploy.click();
      expect(await lab.judged()).toEqual(["passed", "passed", "failed"]);
      await expect(lab.answer).toContainText(lang === "en" ? "30.00 s" : "30.00초");
      await expect(lab.answer).toContainText("FailedPreStopHook");
      await expect(lab.answer).toContainText(lang === "en" ? "the 2 s" : "2초뿐");
      await expect(lab.story).toContainText("terminationGracePeriodSeconds");
      const told = lab.story.getByRole("listitem").filter({ hasText: "preStop" });
      await expect(told).toContainText(lang === "en" ? "cut off at 30.00 s" : "30.00초에 중단");
    });
  });
}

test("can be done by keyboard alone", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  const { keyboard } = page;
  const tabTo = async (name: string | RegExp, role: "button" | "textbox" = "button") => {
    const wanted = lab.bench.getByRole(role, { name }).first();
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard.press("Tab");
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab never came to ${String(name)}`);
  };

  await page.evaluate((text) => navigator.clipboard.writeText(text), solution);
  await tabTo(lab.words.manifest, "textbox");
  await keyboard.press("ControlOrMeta+a");
  await keyboard.press("ControlOrMeta+v");
  // Esc closes what might be open, and Tab leaves: two presses at most to the first button.
  await keyboard.press("Escape");
  await keyboard.press("Tab");
  await expect(lab.deploy).toBeFocused();
  await keyboard.press("Enter");
  expect(await lab.judged()).toEqual(["passed", "passed", "passed"]);
  await expect(lab.deploy).toBeFocused();

  await tabTo(/preStop ran to its end/);
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await tabTo(lab.words.hint);
  await keyboard.press("Enter");
  await expect(page.locator(".rl-hints > li")).toHaveCount(1);
  await tabTo(lab.words.compare);
  await keyboard.press("Enter");
  await expect(page.locator(".rl-comparison")).toBeVisible();
});

test("applies at the playhead, cuts the future off, and takes it back exactly", async ({
  page,
}) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.deploy.click();
  await lab.judged();
  const before = { picture: await lab.picture(), story: await lab.story.innerText() };

  await lab.paste(solution);
  await page.getByRole("slider", { name: "Playhead" }).press("Home");
  for (let i = 0; i < 45; i += 1) {
    await page.getByRole("slider", { name: "Playhead" }).press("Shift+ArrowRight");
  }
  await expect(lab.button("Apply now (45 s)")).toBeVisible();
  await lab.button("Apply now (45 s)").click();
  await expect(page.locator(".rl-result")).toContainText("deployment.apps/web configured");
  await expect.poll(() => lab.story.innerText()).not.toBe(before.story);

  await lab.button(lab.words.undo).click();
  await expect(lab.result).toContainText("Undone");
  await expect.poll(() => lab.story.innerText()).toBe(before.story);
  await expect.poll(() => lab.picture()).toBe(before.picture);
  expect(await lab.text()).toBe(solution);
});

test("a manifest that the running cluster refuses changes nothing", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  const picture = await lab.picture();
  const other = labFile("start/web.yaml").replaceAll("app: web", "app: other");
  await lab.paste(other);
  await expect(lab.editorState("good")).toBeVisible();
  await lab.button(lab.words.applyNow).click();
  await expect(page.locator(".rl-result")).toContainText("field is immutable");
  expect(await lab.picture()).toBe(picture);
  expect(await lab.text()).toBe(other);
  const { labs } = JSON.parse((await lab.saved()) ?? '{ "labs": {} }');
  expect(labs["requests-fail-on-deploy"]?.at ?? 0).toBe(0);
});

test("before anything is deployed the story tells what has been until now", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await expect(lab.story).toContainText("Up to 30 s.");
  await expect(lab.story.getByRole("listitem")).toHaveCount(1);
  await lab.deploy.click();
  await lab.judged();
  await expect(lab.story).not.toContainText("Up to 30 s.");
});

test("a failed check leads to a run in which it fails", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.deploy.click();
  await lab.judged();
  const first = await lab.story.innerText();
  await lab.checks.getByRole("button", { name: "run 3" }).click();
  await expect(lab.result).toContainText("run 3");
  await expect.poll(() => lab.story.innerText()).not.toBe(first);
});

test("hints come one by one, and the solution leaves one's own text alone", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  const own = labFile("start/web.yaml").replace("replicas: 3", "replicas: 4");
  await lab.paste(own);
  const hints = page.locator(".rl-hints > li");
  for (const count of [1, 2, 3]) {
    await lab.button(lab.words.hint).click();
    await expect(hints).toHaveCount(count);
  }
  await expect(lab.button(lab.words.hint)).toBeHidden();
  await lab.button(lab.words.compare).click();
  await expect(page.getByRole("textbox", { name: "Solution" })).toContainText("GracePeriod");
  await expect(page.getByRole("textbox", { name: "Your text" })).toContainText("replicas: 4");
  expect(await lab.text()).toBe(own);
});

test("reset brings the start back, and one's own text on demand", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.paste(solution);
  await lab.deploy.click();
  await lab.judged();
  await lab.button(lab.words.reset).click();
  await expect(lab.result).toContainText("as at the beginning");
  expect(await lab.text()).toBe(labFile("start/web.yaml"));
  await lab.button("Bring my text back").click();
  expect(await lab.text()).toBe(solution);
});
