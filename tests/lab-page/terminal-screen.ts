import { expect, type Locator, type Page } from "@playwright/test";

/** Nothing but a prompt. */
export const EMPTY = /^\$$/;

/** What the terminal shows, as text on the page. */
export function terminalScreen(page: Page): Locator {
  return page.locator(".rl-terminal .xterm-rows");
}

/**
 * Waits until the terminal shows a text. xterm does not draw what is out of sight, and the page may move
 * while something is drawn above it, so that it is brought into sight before each look.
 */
export async function expectShown(screen: Locator, text: string | RegExp): Promise<void> {
  const look = async () => {
    await screen.scrollIntoViewIfNeeded();
    const text = (await screen.textContent()) ?? "";
    return text.replaceAll(/\s+/g, " ").trim();
  };
  const wanted =
    typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
  await expect.poll(look, { message: "the terminal's screen" }).toEqual(wanted);
}
