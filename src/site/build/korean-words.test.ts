import { markdownToHtml } from "satteri";
import { describe, expect, it } from "vitest";
import { koreanWords, wholeKoreanWordsOf } from "./korean-words.ts";

describe("words that stay whole", () => {
  it.each([
    ["새 연결은 kube-proxy가 고른다", "새 연결은 |kube-proxy가| 고른다"],
    ["기본값은 25%이고 “승격”이 끝", "기본값은 |25%이고| |“승격”이| 끝"],
    ["연결(keep-alive)을", "|연결(keep-alive)을|"],
    ["kube-controller-manager가 다시", "kube-controller-manager가 다시"],
    ["파드가 끝난다.", "파드가 끝난다."],
  ])("%s", (text, pieces) => expect(wholeKoreanWordsOf(text).join("|")).toBe(pieces));
});

describe("koreanWords", () => {
  const html = async (markdown: string, path: string) => {
    const fileURL = new URL(`file:///site/content/docs/${path}`);
    const result = await markdownToHtml(markdown, { fileURL, hastPlugins: [koreanWords] });
    return result.html;
  };

  it("wraps them on Korean pages, and leaves code alone", async () => {
    expect(await html("새 web-0을, `web-0`", "ko/probes.mdx")).toContain(
      '<p>새 <span class="rl-whole">web-0을,</span> <code>web-0</code></p>',
    );
  });
  it("leaves other languages alone", async () => {
    expect(await html("a keep-alive", "probes.mdx")).not.toContain("<span");
  });
});
