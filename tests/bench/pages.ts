/*
 * What a reader waits for and what is fetched, in Chromium against the built site: from the click on a lab to a lab that can be used, from
 * an apply to the redrawn timeline, from the paste of a bad text to the message about it, and the bytes of each chapter before any knob is touched. Medians, with the least and the most. Run with
 * `npm run bench:pages` after `npm run build`.
 */
import { spawn } from "node:child_process";
import { brotliCompressSync } from "node:zlib";
import { chromium, type Browser, type Page } from "@playwright/test";
import { addressOf, builtSites } from "../browser/built-sites.ts";
import { findBrowser, launchOptions } from "../browser/find-browser.ts";
import { aliasBomb } from "../lab-page/alias-bomb.ts";
import { builtPages } from "../site/pages.ts";

const LAB = "labs/requests-fail-on-deploy/";
const VISITS = 7;
const APPLIES = 15;

const site = builtSites.root;
const base = addressOf(site);

/** `median (least to most)`. */
function spread(values: readonly number[], unit: string): string {
  const sorted = values.map(Math.round).sort((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]} ${unit} (${sorted[0]} to ${sorted.at(-1)})`;
}

/** From the click on the front page's link until the workbench has drawn its cluster and the editor has been checked, in ms. */
async function clickToLab(page: Page): Promise<number> {
  await page.goto(base, { waitUntil: "networkidle" });
  const link = page.locator(`a[href="./${LAB}"]`).first();
  await link.scrollIntoViewIfNeeded();
  const began = Date.now();
  await link.click();
  await page.waitForFunction(() => {
    const isDrawn = document.querySelector("rl-timeline .tl-canvas svg") !== null;
    return isDrawn && document.querySelector('.rl-problems-status[data-state="good"]') !== null;
  });
  return Date.now() - began;
}

async function visits(browser: Browser, isFirst: boolean): Promise<number[]> {
  const times: number[] = [];
  let page: Page | undefined;
  for (let i = 0; i < VISITS + (isFirst ? 0 : 1); i += 1) {
    if (isFirst || page === undefined) page = await browser.newPage({ serviceWorkers: "block" });
    times.push(await clickToLab(page));
    if (isFirst) await page.close();
  }
  if (!isFirst) await page?.close();
  return isFirst ? times : times.slice(1);
}

/** From a press of the button until the frame in which the picture is another one, in ms, measured in the page. */
function untilRedrawn(page: Page, label: string): Promise<number> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector(".tl-canvas")!;
    const buttons = [...document.querySelectorAll<HTMLElement>(".rl-actions .rl-button")];
    const button = buttons.find(({ textContent }) => textContent.startsWith(wanted))!;
    return new Promise<number>((resolve) => {
      const began = performance.now();
      new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - began));
      }).observe(canvas, { childList: true });
      button.click();
    });
  }, label);
}

async function applies(browser: Browser): Promise<{ apply: number[]; deploy: number[] }> {
  const page = await browser.newPage({ serviceWorkers: "block" });
  await page.goto(base + LAB, { waitUntil: "networkidle" });
  await page.locator(".tl-canvas svg").waitFor();
  const apply: number[] = [];
  const deploy: number[] = [];
  for (let i = 0; i < APPLIES; i += 1) {
    apply.push(await untilRedrawn(page, "Apply now"));
    deploy.push(await untilRedrawn(page, "Deploy"));
    await page.locator(".rl-checks > li:is(.passed, .failed)").first().waitFor();
  }
  await page.close();
  return { apply: apply.slice(1), deploy: deploy.slice(1) };
}

/** Texts that are hard on an editor: as large as may be pasted, and one that would be a billion strings. */
const BAD_TEXTS: Readonly<Record<string, string>> = {
  "five megabytes": `kind: Deployment\n# ${"x".repeat(5_000_000)}\n`,
  "an alias bomb": aliasBomb,
};

/** From the paste of a bad text until the editor says what is wrong, in ms. */
async function untilTold(browser: Browser, text: string): Promise<number[]> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  await page.goto(base + LAB, { waitUntil: "networkidle" });
  const times: number[] = [];
  for (let i = 0; i < VISITS; i += 1) {
    for (const [pasted, state] of [
      [
        "kind: Service\napiVersion: v1\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n",
        "good",
      ],
      [text, "error"],
    ] as const) {
      await page.evaluate((value) => navigator.clipboard.writeText(value), pasted);
      await page.locator(".rl-files .cm-content:visible").focus();
      await page.keyboard.press("ControlOrMeta+a");
      const began = Date.now();
      await page.keyboard.press("ControlOrMeta+v");
      await page.locator(`.rl-problems-status[data-state="${state}"]`).waitFor();
      if (state === "error") times.push(Date.now() - began);
    }
  }
  await context.close();
  return times;
}

interface Weight {
  readonly path: string;
  /** Bytes as they are, and compressed with Brotli as a host serves them. */
  readonly raw: number;
  readonly compressed: number;
  readonly files: number;
}

/** What a chapter fetches until it is at rest, scrolled to its end. */
async function weigh(browser: Browser, path: string): Promise<Weight> {
  const page = await browser.newPage({ serviceWorkers: "block" });
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => bodies.push(response.body().catch(() => Buffer.of())));
  await page.goto(base + path, { waitUntil: "networkidle" });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForLoadState("networkidle");
  const all = await Promise.all(bodies);
  await page.close();
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    path,
    raw: sum(all.map(({ length }) => length)),
    compressed: sum(all.map((body) => brotliCompressSync(body).length)),
    files: all.length,
  };
}

/** A chapter or a page of the reference, in either language. */
function isDocument(path: string): boolean {
  return /^(ko\/)?(?!ko\/|workbench\/|progress\/)[a-z0-9-]+\/$/.test(path);
}

async function main(): Promise<void> {
  const server = spawn(
    process.execPath,
    ["tests/browser/serve-folder.ts", site.folder, site.base, String(site.port)],
    { stdio: "ignore" },
  );
  const browser = await chromium.launch(launchOptions(findBrowser()));
  try {
    await waitFor(base);
    console.log(`click to usable lab, first visit: ${spread(await visits(browser, true), "ms")}`);
    console.log(`click to usable lab, in the cache: ${spread(await visits(browser, false), "ms")}`);
    const { apply, deploy } = await applies(browser);
    console.log(`apply to redrawn timeline: ${spread(apply, "ms")}`);
    console.log(`deploy to redrawn timeline: ${spread(deploy, "ms")}`);
    for (const [name, text] of Object.entries(BAD_TEXTS)) {
      console.log(
        `${name}, pasted, to its message: ${spread(await untilTold(browser, text), "ms")}`,
      );
    }
    const weights: Weight[] = [];
    for (const path of builtPages().filter(isDocument)) {
      weights.push(await weigh(browser, path));
    }
    const kb = (key: "raw" | "compressed") =>
      spread(
        weights.map((one) => one[key] / 1000),
        "kB",
      );
    console.log(`a chapter, compressed: ${kb("compressed")}; as it is: ${kb("raw")}`);
    const heaviest = weights.sort((a, b) => b.compressed - a.compressed).slice(0, 5);
    for (const { path, compressed, files } of heaviest) {
      console.log(`  ${path} ${Math.round(compressed / 1000)} kB in ${files} files`);
    }
  } finally {
    await browser.close();
    server.kill();
  }
}

async function waitFor(address: string): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${address}`);
}

await main();
