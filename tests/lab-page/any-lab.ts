import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { filesByName, type Lab, type LabFile } from "../../src/labs/index.ts";
import { EMPTY, expectShown, terminalScreen } from "./terminal-screen.ts";
import type { Language } from "./workbench-page.ts";

/** What a learner goes about the page with. */
export type Hand = "mouse" | "keyboard";

const buttons = {
  en: { deploy: /^(Deploy|Run)/, check: "Check the cluster" },
  ko: { deploy: /^이 매니페스트로/, check: "클러스터 검사" },
} as const;

/** Tab presses after which a learner would give up. */
const TABS_MAX = 200;

/** Any lab's page, and what a learner does on it to solve the lab. */
export class AnyLab {
  readonly page: Page;
  readonly lab: Lab;
  readonly lang: Language;
  readonly hand: Hand;

  constructor(page: Page, lab: Lab, lang: Language, hand: Hand) {
    this.page = page;
    this.lab = lab;
    this.lang = lang;
    this.hand = hand;
  }

  /** Goes to the page and waits until its cluster runs. */
  async open(): Promise<void> {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.goto(`${this.lang === "en" ? "" : "ko/"}labs/${this.lab.id}/`);
    await expect(this.page.locator("rl-timeline .tl-svg").first()).toBeVisible();
    if (this.lab.mode === "deploy") return;
    await expectShown(terminalScreen(this.page), EMPTY);
  }

  get checks(): Locator {
    return this.page.locator(".rl-checks > li");
  }

  /** The checks that have passed. */
  get passed(): Locator {
    return this.page.locator(".rl-checks > li.passed");
  }

  /** Writes files into the editor, of several each behind its tab. */
  async write(files: readonly LabFile[]): Promise<void> {
    const start = filesByName(this.lab.start);
    for (const { name, text } of files) {
      if (text === start[name]) continue;
      if (files.length > 1) await this.openTab(name);
      await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
      await this.reach(this.page.locator(".rl-files .cm-content:visible"));
      await this.page.keyboard.press("ControlOrMeta+a");
      await this.page.keyboard.press("ControlOrMeta+v");
    }
  }

  /** Types a line into the terminal at a time, and waits for its end. */
  async type(atMs: number, line: string): Promise<void> {
    await this.goTo(atMs);
    await this.reach(this.page.locator(".rl-terminal textarea"));
    await this.page.keyboard.type(line);
    await expectShown(terminalScreen(this.page), line.slice(-20));
    await this.page.keyboard.press("Enter");
    await expect(this.page.locator(".rl-terminal-state")).toHaveText("");
  }

  /** Hands in. */
  async submit(): Promise<void> {
    const { deploy, check } = buttons[this.lang];
    const name = this.lab.mode === "deploy" ? deploy : check;
    await this.press(this.page.locator(".rl-actions").getByRole("button", { name }));
  }

  /** Moves the playhead, second by second. */
  private async goTo(atMs: number): Promise<void> {
    const playhead = this.page.locator("rl-timeline").getByRole("slider").first();
    await this.reach(playhead);
    const seconds = async () => Number(await playhead.getAttribute("aria-valuenow"));
    const wanted = atMs / 1000;
    for (let left = Math.ceil(wanted - (await seconds())); left > 0; left -= 1) {
      await this.page.keyboard.press("Shift+ArrowRight");
    }
    expect(await seconds()).toBeGreaterThanOrEqual(wanted);
  }

  private async openTab(name: string): Promise<void> {
    const tab = this.page.getByRole("tab", { name });
    if (this.hand === "mouse") return tab.click();
    await this.reach(this.page.getByRole("tab", { selected: true }));
    for (let presses = 0; !(await isFocused(tab)); presses += 1) {
      if (presses > this.lab.start.length) throw new Error(`no tab ${name}`);
      await this.page.keyboard.press("ArrowRight");
    }
  }

  private async press(button: Locator): Promise<void> {
    if (this.hand === "mouse") return button.click();
    await this.reach(button);
    await this.page.keyboard.press("Enter");
  }

  /** Puts the focus on something: by Tab, or with Shift back, where there is no mouse. */
  private async reach(wanted: Locator): Promise<void> {
    if (this.hand === "mouse") return wanted.focus();
    const isBehind = await wanted.evaluate(
      (element) =>
        (element.compareDocumentPosition(document.activeElement ?? document.body) &
          Node.DOCUMENT_POSITION_FOLLOWING) >
        0,
    );
    for (let presses = 0; presses < TABS_MAX; presses += 1) {
      if (await isFocused(wanted)) return;
      await this.page.keyboard.press(isBehind ? "Shift+Tab" : "Tab");
    }
    throw new Error(`Tab never came to ${String(wanted)}`);
  }
}

function isFocused(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((element) => element === document.activeElement);
}
