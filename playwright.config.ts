import { defineConfig } from "@playwright/test";
import { addressOf, builtSites } from "./tests/browser/built-sites.ts";
import { findBrowser, launchOptions } from "./tests/browser/find-browser.ts";

export default defineConfig({
  testDir: "./tests",
  testMatch: "**/*.spec.ts",
  outputDir: "./test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env["CI"]),
  // A second try tells a page that is wrong from a machine that was busy; what needed one is named at the end.
  retries: 1,
  timeout: 300_000,
  // Room for a machine that does other things as well; what is there already is found at once all the same.
  expect: { timeout: 60_000 },
  reporter: [["line"], ["json", { outputFile: ".cache/playwright.json" }]],
  use: {
    baseURL: addressOf(builtSites.root),
    launchOptions: launchOptions(findBrowser()),
    trace: "retain-on-failure",
    // It would fetch the whole site in each test; offline.spec.ts lets it.
    serviceWorkers: "block",
  },
  webServer: Object.values(builtSites).map(({ folder, base, port }) => ({
    command: `node tests/browser/serve-folder.ts ${folder} ${base} ${port}`,
    port,
    reuseExistingServer: false,
  })),
});
