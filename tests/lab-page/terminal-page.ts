import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { EMPTY, expectShown, terminalScreen } from "./terminal-screen.ts";

/** A lab that is done in the terminal, as a learner has it. */
export class TerminalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Goes to the page and waits until its cluster runs and the terminal stands. */
  async open(): Promise<void> {
    await this.page.goto("labs/rollout-does-not-finish/");
    await expect(this.page.locator("rl-timeline .tl-svg").first()).toBeVisible();
    await this.shows(EMPTY);
  }

  get input(): Locator {
    return this.page.getByRole("textbox", { name: "Terminal" });
  }

  /** Waits until the screen shows a text. */
  shows(text: string | RegExp): Promise<void> {
    return expectShown(terminalScreen(this.page), text);
  }

  /** What the terminal says about itself. */
  get state(): Locator {
    return this.page.locator(".rl-terminal-state");
  }

  get check(): Locator {
    return this.page.getByRole("button", { name: "Check the cluster" });
  }

  async type(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    await this.page.keyboard.press("Enter");
  }

  /** Waits for the prompt. */
  async ready(): Promise<void> {
    await expect(this.state).toHaveText("");
  }

  async tabTo(wanted: Locator): Promise<void> {
    for (let presses = 0; presses < 150; presses += 1) {
      await this.page.keyboard.press("Tab");
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab never came to ${String(wanted)}`);
  }
}
