import { describe, expect, it } from "vitest";
import { browserVariable, findBrowser, NoBrowserError } from "./find-browser.ts";
import type { Machine } from "./find-browser.ts";

function machine(files: readonly string[], changes: Partial<Machine> = {}): Machine {
  return {
    env: { PATH: "/usr/bin" },
    isRoot: false,
    isFile: (file) => files.includes(file),
    playwrightChromium: () => "/cache/playwright/chrome",
    hasApt: () => false,
    installWithApt: () => false,
    ...changes,
  };
}

describe("findBrowser", () => {
  const all = ["/opt/mine", "/cache/playwright/chrome", "/usr/bin/chromium"];

  it.each([
    ["the variable's before all others", all, { [browserVariable]: "/opt/mine" }, all[0]],
    ["Playwright's before the system's", all, {}, all[1]],
    ["the system's Chromium", all.slice(2), {}, all[2]],
    ["Chrome where there is no Chromium", ["/usr/bin/google-chrome"], {}, "/usr/bin/google-chrome"],
  ])("takes %s", (_, files, env, found) => {
    expect(findBrowser(machine(files, { env: { PATH: "/usr/bin", ...env } }))).toBe(found);
  });

  it("says so when the variable names no file, instead of taking another", () => {
    const wrong = machine(all, { env: { [browserVariable]: "/opt/gone" } });
    expect(() => findBrowser(wrong)).toThrow("/opt/gone");
  });

  it("installs one on Debian as root", () => {
    const files: string[] = [];
    const installWithApt = () => files.push("/usr/bin/chromium") > 0;
    const debian = machine(files, { isRoot: true, hasApt: () => true, installWithApt });
    expect(findBrowser(debian)).toBe("/usr/bin/chromium");
  });

  it("installs nothing for another user, and says what to do", () => {
    const installWithApt = () => {
      throw new Error("must not be called");
    };
    const debian = machine([], { hasApt: () => true, installWithApt });
    expect(() => findBrowser(debian)).toThrow(NoBrowserError);
    expect(() => findBrowser(debian)).toThrow(/playwright install chromium[^]*apt-get install/);
  });
});
