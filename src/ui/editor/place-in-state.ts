import type { EditorState } from "@codemirror/state";
import { placeAt, type Place } from "./place.ts";

/** Lines around the cursor that are read, and how much of each: enough for any manifest, and quick on a file of megabytes. */
const LINES_AROUND = 1000;
const LINE_LENGTH = 300;

/** The place of the line that holds a position. */
export function placeOf(state: EditorState, position: number): Place | undefined {
  const { doc } = state;
  const own = doc.lineAt(position).number;
  const first = Math.max(1, own - LINES_AROUND);
  const last = Math.min(doc.lines, own + LINES_AROUND);
  const lines: string[] = [];
  for (let n = first; n <= last; n += 1) lines.push(doc.line(n).text.slice(0, LINE_LENGTH));
  return placeAt(lines, own - first);
}
