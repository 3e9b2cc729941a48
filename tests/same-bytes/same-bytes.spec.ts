import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const lab = path.join(root, "labs/requests-fail-on-deploy");

/** The simulator as one script for a page. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: {
        entry: path.join(root, "tests/same-bytes/in-page.ts"),
        formats: ["iife"],
        name: "inPage",
      },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !("output" in first)) throw new Error("nothing was bundled");
  return first.output[0].code;
}

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
  );
}

function onCommandLine(seed: number): string {
  const args = ["src/cli/rollout-lab.mjs", "simulate", path.join(lab, "lab.yaml")];
  const flags = ["--seed", String(seed), "--watch", "--requests"];
  const printed = execFileSync(process.execPath, [...args, ...flags], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.stringify({ ...(JSON.parse(printed) as object), wallMs: 0 });
}

test("a run in the page is the run of the command line, byte for byte", async ({ page }) => {
  await page.goto("/404.html");
  await page.evaluate(await bundle());
  const inPage = (seed: number) =>
    page.evaluate(
      ([files, seed]) =>
        (globalThis as unknown as { runOfLab(files: unknown, seed: number): string }).runOfLab(
          files,
          seed,
        ),
      [filesBelow(lab), seed] as const,
    );
  expect(await inPage(1)).toBe(onCommandLine(1));
  expect(await inPage(7)).toBe(onCommandLine(7));
  expect(await inPage(7)).not.toBe(await inPage(1));
});
