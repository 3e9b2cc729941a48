import { describe, expect, it } from "vitest";
import { unifiedDiff } from "./unified-diff.ts";

const lines = (...texts: string[]) => texts.map((text) => `${text}\n`).join("");
const LONG = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);

describe("a unified diff", () => {
  it("of equal texts is empty", () => expect(unifiedDiff("a.yaml", "a\n", "a\n")).toBe(""));

  it("has three lines around a change", () => {
    const after = LONG.with(9, "changed");
    expect(unifiedDiff("dir/a.yaml", lines(...LONG), lines(...after))).toBe(
      lines(
        "--- a/dir/a.yaml",
        "+++ b/dir/a.yaml",
        "@@ -7,7 +7,7 @@",
        " line 7",
        " line 8",
        " line 9",
        "-line 10",
        "+changed",
        " line 11",
        " line 12",
        " line 13",
      ),
    );
  });

  it("has a hunk for each change that is far from the others", () => {
    const after = LONG.toSpliced(24, 0, "new").toSpliced(2, 1);
    const diff = unifiedDiff("a.yaml", lines(...LONG), lines(...after));
    expect(diff.match(/^@@ .* @@$/gm)).toEqual(["@@ -1,6 +1,5 @@", "@@ -22,6 +21,7 @@"]);
  });

  it("says where a line end is missing", () => {
    expect(unifiedDiff("/etc/a.yaml", "a: 1", "a: 2\n")).toBe(
      lines(
        "--- /etc/a.yaml",
        "+++ /etc/a.yaml",
        "@@ -1,1 +1,1 @@",
        "-a: 1",
        "\\ No newline at end of file",
        "+a: 2",
      ),
    );
  });
});
