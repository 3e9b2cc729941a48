import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { WorkbenchPage } from "./workbench-page.ts";

/** Width and height of a PNG, from its header. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

test("the timeline is saved as SVG that needs no sheet, and as PNG of twice its size", async ({
  page,
}) => {
  const lab = new WorkbenchPage(page);
  await lab.open();
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), lab.button(name).click()]);
    return readFile(await download.path());
  };
  const svg = (await saved("Save the timeline as SVG")).toString();
  const png = await saved("Save it as PNG");

  expect(svg).not.toMatch(/var\(|href=|<script|@import/);
  const plain = await page.context().newPage();
  await plain.setContent(svg.replace(/^<\?xml[^>]*\?>/, ""));
  const picture = plain.locator("svg");
  await expect(picture.locator("> title")).not.toBeEmpty();
  await expect(picture.locator("> desc")).not.toBeEmpty();
  const fills = await picture
    .locator("rect, path")
    .evaluateAll((all) => all.map((shape) => getComputedStyle(shape).fill));
  // Version 1.0 in its blue.
  expect(fills).toContain("rgb(0, 114, 178)");
  const box = (await picture.boundingBox())!;
  expect(sizeOf(png)).toEqual({
    width: Math.round(box.width) * 2,
    height: Math.round(box.height) * 2,
  });
});
