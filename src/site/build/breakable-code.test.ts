import { markdownToHtml } from "satteri";
import { describe, expect, it } from "vitest";
import { breakableCode, piecesOf } from "./breakable-code.ts";

describe("a name in code", () => {
  it.each([
    ["terminationGracePeriodSeconds", "termination|Grace|Period|Seconds"],
    ["spec.progressDeadlineSeconds", "spec.|progress|Deadline|Seconds"],
    ["proxy_connect_timeout", "proxy_|connect_|timeout"],
    ["pkg/controller/deployment/rolling.go", "pkg/|controller/|deployment/|rolling.|go"],
    ["maxUnavailable", "maxUnavailable"],
    ["preStop: minReadySeconds", "preStop: minReadySeconds"],
    [
      "wait --for=condition=Available deployment/web",
      "wait --for=|condition=|Available deployment/web",
    ],
  ])("%s breaks into %s", (code, pieces) => expect(piecesOf(code).join("|")).toBe(pieces));
});

describe("breakableCode", () => {
  const html = async (markdown: string) => {
    const result = await markdownToHtml(markdown, { hastPlugins: [breakableCode()] });
    return result.html;
  };

  it("marks the breaks in a table, within a link as well", async () => {
    const table = await html(
      "| a |\n| --- |\n| `progressDeadlineSeconds` |\n| [`revisionHistoryLimit`](./x/) |\n",
    );
    expect(table).toContain("<code>progress<wbr>Deadline<wbr>Seconds</code>");
    expect(table).toContain("<code>revision<wbr>History<wbr>Limit</code></a>");
  });
  it("keeps short names whole, in running text and in a table", async () => {
    const whole = '<code>drain <span class="rl-whole">node-2</span></code>';
    expect(await html("It is `drain node-2`.\n")).toContain(whole);
    expect(await html("| a |\n| --- |\n| `drain node-2` |\n")).toContain(whole);
  });
  it("leaves long names in running text and blocks of code alone", async () => {
    const plain = await html("`progressDeadlineSeconds`\n\n```sh\nkubectl drain node-2\n```\n");
    expect(plain).not.toMatch(/<wbr|rl-whole/);
  });
});
