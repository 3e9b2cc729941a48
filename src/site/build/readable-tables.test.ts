import { markdownToHtml, type MarkdownToHtmlResult } from "satteri";
import { describe, expect, it } from "vitest";
import { readableTables } from "./readable-tables.ts";

function tableOf(...rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(rows[0]!.length)}`);
  const made = markdownToHtml(`${lines.join("\n")}\n`, { hastPlugins: [readableTables()] });
  return (made as MarkdownToHtmlResult).html;
}

const HEADS = ["often believed", "what is true", "where it is written"];

describe("readable tables", () => {
  it("give the cells of long rows, but the first, the head of their column", () => {
    const html = tableOf(HEADS, [
      "It rolls back after the deadline.",
      "It sets a condition, and nothing else.",
      "progress.go",
    ]);
    expect(html).toContain('class="rl-prose"');
    expect([...html.matchAll(/<td data-head="([^"]*)"/g)].map(([, head]) => head)).toEqual(
      HEADS.slice(1),
    );
  });
  it.each([
    [
      "short rows",
      [
        ["replicas", "failed", "took"],
        ["2", "0", "92 s"],
      ],
    ],
    [
      "two columns",
      [
        ["what you see", "what it is"],
        ["no new pod at all", "a quota or a policy refuses all the pods that are to be created"],
      ],
    ],
  ])("leave %s as they are", (_name, rows) => {
    expect(tableOf(...rows)).not.toContain("rl-prose");
  });
  it("count Hangul as two letters", () => {
    const row = (cell: string) => tableOf(HEADS, [cell, cell, cell]);
    expect(row("글".repeat(13))).toContain("rl-prose");
    expect(row("a".repeat(13))).not.toContain("rl-prose");
  });
});
