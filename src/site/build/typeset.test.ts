import { markdownToHtml } from "satteri";
import { describe, expect, it } from "vitest";
import { keptUnits, typeset } from "./typeset.ts";

describe("typeset", () => {
  it.each([
    ["the pod's hook", "the pod’s hook"],
    ['it says "no" once', "it says “no” once"],
    ["a hook of 5 s, 140 ms late", "a hook of 5\u00a0s, 140\u00a0ms late"],
    ["3 steps and 5 seconds", "3 steps and 5 seconds"],
    ["훅은 5초 쉰다", "훅은 5초 쉰다"],
  ])("%s", (text, set) => expect(typeset(text)).toBe(set));
});

describe("keptUnits", () => {
  it("leaves code alone", async () => {
    const { html } = await markdownToHtml("**5 s** of `sleep 5 s`\n", {
      mdastPlugins: [keptUnits()],
    });
    expect(html).toBe("<p><strong>5\u00a0s</strong> of <code>sleep 5 s</code></p>\n");
  });
});
