import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { nginxHeaders, policyFor, withPolicy } from "./content-security-policy.ts";

const hashOf = (script: string) => createHash("sha256").update(script).digest("base64");

describe("policyFor", () => {
  it("names each script that stands in the page, once", () => {
    const policy = policyFor(
      "<script>a()</script><script type=module>b()</script><script>a()</script>",
    );
    expect(policy.match(/sha256-/g)).toHaveLength(2);
    expect(policy).toContain(`'sha256-${hashOf("a()")}'`);
    expect(policy).toContain(`'sha256-${hashOf("b()")}'`);
  });

  it("needs no hash for a file of the site, nor for data", () => {
    const page = '<script src="/a.js"></script><script type="application/json">{"a":1}</script>';
    expect(policyFor(page)).not.toContain("sha256-");
  });

  it("allows no script written into the page beside those, and no eval", () => {
    const scripts = /script-src ([^;]*)/.exec(policyFor("<p>text</p>"))?.[1];
    expect(scripts).toBe("'self' 'wasm-unsafe-eval'");
  });
});

describe("withPolicy", () => {
  it("stands before every script", () => {
    const html = withPolicy("<html><head lang=en><script>a()</script></head></html>");
    expect(html.indexOf("content-security-policy")).toBeLessThan(html.indexOf("<script>"));
  });
});

describe("nginxHeaders", () => {
  it("allows every page's scripts, in an order that does not depend on the pages'", () => {
    const lines = nginxHeaders(["'sha256-b'", "'sha256-a'"]);
    expect(lines).toContain("script-src 'self' 'wasm-unsafe-eval' 'sha256-a' 'sha256-b';");
    expect(nginxHeaders(["'sha256-a'", "'sha256-b'"])).toBe(lines);
  });

  it("is one add_header a line, each on error pages too", () => {
    const lines = nginxHeaders([]).trim().split("\n").slice(1);
    expect(lines.filter((line) => !/^add_header [\w-]+ "[^"]+" always;$/.test(line))).toEqual([]);
    expect(lines.join()).toContain("frame-ancestors 'self'");
  });
});
