import { expect, test } from "@playwright/test";
import { labFile, WorkbenchPage, type Language } from "./workbench-page.ts";

const solution = labFile("solution/web.yaml");
const key = "rollout-lab/progress";

for (const lang of ["en", "ko"] satisfies Language[]) {
  test.describe(`progress, ${lang}`, () => {
    test("the page starts clean and offers the last try", async ({ page }) => {
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.paste(solution);
      await lab.deploy.click();
      await lab.judged();
      await lab.open();
      expect(await lab.text()).toBe(labFile("start/web.yaml"));
      await lab.button(lab.words.restoreTry).click();
      expect(await lab.text()).toBe(solution);
    });

    test("an unreadable record: the lab works, says so, and leaves it alone", async ({ page }) => {
      await page.addInitScript((name) => localStorage.setItem(name, "{oops"), key);
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await expect(lab.bench).toContainText(lab.words.cantSave);
      await lab.paste(solution);
      await lab.deploy.click();
      expect(await lab.judged()).toEqual(["passed", "passed", "passed"]);
      expect(await lab.saved()).toBe("{oops");
      await expect(lab.bench.getByText(lab.words.cantSave)).toHaveCount(1);
    });

    test("a full storage: the lab works, and says so", async ({ page }) => {
      await page.addInitScript(() => {
        for (const size of [1_000_000, 10_000, 100, 1]) {
          try {
            for (let i = 0; ; i += 1) localStorage.setItem(`${size} ${i}`, "x".repeat(size));
          } catch {
            // Full, to within the next smaller size.
          }
        }
      });
      const lab = new WorkbenchPage(page, lang);
      await lab.open();
      await lab.paste(solution);
      await lab.deploy.click();
      expect(await lab.judged()).toEqual(["passed", "passed", "passed"]);
      await expect(lab.bench.getByText(lab.words.cantSave)).toHaveCount(1);
    });
  });
}

test("a blocked storage: the lab works, and says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  const lab = new WorkbenchPage(page);
  await lab.open();
  await expect(lab.bench.getByText(lab.words.cantSave)).toHaveCount(1);
  await lab.deploy.click();
  expect(await lab.judged()).toEqual(["failed", "passed", "passed"]);
});

test("text that was not tried is kept, and offered", async ({ page }) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  await lab.paste("kind: nonsense\n");
  await lab.open();
  await lab.button("Restore the untried text").click();
  expect(await lab.text()).toBe("kind: nonsense\n");
});

test("progress is saved as a file and taken in elsewhere; other files are refused kindly", async ({
  page,
  browser,
}) => {
  const attempt = { files: { "web.yaml": "a: 1" }, inputs: [] };
  const labs = {
    "requests-fail-on-deploy": { at: 5, passed: [], attempt, solved: { at: 5, attempt } },
    "of-another-site": { at: 5, passed: [], attempt },
  };
  await page.goto("progress/");
  await page.evaluate(
    (progress) => localStorage.setItem("rollout-lab/progress", progress),
    JSON.stringify({ version: 2, labs }),
  );
  await page.reload();
  const item = (where: typeof page) =>
    where.locator('[data-lab="requests-fail-on-deploy"]').getByText("solved on January 1, 1970");
  await expect(item(page)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save all progress as a file" }).click(),
  ]);

  const elsewhere = await browser.newPage();
  await elsewhere.goto(page.url());
  const said = elsewhere.locator(".rl-progress-said");
  const file = elsewhere.locator('input[type="file"]');
  const notOurs = { name: "x.json", mimeType: "application/json", buffer: Buffer.from("[1]") };
  await file.setInputFiles(notOurs);
  await expect(said).toContainText("something else than progress");
  await file.setInputFiles(await download.path());
  await expect(said).toContainText("something new about 2 labs");
  await expect(said).toContainText("of-another-site");
  await expect(item(elsewhere)).toBeVisible();
  await elsewhere.reload();
  await expect(item(elsewhere)).toBeVisible();
  await elsewhere.close();
});
