/** Where a position stands in a manifest: found by indentation, so that it works on text that does not parse yet. */
export interface Place {
  /** `kind` of the document that the line belongs to; empty where it has none. */
  readonly kind: string;
  /** Keys that lead to the mapping that the line's key stands in; lists are passed through. */
  readonly parents: readonly string[];
  /** The key of the line, as far as it is written. */
  readonly key: string;
  /** Column where the key starts. */
  readonly keyColumn: number;
  /** Column where the value starts; undefined without a colon. */
  readonly valueColumn?: number;
  /** Keys that the mapping has already, on other lines. */
  readonly siblings: readonly string[];
}

interface Line {
  /** Column of the last dash that opens an item on the line. */
  readonly dash?: number;
  readonly keyColumn: number;
  readonly key: string;
  readonly valueColumn?: number;
}

/** Lines beyond this many are not looked at: a manifest's mappings are shorter. */
const REACH = 2000;

/** The place of a line (counted from 0); undefined in a comment, between documents and in text that is no key. */
export function placeAt(lines: readonly string[], at: number): Place | undefined {
  const own = readLine(lines[at] ?? "");
  if (own === undefined) return undefined;
  const siblings: string[] = [];
  const parents: string[] = [];
  // A mapping in an item starts behind its dash; its parent's key may stand at the dash's own column.
  let column = own.keyColumn;
  let isOwnMapping = own.dash === undefined;
  let limit = own.dash === undefined ? column : own.dash + 0.5;
  for (let i = at - 1; i >= Math.max(0, at - REACH) && !isDocumentEnd(lines[i]!); i -= 1) {
    const line = readLine(lines[i]!);
    if (line === undefined || isBlank(lines[i]!)) continue;
    if (isOwnMapping && line.keyColumn === column) {
      siblings.push(line.key);
      if (line.dash !== undefined) {
        isOwnMapping = false;
        limit = line.dash + 0.5;
      }
    } else if (line.keyColumn === column && limit === column && line.dash !== undefined) {
      limit = line.dash + 0.5;
    } else if (line.keyColumn < limit) {
      parents.unshift(line.key);
      isOwnMapping = false;
      column = line.keyColumn;
      limit = line.dash === undefined ? column : line.dash + 0.5;
    }
  }
  siblings.push(...siblingsBelow(lines, at, own));
  const { key, keyColumn, valueColumn } = own;
  return { kind: kindAt(lines, at), parents, key, keyColumn, valueColumn, siblings };
}

function siblingsBelow(lines: readonly string[], at: number, own: Line): string[] {
  const found: string[] = [];
  for (let i = at + 1; i < Math.min(lines.length, at + REACH); i += 1) {
    if (isDocumentEnd(lines[i]!)) break;
    const line = readLine(lines[i]!);
    if (line === undefined || isBlank(lines[i]!)) continue;
    if (line.keyColumn < own.keyColumn || (line.dash ?? Infinity) < own.keyColumn) break;
    if (line.keyColumn === own.keyColumn) found.push(line.key);
  }
  return found;
}

function kindAt(lines: readonly string[], at: number): string {
  let first = at;
  while (first > 0 && at - first < REACH && !isDocumentEnd(lines[first - 1]!)) first -= 1;
  for (let i = first; i < Math.min(lines.length, first + REACH); i += 1) {
    if (i > first && isDocumentEnd(lines[i]!)) break;
    const match = /^kind:\s*["']?(\w+)/.exec(lines[i]!);
    if (match !== null) return match[1]!;
  }
  return "";
}

function isDocumentEnd(line: string): boolean {
  return /^(---|\.\.\.)(\s|$)/.test(line);
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

function readLine(text: string): Line | undefined {
  const match = /^((?: *- +)*)( *)([\w./-]*)(\s*:(?:\s+|$))?/.exec(text);
  if (match === null || /^\s*(#|---)/.test(text)) return undefined;
  const [, dashes = "", spaces = "", key = "", colon] = match;
  const keyColumn = dashes.length + spaces.length;
  const isOpen = colon === undefined && text.slice(keyColumn + key.length).trim() === "";
  if (colon === undefined && !isOpen) return undefined;
  const dash = dashes.lastIndexOf("-");
  return {
    keyColumn,
    key,
    ...(dash < 0 ? {} : { dash }),
    ...(colon === undefined ? {} : { valueColumn: keyColumn + key.length + colon.length }),
  };
}
