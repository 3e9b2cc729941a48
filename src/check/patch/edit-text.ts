import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  stringify,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { isRecord, type Origin } from "../input/read-input.ts";
import { valueAt } from "../plan/pod-spec.ts";
import { edited, type Edit, type Path } from "../remedy/edit.ts";

/** Where a new field is put, when the mapping has one of these: people read them in that order. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  replicas: ["selector", "strategy", "template"],
  minReadySeconds: ["selector", "strategy", "template"],
  strategy: ["template"],
  updateStrategy: ["template"],
  terminationGracePeriodSeconds: ["containers"],
};

/**
 * Sets a value in one object of a manifest's text, and leaves every other character as it is: comments, quotes, indentation, other documents. Where
 * that cannot be done (anchors, odd layouts) the one document is written anew by the YAML library, which keeps its comments.
 */
export function editText(text: string, origin: Origin, path: Path, value: unknown): string {
  const documents = documentsOf(text);
  const document = documents[origin.document];
  if (document === undefined) return text;
  const full = [...(origin.item === undefined ? [] : ["items", origin.item]), ...path];
  const given = document.toJS() as unknown;
  const wanted = JSON.stringify(edited(given, full, value));
  const least = leastEdit(given, full, value);
  const spliced = splice(text, document.contents, least.path, least.value);
  if (spliced !== undefined && isText(spliced, origin.document, wanted)) return spliced;
  return rewritten(text, document, full, value);
}

/** The same edit as far inside as it goes: of a hook that sleeps longer only the number changes. */
function leastEdit(given: unknown, path: Path, value: unknown): Omit<Edit, "object"> {
  const old = valueAt(given, ...path);
  const isList = Array.isArray(old) && Array.isArray(value);
  if (!isList && !(isRecord(old) && isRecord(value))) return { path, value };
  const [before, after] = [Object.entries(old), Object.entries(value)];
  const changed = after.filter(([key, child]) => {
    const was: unknown = (old as Record<string, unknown>)[key];
    return JSON.stringify(was) !== JSON.stringify(child);
  });
  const isSame = before.length === after.length && after.every(([key]) => key in old);
  const [[key, child] = ["", undefined]] = changed;
  if (!isSame || changed.length !== 1) return { path, value };
  return leastEdit(given, [...path, isList ? Number(key) : key], child);
}

function documentsOf(text: string): Document[] {
  const documents = [
    ...parseAllDocuments(text, { version: "1.2", uniqueKeys: false }),
  ] as Document[];
  // A document of comments alone has a value that is null, and is none for kubectl.
  return documents.filter(({ contents: root }) =>
    isScalar(root) ? root.value !== null : root !== null,
  );
}

/** Whether a text's document is what was wanted, whatever the order of its keys. */
function isText(text: string, index: number, wanted: string): boolean {
  const document = documentsOf(text)[index];
  if (document === undefined || document.errors.length > 0) return false;
  return sortedJson(document.toJS() as unknown) === sortedJson(JSON.parse(wanted) as unknown);
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) =>
    isRecord(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}

/** The text with the value written in its place; undefined where the place is not one for that. */
function splice(text: string, root: unknown, path: Path, value: unknown): string | undefined {
  let node = root;
  let parent: { map: YAMLMap; pair: Pair } | undefined;
  for (const [i, step] of path.entries()) {
    if (isSeq(node)) {
      node = node.items[Number(step)];
      continue;
    }
    if (!isMap(node)) {
      return parent === undefined
        ? undefined
        : replacePair(text, root, parent, nested(path.slice(i), value));
    }
    const map: YAMLMap = node;
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === step);
    if (pair === undefined)
      return insertPair(text, root, map, String(step), nested(path.slice(i + 1), value));
    parent = { map, pair };
    node = pair.value;
  }
  if (typeof path.at(-1) === "number") return replaceItem(text, root, node, value);
  if (parent === undefined) return undefined;
  return value === undefined ? removePair(text, parent) : replacePair(text, root, parent, value);
}

/** An item of a list that is a single value: in its own quotes, if it has any. */
function replaceItem(text: string, root: unknown, node: unknown, value: unknown) {
  if (!isScalar(node) || typeof value === "object") return undefined;
  const written = node.type === "QUOTE_DOUBLE" ? JSON.stringify(value) : inFlow(root, value);
  return text.slice(0, node.range![0]) + written + text.slice(node.range![1]);
}

function isJson(root: unknown): boolean {
  const [first] = isMap(root) && root.flow === true ? root.items : [];
  return isScalar(first?.key) && first.key.type === "QUOTE_DOUBLE";
}

/** What stands before a pair that begins its line. */
function ownIndent(text: string, { key }: Pair): string | undefined {
  const from = startOf(key as Node);
  const before = text.slice(lineStart(text, from), from);
  return /^\s*$/.test(before) && from > before.length ? before : undefined;
}

/** A value on one line, as JSON where the document is JSON. */
function inFlow(root: unknown, value: unknown): string {
  return isJson(root)
    ? JSON.stringify(value)
    : stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}

/** `{ a: { b: value } }` for the path a, b. */
function nested(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
}

function insertPair(
  text: string,
  root: unknown,
  map: YAMLMap,
  key: string,
  value: unknown,
): string | undefined {
  const last = map.items.at(-1);
  if (map.flow === true) {
    const written = `${inFlow(root, key)}: ${inFlow(root, value)}`;
    const at = last === undefined ? startOf(map) + 1 : endOfPair(last);
    const ownLine = last && ownIndent(text, last);
    if (ownLine !== undefined && isJson(root)) {
      const lines = JSON.stringify(value, undefined, 2).replaceAll("\n", `\n${ownLine}`);
      return `${text.slice(0, at)},\n${ownLine}${JSON.stringify(key)}: ${lines}${text.slice(at)}`;
    }
    return text.slice(0, at) + (last === undefined ? written : `, ${written}`) + text.slice(at);
  }
  if (last === undefined) return undefined;
  const indent = columnOf(text, startOf(map.items[0]!.key as Node));
  const block = indented(blockOf(key, value), indent);
  const next = map.items.find(
    ({ key: name }, i) =>
      i > 0 && isScalar(name) && (BEFORE[key] ?? []).includes(String(name.value)),
  );
  if (next !== undefined) {
    const at = beforeComments(text, lineStart(text, startOf(next.key as Node)));
    return text.slice(0, at) + block + text.slice(at);
  }
  const end = endOfPair(last);
  const newline = text[end - 1] === "\n" ? end - 1 : text.indexOf("\n", end);
  if (newline < 0) return `${text}\n${block.trimEnd()}`;
  return text.slice(0, newline + 1) + block + text.slice(newline + 1);
}

function replacePair(
  text: string,
  root: unknown,
  { map, pair }: { map: YAMLMap; pair: Pair },
  value: unknown,
) {
  const from = startOf(pair.key as Node);
  const to = endOfPair(pair);
  const key = String((pair.key as { value?: unknown }).value);
  if (map.flow === true) {
    const written = `${text.slice(from, (pair.key as Node).range![1])}: ${inFlow(root, value)}`;
    return text.slice(0, from) + written + text.slice(to);
  }
  const plain = typeof value !== "object" && isScalar(pair.value) && pair.value.value !== null;
  if (plain) {
    const at = startOf(pair.value as Node);
    return text.slice(0, at) + stringify(value).trimEnd() + text.slice(to);
  }
  const block = indented(blockOf(key, value), columnOf(text, from)).trim();
  const closing = text[to - 1] === "\n" ? "\n" : "";
  return text.slice(0, from) + block + closing + text.slice(to);
}

function removePair(text: string, { map, pair }: { map: YAMLMap; pair: Pair }): string | undefined {
  if (map.flow === true || map.items.length === 1 || map.items[0] === pair) return undefined;
  const from = lineStart(text, startOf(pair.key as Node));
  const end = endOfPair(pair);
  const newline = text[end - 1] === "\n" ? end - 1 : text.indexOf("\n", end);
  return text.slice(0, from) + (newline < 0 ? "" : text.slice(newline + 1));
}

/** A field as lines; a script stays on its own one. */
function blockOf(key: string, value: unknown): string {
  return stringify({ [key]: value }, { lineWidth: 0 });
}

/** Where a pair's last character stands, without the comments and empty lines after it. */
function endOfPair(pair: Pair): number {
  const value = pair.value as Node | null;
  return value === null ? (pair.key as Node).range![1] : endOf(value);
}

function endOf(node: Node): number {
  const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
  if (isMap(node) && !isFlow && node.items.length > 0) return endOfPair(node.items.at(-1)!);
  if (isSeq(node) && !isFlow && node.items.length > 0) return endOf(node.items.at(-1) as Node);
  return node.range![1];
}

function startOf(node: Node): number {
  return node.range![0];
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Comments right above a line belong to it. */
function beforeComments(text: string, at: number): number {
  let start = at;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^\s*#/.test(text.slice(above, start))) return start;
    start = above;
  }
  return start;
}

function indented(block: string, columns: number): string {
  const indent = " ".repeat(columns);
  return block.replace(/^(?=.)/gm, indent);
}

/** The document written anew with the change. */
function rewritten(text: string, document: Document, path: Path, value: unknown): string {
  const [from, , to] = document.range!;
  for (const i of path.keys()) {
    // What an alias stands for is written out where it is changed.
    const node = document.getIn(path.slice(0, i), true);
    if (!isAlias(node)) continue;
    document.setIn(path.slice(0, i), document.createNode(node.toJS(document) as unknown));
  }
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  const written = String(document)
    .replace(/^(---\n)/, "")
    .replace(/(\n\.\.\.)?\n*$/, "\n");
  return text.slice(0, from) + written + text.slice(to);
}
