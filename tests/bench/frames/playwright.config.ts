import { defineConfig } from "@playwright/test";
import { findBrowser, launchOptions } from "../../browser/find-browser.ts";

/** Measurements in a browser; `npm run bench` runs them after those of the simulator. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.bench.ts",
  outputDir: "../../../test-results",
  workers: 1,
  reporter: "line",
  use: { launchOptions: launchOptions(findBrowser()) },
});
