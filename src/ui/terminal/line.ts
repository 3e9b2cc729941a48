/* The line at the prompt, as readline edits it (its default, emacs mode): plain data, a key gives the next line. */

/** A line that is being typed. */
export interface Line {
  readonly text: string;
  /** Where the next character goes, 0 to the text's length. */
  readonly at: number;
  /** While one goes through earlier lines: which one, and what had been typed before. */
  readonly browsing?: { readonly index: number; readonly draft: string };
  /** While one looks for an earlier line (Ctrl+R): what for, and which one was found. */
  readonly search?: { readonly query: string; readonly index: number | undefined };
}

/** What a key asks of the terminal besides changing the line. */
export type Asked = "submit" | "interrupt" | "complete" | "clear";

export const EMPTY_LINE: Line = { text: "", at: 0 };

/** Characters that a line may hold. */
export const LINE_MAX = 4096;

type Edit = (line: Line, history: readonly string[]) => Line;

/** What terminals send for the keys that edit. */
const EDITS: Readonly<Record<string, Edit>> = {
  "\x1b[D": left,
  "\x02": left,
  "\x1b[C": right,
  "\x06": right,
  "\x1b[H": home,
  "\x1bOH": home,
  "\x01": home,
  "\x1b[F": end,
  "\x1bOF": end,
  "\x05": end,
  "\x1b[1;5D": wordLeft,
  "\x1b[1;3D": wordLeft,
  "\x1bb": wordLeft,
  "\x1b[1;5C": wordRight,
  "\x1b[1;3C": wordRight,
  "\x1bf": wordRight,
  "\x7f": (line) => cut(line, left(line).at, line.at),
  "\x08": (line) => cut(line, left(line).at, line.at),
  "\x1b[3~": (line) => cut(line, line.at, right(line).at),
  "\x04": (line) => cut(line, line.at, right(line).at),
  "\x17": (line) => cut(line, wordLeft(line).at, line.at),
  "\x1b\x7f": (line) => cut(line, wordLeft(line).at, line.at),
  "\x1bd": (line) => cut(line, line.at, wordRight(line).at),
  "\x15": (line) => cut(line, 0, line.at),
  "\x0b": (line) => cut(line, line.at, line.text.length),
  "\x1b[A": older,
  "\x10": older,
  "\x1b[B": newer,
  "\x0e": newer,
};

const ASKED: Readonly<Record<string, Asked>> = {
  "\r": "submit",
  "\n": "submit",
  "\x03": "interrupt",
  "\t": "complete",
  "\x0c": "clear",
};

/** What a terminal sends, cut into keys: a control sequence is one key, and so is every character. */
export function keysOf(data: string): string[] {
  return data.match(/\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Za-z]|\x1b[^[O]|[^]/gu) ?? [];
}

/** The line after a key; `history` has the lines typed so far, the oldest first. */
export function press(
  line: Line,
  key: string,
  history: readonly string[],
): { readonly line: Line; readonly asked?: Asked } {
  if (key === "\x12") return { line: searchFurther(line, history) };
  if (line.search !== undefined) {
    const searching = pressInSearch(line, line.search.query, key, history);
    if (searching !== undefined) return { line: searching };
  }
  const { search: _, ...plain } = line;
  const asked = ASKED[key];
  if (asked !== undefined) return { line: plain, asked };
  const edit = EDITS[key];
  if (edit !== undefined) return { line: edit(plain, history) };
  return { line: isPrintable(key) ? insert(plain, key) : plain };
}

/** Puts a text where the cursor is. */
export function insert({ text, at }: Line, added: string): Line {
  if (text.length + added.length > LINE_MAX) return { text, at };
  return { text: text.slice(0, at) + added + text.slice(at), at: at + added.length };
}

function isPrintable(key: string): boolean {
  return key.codePointAt(0)! >= 0x20 && !/^[\x7f-\x9f]/.test(key);
}

function cut({ text, at }: Line, from: number, to: number): Line {
  if (from === to) return { text, at };
  return { text: text.slice(0, from) + text.slice(to), at: from };
}

function left({ text, at, ...rest }: Line): Line {
  const before = [...text.slice(0, at)].at(-1) ?? "";
  return { ...rest, text, at: at - before.length };
}

function right({ text, at, ...rest }: Line): Line {
  return {
    ...rest,
    text,
    at: at + String.fromCodePoint(text.codePointAt(at) ?? 0).length * +(at < text.length),
  };
}

function home(line: Line): Line {
  return { ...line, at: 0 };
}

function end(line: Line): Line {
  return { ...line, at: line.text.length };
}

function wordLeft(line: Line): Line {
  const before = line.text.slice(0, line.at);
  return {
    ...line,
    at: before.replace(/[\p{L}\p{N}]+[^\p{L}\p{N}]*$|[^\p{L}\p{N}]+$/u, "").length,
  };
}

function wordRight(line: Line): Line {
  const after = line.text.slice(line.at);
  return { ...line, at: line.at + /^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(after)![0].length };
}

function older(line: Line, history: readonly string[]): Line {
  const { index, draft } = line.browsing ?? { index: history.length, draft: line.text };
  const text = history[index - 1];
  if (text === undefined) return line;
  return { text, at: text.length, browsing: { index: index - 1, draft } };
}

function newer(line: Line, history: readonly string[]): Line {
  if (line.browsing === undefined) return line;
  const { index, draft } = line.browsing;
  const text = history[index + 1];
  if (text === undefined) return { text: draft, at: draft.length };
  return { text, at: text.length, browsing: { index: index + 1, draft } };
}

/** Ctrl+R: begins to look for an earlier line, or goes on to the next that fits. */
function searchFurther(line: Line, history: readonly string[]): Line {
  if (line.search === undefined) return { ...line, search: { query: "", index: undefined } };
  const { query, index } = line.search;
  return found(line, query, history, index ?? history.length);
}

/** A key while looking for a line; undefined: the key ends the search and does what it always does. */
function pressInSearch(
  line: Line,
  query: string,
  key: string,
  history: readonly string[],
): Line | undefined {
  if (key === "\x07" || key === "\x1b") return EMPTY_LINE;
  if (key === "\x7f" || key === "\x08") {
    return found(line, query.slice(0, -1), history, history.length);
  }
  return isPrintable(key) ? found(line, query + key, history, history.length) : undefined;
}

function found(line: Line, query: string, history: readonly string[], before: number): Line {
  const index =
    query === "" ? -1 : history.slice(0, before).findLastIndex((l) => l.includes(query));
  if (index < 0) return { ...line, search: { query, index: line.search?.index } };
  const text = history[index]!;
  return { text, at: text.indexOf(query), search: { query, index } };
}
