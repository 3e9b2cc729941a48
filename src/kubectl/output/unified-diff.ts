/** Lines around a change that are shown. */
const CONTEXT = 3;

type Edit = { readonly sign: " " | "-" | "+"; readonly line: string };

/**
 * What `diff -u -N` prints of two texts under one name in two folders; empty where they are equal.
 *
 * @param stamp time of both files, as diff writes it
 */
export function unifiedDiff(name: string, before: string, after: string, stamp: string): string {
  if (before === after) return "";
  const edits = editsBetween(linesOf(before), linesOf(after));
  const head = `diff -u -N ${name} ${name}\n--- ${name}\t${stamp}\n+++ ${name}\t${stamp}\n`;
  return head + hunksOf(edits).join("");
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** The shortest way from one text to the other, removals before additions (a longest common subsequence). */
function editsBetween(a: readonly string[], b: readonly string[]): Edit[] {
  const longest: number[][] = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i]![j] =
        a[i] === b[j]
          ? longest[i + 1]![j + 1]! + 1
          : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      edits.push({ sign: " ", line: a[i]! });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      edits.push({ sign: "-", line: a[i]! });
      i += 1;
    } else {
      edits.push({ sign: "+", line: b[j]! });
      j += 1;
    }
  }
  return edits;
}

function hunksOf(edits: readonly Edit[]): string[] {
  const hunks: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (let at = 0; at < edits.length;) {
    const change = edits.findIndex(({ sign }, i) => i >= at && sign !== " ");
    if (change < 0) break;
    const begin = Math.max(at, change - CONTEXT);
    let end = change;
    for (let quiet = 0, i = change; i < edits.length && quiet <= 2 * CONTEXT; i += 1) {
      quiet = edits[i]!.sign === " " ? quiet + 1 : 0;
      if (quiet === 0) end = i + 1;
    }
    end = Math.min(edits.length, end + CONTEXT);
    oldLine += begin - at;
    newLine += begin - at;
    const lines = edits.slice(begin, end);
    const old = lines.filter(({ sign }) => sign !== "+").length;
    const fresh = lines.filter(({ sign }) => sign !== "-").length;
    hunks.push(
      `@@ -${rangeOf(oldLine, old)} +${rangeOf(newLine, fresh)} @@\n${lines.map(({ sign, line }) => `${sign}${line}\n`).join("")}`,
    );
    oldLine += old;
    newLine += fresh;
    at = end;
  }
  return hunks;
}

function rangeOf(from: number, count: number): string {
  if (count === 0) return `${from - 1},0`;
  return count === 1 ? String(from) : `${from},${count}`;
}
