import { expect, test } from "@playwright/test";
import { leaveOutWhenLate } from "../browser/time-left.ts";
import { builtPages } from "./pages.ts";

test.use({ javaScriptEnabled: false });

for (const path of builtPages()) {
  test(`/${path} reads with scripts off`, async ({ page }) => {
    leaveOutWhenLate();
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const main = page.getByRole("main");
    expect((await main.innerText()).length).toBeGreaterThan(80);
    // A picture may have an arrangement for wide windows and one for phones; one of them is shown.
    for (const figure of await main.locator("figure.rl-figure").all()) {
      await expect(figure.locator("svg").filter({ visible: true })).not.toHaveCount(0);
    }
  });
}
