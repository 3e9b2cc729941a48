/**
 * Everything that has to hold, in one command: `npm test`. Each static check counts as one, then
 * every unit test and every browser test. Ends with `N passed, N failed`.
 *
 * `npm test -- lint unit` runs only the named steps.
 *
 * It is to take less than forty minutes, on a slow machine too: after half an hour no more pages of
 * the site are visited, and how many were left out is said.
 */
import "../src/site/build/require-node.mjs";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = path.join(root, "node_modules", ".bin");
const unitReport = path.join(root, ".cache", "vitest.json");
const browserReport = path.join(root, ".cache", "playwright.json");

const begunMs = Date.now();
const VISITING_MS = 30 * 60_000;

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ name: string, run: () => Promise<Count> }} Step */

/** @type {readonly Step[]} */
const steps = [
  { name: "lint", run: () => check("eslint", ["."]) },
  { name: "format", run: () => check("prettier", ["--check", "--log-level", "warn", "."]) },
  { name: "types", run: () => check("astro", ["check", "--minimumFailingSeverity", "error"]) },
  {
    name: "unit",
    run: () =>
      report(
        "vitest",
        ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`],
        unitReport,
        countUnit,
      ),
  },
  { name: "build", run: () => check("astro", ["build"]) },
  {
    name: "build-under-base",
    run: () =>
      check("astro", ["build"], {
        BASE_PATH: "/docs/rollouts/",
        OUT_DIR: "./.cache/site-under-base",
      }),
  },
  {
    name: "browser",
    run: () =>
      report("playwright", ["test"], browserReport, countBrowser, {
        VISIT_PAGES_UNTIL: String(begunMs + VISITING_MS),
      }),
  },
];

/**
 * @param {string} command a program of `node_modules/.bin`
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<boolean>} whether it ended well
 */
function succeeds(command, args, env = {}) {
  const searched = `${bin}${path.delimiter}${process.env.PATH ?? ""}`;
  const child = spawn(path.join(bin, command), args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, PATH: searched, ASTRO_TELEMETRY_DISABLED: "1", ...env },
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** @type {(command: string, args: readonly string[], env?: Record<string, string>) => Promise<Count>} */
async function check(command, args, env) {
  return (await succeeds(command, args, env)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs a test runner and reads its counts from the report that it writes. One that ends badly
 * without a failed test (a crash, nothing found) counts as one failure.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} file
 * @param {(report: any) => Count} count
 * @param {Record<string, string>} [env]
 * @returns {Promise<Count>}
 */
async function report(command, args, file, count, env) {
  rmSync(file, { force: true });
  const good = await succeeds(command, args, env);
  try {
    const counted = count(JSON.parse(readFileSync(file, "utf8")));
    return good ? counted : { ...counted, failed: Math.max(counted.failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** @param {{ numPassedTests: number, numFailedTests: number }} report */
function countUnit({ numPassedTests, numFailedTests }) {
  return { passed: numPassedTests, failed: numFailedTests };
}

/**
 * What passed at its second try has passed, and is named, since its cause is to be found.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, suites: Suite[] }} report
 */
function countBrowser({ stats, suites }) {
  if (stats.skipped > 0) process.stdout.write(`Left out for want of time: ${stats.skipped}\n`);
  for (const name of suites.flatMap((suite) => namesOfFlaky(suite))) {
    process.stdout.write(`Passed at the second try: ${name}\n`);
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

/**
 * @typedef {{ title: string, suites?: Suite[], specs?: { title: string, tests: { status: string }[] }[] }} Suite
 * @param {Suite} suite
 * @returns {string[]}
 */
function namesOfFlaky({ title, suites = [], specs = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
  const below = [...own.map((spec) => spec.title), ...suites.flatMap(namesOfFlaky)];
  return below.map((name) => `${title} › ${name}`);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  const known = steps.map((step) => step.name).join(", ");
  process.stderr.write(`No step is called ${unknown.join(", ")}; there are ${known}.\n`);
  process.exit(2);
}

mkdirSync(path.join(root, ".cache"), { recursive: true });
const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const failedSteps = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  const startMs = Date.now();
  process.stdout.write(`\n== ${step.name}\n`);
  const { passed, failed } = await step.run();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSteps.push(step.name);
  const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
  process.stdout.write(`== ${step.name}: ${passed} passed, ${failed} failed (${seconds} s)\n`);
}
if (failedSteps.length > 0) process.stdout.write(`\nFailed in: ${failedSteps.join(", ")}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
