import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import type { LaunchOptions } from "@playwright/test";

/** What the search for a browser asks of the machine; the tests put their own machine here. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  isFile(file: string): boolean;
  /** Playwright's own Chromium, whether it was downloaded or not. */
  playwrightChromium(): string;
  /** Debian, or a system made from it: it has apt-get. */
  hasApt(): boolean;
  /** Installs Debian's Chromium; false where that failed. */
  installWithApt(): boolean;
}

/** Set to the path of any Chromium or Chrome to use that one. */
export const browserVariable = "ROLLOUT_LAB_BROWSER";

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const systemPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** No browser can be had; the message says what to do about it. */
export class NoBrowserError extends Error {
  override readonly name = "NoBrowserError";
}

/**
 * The Chromium that the tests drive, as a path. Looks for, in this order: the one that
 * `ROLLOUT_LAB_BROWSER` names, Playwright's own, the system's, and on Debian as root installs one.
 */
export function findBrowser(machine: Machine = thisMachine()): string {
  const named = machine.env[browserVariable];
  if (named) {
    if (machine.isFile(named)) return named;
    throw new NoBrowserError(`${browserVariable} names ${named}, and there is no such file.`);
  }
  const own = machine.playwrightChromium();
  if (machine.isFile(own)) return own;
  const installed = systemBrowser(machine);
  if (installed) return installed;
  if (machine.hasApt() && machine.isRoot && machine.installWithApt()) {
    const fresh = systemBrowser(machine);
    if (fresh) return fresh;
  }
  throw new NoBrowserError(
    "The tests need a Chromium and found none. Do one of these, then run them again:\n" +
      "  npx playwright install chromium            downloads Playwright's own\n" +
      "  sudo apt-get install chromium              Debian's and Ubuntu's\n" +
      `  export ${browserVariable}=/path/to/chrome   one that you have`,
  );
}

function systemBrowser(machine: Machine): string | undefined {
  const folders = (machine.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  const onPath = systemNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...systemPaths].find((file) => machine.isFile(file));
}

function thisMachine(): Machine {
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    isFile: existsSync,
    playwrightChromium: () => chromium.executablePath(),
    hasApt: () => existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get"),
    installWithApt: () => apt(["update"]) && apt(["install", "-y", "chromium", "fonts-noto-cjk"]),
  };
}

function apt(args: readonly string[]): boolean {
  process.stderr.write(`No browser found; running apt-get ${args.join(" ")}\n`);
  const done = spawnSync("apt-get", args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return done.status === 0;
}

/**
 * How to start it: without a sandbox as root, where Chromium refuses one, and without the requests
 * of its own that it sends to its maker, which a machine without internet can only fail.
 */
export function launchOptions(executablePath: string): LaunchOptions {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return {
    executablePath,
    args: [
      ...sandbox,
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  };
}
