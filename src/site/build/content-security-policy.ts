import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Gives every built page a content security policy, as a `meta` element, so that it holds on any
 * host: scripts come from the site itself or are named by their hash, and nothing is asked of
 * another origin. Astro's own policy leaves out the scripts that Starlight writes into the page.
 */
export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: "content-security-policy",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const files = await readdir(folder, { recursive: true });
        const pages = files.filter((file) => file.endsWith(".html"));
        const hashes = new Set<string>();
        for (const page of pages) {
          const file = path.join(folder, page);
          const html = await readFile(file, "utf8");
          for (const hash of inlineScriptHashes(html)) hashes.add(hash);
          await writeFile(file, withPolicy(html));
        }
        await writeFile(path.join(folder, "security-headers.conf"), nginxHeaders([...hashes]));
        logger.info(`${pages.length} pages have a policy`);
      },
    },
  };
}

/** The page with its policy as the first thing in `head`, before anything that it governs. */
export function withPolicy(html: string): string {
  const head = /<head[^>]*>/.exec(html)?.[0];
  if (head === undefined) return html;
  const meta = `<meta http-equiv="content-security-policy" content="${policyFor(html)}">`;
  return html.replace(head, head + meta);
}

/**
 * The policy for one page. `wasm-unsafe-eval` lets the search run its WebAssembly; styles may stand
 * in the page, since the editor and the terminal write theirs as they run.
 */
export function policyFor(html: string): string {
  return policy(inlineScriptHashes(html));
}

/**
 * The headers of every answer, for nginx to include. One policy holds for all pages, with the
 * hashes of all their scripts; each page's own `meta` narrows it. Framing can only be refused here.
 */
export function nginxHeaders(hashes: readonly string[]): string {
  const headers = {
    "Content-Security-Policy": `${policy([...hashes].sort())}; frame-ancestors 'self'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  };
  const lines = Object.entries(headers).map(
    ([name, value]) => `add_header ${name} "${value}" always;`,
  );
  return ["# Written by the build; changes with the scripts in its pages.", ...lines, ""].join(
    "\n",
  );
}

function policy(hashes: readonly string[]): string {
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...hashes];
  return [
    "default-src 'self'",
    `script-src ${scripts.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
  ].join("; ");
}

function inlineScriptHashes(html: string): string[] {
  const hashes = new Set<string>();
  for (const [, attributes = "", body = ""] of html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
    const runs = !/\ssrc=/.test(attributes) && !/type="application\/(ld\+)?json"/.test(attributes);
    if (runs && body) {
      hashes.add(`'sha256-${createHash("sha256").update(body).digest("base64")}'`);
    }
  }
  return [...hashes];
}
