import { describe, expect, test } from "vitest";
import { EMPTY_LINE, keysOf, LINE_MAX, press, type Line } from "./line.ts";

const HISTORY = ["kubectl get pods", "kubectl get rs", "kubectl rollout undo deployment/web"];

/** Types into an empty line. `|` in what comes out is the cursor. */
function type(data: string, history: readonly string[] = HISTORY): Line {
  return keysOf(data).reduce<Line>((line, key) => press(line, key, history).line, EMPTY_LINE);
}

function shown({ text, at }: Line): string {
  return `${text.slice(0, at)}|${text.slice(at)}`;
}

const UP = "\x1b[A";
const DOWN = "\x1b[B";
const LEFT = "\x1b[D";

describe("the line at the prompt", () => {
  test.each([
    ["characters", "get", "get|"],
    ["a Hangul syllable and a character of two units", "파🚀", "파🚀|"],
    ["back over both", `파🚀${LEFT}${LEFT}`, "|파🚀"],
    ["backspace takes a whole character", "파🚀\x7f", "파|"],
    ["inserts where the cursor is", `gt${LEFT}e`, "ge|t"],
    ["Home and Ctrl+E", "abc\x1b[Hx\x05y", "xabcy|"],
    ["Delete at the end takes nothing", "abc\x1b[3~", "abc|"],
    ["Delete takes what follows", "abc\x1b[H\x1b[3~", "|bc"],
    ["Ctrl+W takes a word", "get pods\x17", "get |"],
    ["Alt+B and Alt+D", "get pods\x1bb\x1bd", "get |"],
    ["Ctrl+Left stops at parts of a name", "deployment/web\x1b[1;5D", "deployment/|web"],
    ["Ctrl+U takes what stands before", `abc${LEFT}\x15`, "|c"],
    ["Ctrl+K takes what stands behind", `abc${LEFT}\x0b`, "ab|"],
    ["keys without a meaning change nothing", "a\x1b[15~\x00b", "ab|"],
    ["up", UP, `${HISTORY[2]}|`],
    ["up to the first and no further", UP.repeat(9), `${HISTORY[0]}|`],
    ["up and down again bring back what was typed", `ab${UP}${UP}${DOWN}${DOWN}`, "ab|"],
    ["an earlier line that is changed is a new one", `${UP}${UP}x${DOWN}`, "kubectl get rsx|"],
    ["Ctrl+R finds the latest", "\x12get", "kubectl |get rs"],
    ["Ctrl+R again finds the one before", "\x12get\x12", "kubectl |get pods"],
    ["arrows take what was found", `\x12pods${LEFT}`, "kubectl get| pods"],
    ["Ctrl+G gives it up", "\x12get\x07", "|"],
    [
      "what stands nowhere leaves the last that fitted",
      "\x12undox",
      "kubectl rollout |undo deployment/web",
    ],
  ])("%s", (_, data, wanted) => {
    expect(shown(type(data))).toBe(wanted);
  });

  test.each([
    ["\r", "submit"],
    ["\x03", "interrupt"],
    ["\t", "complete"],
    ["\x0c", "clear"],
  ] as const)("%j asks for %s and leaves the line", (key, asked) => {
    expect(press({ text: "ab", at: 1 }, key, [])).toEqual({ line: { text: "ab", at: 1 }, asked });
  });

  test("Enter takes what Ctrl+R found", () => {
    expect(press(type("\x12undo"), "\r", HISTORY)).toEqual({
      line: { text: HISTORY[2], at: 16 },
      asked: "submit",
    });
  });

  test("is bounded", () => {
    expect(type("x".repeat(LINE_MAX + 5)).text).toHaveLength(LINE_MAX);
  });
});
