import type { Input, InputRecord } from "../../simulator/index.ts";

/** A piece of text that stands on the screen from a moment on. */
export interface Piece {
  readonly atMs: number;
  readonly text: string;
}

/** All that a terminal shows of a run: what is on the screen at a moment are the pieces up to then. */
export interface Transcript {
  /** In order of time. */
  readonly pieces: readonly Piece[];
  readonly lines: readonly TypedRecord[];
}

/** A typed line and what became of it. */
export interface TypedRecord {
  readonly line: string;
  readonly atMs: number;
  /** When its program ended; undefined: not within the run. */
  readonly endMs: number | undefined;
  readonly code: number;
  /** The editor that it waits for. */
  readonly editing: InputRecord["editing"];
}

/** What stands before a typed line. */
export const PROMPT = "$ ";

/** What the terminal shows of a run with these inputs. */
export function transcriptOf(
  inputs: readonly Input[],
  records: readonly InputRecord[],
): Transcript {
  const pieces: Piece[] = [];
  const lines: TypedRecord[] = [];
  for (const { line, record } of typedRecords(inputs, records)) {
    const { atMs, endMs, code, editing } = record;
    lines.push({ line, atMs, endMs, code, editing });
    const chunks = record.chunks ?? [{ atMs, text: record.output }];
    pieces.push({ atMs, text: `${PROMPT}${line}\n` });
    pieces.push(
      ...chunks
        .filter(({ text }) => text !== "")
        .map((c) => ({ atMs: c.atMs, text: harmless(c.text) })),
    );
    // The next prompt stands on a line of its own.
    const isOpen = chunks.length > 0 && !/(^|\n)$/.test(chunks.at(-1)!.text);
    if (endMs !== undefined && isOpen) pieces.push({ atMs: endMs, text: "\n" });
  }
  return { pieces: pieces.sort((a, b) => a.atMs - b.atMs), lines };
}

/** The typed line whose program runs at a moment. */
export function runningAt({ lines }: Transcript, ms: number): TypedRecord | undefined {
  return lines.findLast(({ atMs, endMs }) => atMs <= ms && (endMs === undefined || endMs > ms));
}

/** How many pieces stand on the screen at a moment. */
export function piecesUntil({ pieces }: Transcript, ms: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.atMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The records of typed lines. Steps have records too, and come before inputs of the same millisecond; Ctrl+C and what an editor was left with
 * have none.
 */
function typedRecords(inputs: readonly Input[], records: readonly InputRecord[]) {
  const found: { line: string; record: InputRecord }[] = [];
  const typed = inputs.filter(
    ({ action }) => action.kind !== "interrupt" && action.kind !== "edited",
  );
  for (const atMs of new Set(typed.map((input) => input.atMs))) {
    const here = typed.filter((input) => input.atMs === atMs);
    const there = records.filter((record) => record.atMs === atMs).slice(-here.length);
    for (const [i, record] of there.entries()) {
      const { action } = here[i]!;
      if (action.kind === "shell") found.push({ line: action.line, record });
    }
  }
  return found;
}

/** Only what moves the cursor and clears the screen is let through: names and logs are anybody's text. */
function harmless(text: string): string {
  return text.replace(
    /\x1b(?!\[[0-9;]*[A-Za-z])|[\x00-\x07\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g,
    "",
  );
}
