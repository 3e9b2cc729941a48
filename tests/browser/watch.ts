import type { Page } from "@playwright/test";

/**
 * Watches a page for what must never happen on it; call the result once the page is at rest.
 * `home` is an address of the host that it may ask.
 */
export function watch(page: Page, home: string): () => string[] {
  const wrongs: string[] = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const own = origin === new URL(home).origin;
    if (!own && !["data:", "blob:"].includes(protocol)) wrongs.push(`asked ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrongs.push(`${response.status()} for ${response.url()}`);
  });
  page.on("pageerror", (error) => wrongs.push(`threw ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") wrongs.push(`logged ${message.text()}`);
  });
  return () => wrongs;
}
