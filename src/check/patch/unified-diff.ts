/** A line of a diff: in both texts, in the old one only, or in the new one only. */
interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

const CONTEXT = 3;

/** The unified diff from one text to another, as `diff -u` and `git apply` have it; empty when they are equal. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = compare(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines).map(([from, to]) => hunk(lines, from, to));
  const [a, b] = name.startsWith("/") ? [name, name] : [`a/${name}`, `b/${name}`];
  return `--- ${a}\n+++ ${b}\n${hunks.join("")}`;
}

/** Lines with their line ends, so that a missing one at the end is seen. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** The longest common subsequence between what is equal at both ends. */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const same = (list: readonly string[]) => list.map((text): Line => ({ mark: " ", text }));
  return [
    ...same(before.slice(0, head)),
    ...between(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

function between(before: readonly string[], after: readonly string[]): Line[] {
  const [n, m] = [before.length, after.length];
  const longest = Array.from({ length: n + 1 }, () => new Uint32Array(m + 1));
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      longest[i]![j] =
        before[i] === after[j]
          ? longest[i + 1]![j + 1]! + 1
          : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && before[i] === after[j]) {
      lines.push({ mark: " ", text: before[i]! });
      i += 1;
      j += 1;
    } else if (i < n && (j === m || longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      lines.push({ mark: "-", text: before[i]! });
      i += 1;
    } else {
      lines.push({ mark: "+", text: after[j]! });
      j += 1;
    }
  }
  return lines;
}

/** Changes with their context, as ranges of lines; those that touch are one. */
function hunksOf(lines: readonly Line[]): [number, number][] {
  const hunks: [number, number][] = [];
  lines.forEach(({ mark }, i) => {
    if (mark === " ") return;
    const [from, to] = [Math.max(0, i - CONTEXT), Math.min(lines.length, i + CONTEXT + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  });
  return hunks;
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const count = (range: readonly Line[], mark: "-" | "+") =>
    range.filter((line) => line.mark !== mark).length;
  const ahead = lines.slice(0, from);
  const own = lines.slice(from, to);
  const [oldLines, newLines] = [count(own, "+"), count(own, "-")];
  const oldStart = count(ahead, "+") + (oldLines === 0 ? 0 : 1);
  const newStart = count(ahead, "-") + (newLines === 0 ? 0 : 1);
  const body = own.map(({ mark, text }) =>
    text.endsWith("\n") ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@\n${body.join("")}`;
}
