/*
 * Cuts a manifest into its documents and reads each, as kubectl does (apimachinery util/yaml decoder.go: YAMLOrJSONDecoder): a text
 * that begins with `{` is JSON, else lines `---` divide it.
 */
import { LineMap, type Diagnostic, type DiagnosticCode, type Range } from "./diagnostic.ts";
import { scanJsonValue } from "../simulator/index.ts";
import { DOCUMENTS_MAX, MANIFEST_SIZE_MAX } from "./limits.ts";
import { parseYaml, type YamlNode } from "./yaml/parser.ts";
import { valueOf } from "./yaml/resolve.ts";
import { YamlSyntaxError } from "./yaml/tokens.ts";

/** One document of a manifest. */
export interface ManifestDocument {
  /** Offsets of its text in the manifest. */
  readonly from: number;
  readonly to: number;
  /** Its JSON value: null where it is empty, undefined where it could not be read. */
  readonly object: unknown;
  /** Its nodes; their marks count from `from`. */
  readonly node?: YamlNode;
  /** What kubectl says of a document that cannot be read, after `error parsing FILE: `. */
  readonly error?: string;
}

export interface Manifest {
  readonly documents: readonly ManifestDocument[];
  /** What cannot be read, and what is accepted but odd. */
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: LineMap;
}

/** How much of a YAML stream is looked at to find out whether it is JSON. */
const GUESS_LENGTH = 4096;

/** Reads a manifest. Never throws: what cannot be read is a diagnostic, and the rest is there all the same. */
export function parseManifest(text: string): Manifest {
  if (text.length > MANIFEST_SIZE_MAX) return refuseSize(text);
  const lines = new LineMap(text);
  const diagnostics: Diagnostic[] = [];
  const isJson = text.slice(0, GUESS_LENGTH).trimStart().startsWith("{");
  const chunks = isJson ? jsonChunks(text) : yamlChunks(text);
  if (chunks.length > DOCUMENTS_MAX) {
    const { from } = chunks[DOCUMENTS_MAX]!;
    diagnostics.push({
      code: "too-many-documents",
      severity: "error",
      message: `${chunks.length} documents in one manifest: at most ${DOCUMENTS_MAX} are read`,
      range: lines.range(from, from),
    });
  }
  const documents = chunks.slice(0, DOCUMENTS_MAX).map((chunk) => {
    const document =
      chunk.problem === undefined ? readChunk(text, chunk, lines) : chunk.problem(lines);
    diagnostics.push(...document.diagnostics);
    return document;
  });
  return { documents, diagnostics, lines };
}

function refuseSize(text: string): Manifest {
  const head = text.slice(0, text.indexOf("\n") + 1 || 80).slice(0, 80);
  const mebibytes = (Math.round((text.length / 1024 / 1024) * 10) / 10).toFixed(1);
  const message = `The manifest has ${mebibytes} MiB; at most ${MANIFEST_SIZE_MAX / 1024 / 1024} MiB is read`;
  const why = {
    en: "A real API server refuses requests over 3 MiB, and etcd stores at most 1.5 MiB in one object.",
    ko: "실제 API 서버는 3 MiB가 넘는 요청을 거부하고, etcd는 객체 하나에 1.5 MiB까지만 저장합니다.",
  };
  const range: Range = { from: 0, to: head.length, line: 1, column: 1 };
  return {
    documents: [{ from: 0, to: text.length, object: undefined, error: message }],
    diagnostics: [{ code: "too-large", severity: "error", message, why, range }],
    lines: new LineMap(""),
  };
}

/** Further keys that stand twice in a document are not told. */
const DUPLICATES_MAX = 20;

type Read = ManifestDocument & { readonly diagnostics: readonly Diagnostic[] };

interface Chunk {
  readonly from: number;
  readonly to: number;
  readonly problem?: (lines: LineMap) => Read;
}

/** The documents between lines `---`, which may be followed by a comment; other text behind it ends the reading. */
function yamlChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  let separator = text.startsWith("---") ? 0 : nextSeparator(text, 0);
  while (separator >= 0) {
    const end = endOfLine(text, separator);
    const rest = text.slice(separator + 3, end).trim();
    if (rest !== "" && !rest.startsWith("#")) {
      const at = separator;
      const error = `invalid Yaml document separator: ${rest}`;
      const problem = (lines: LineMap) =>
        unread(at, end, error, lines.range(at, end), "yaml-syntax");
      return [...chunks, { from, to: end, problem }];
    }
    if (separator > from) {
      chunks.push({ from, to: separator });
      from = Math.min(end + 1, text.length);
    }
    separator = nextSeparator(text, end);
  }
  if (from < text.length) chunks.push({ from, to: text.length });
  return chunks;
}

function nextSeparator(text: string, from: number): number {
  const at = text.indexOf("\n---", from);
  return at < 0 ? -1 : at + 1;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}

/** JSON values one after the other; the first that is wrong ends the reading. */
function jsonChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  for (;;) {
    const end = scanJsonValue(text, from);
    if (end === undefined) return chunks;
    if (typeof end === "number") {
      chunks.push({ from, to: end });
      from = end;
      continue;
    }
    const start = from;
    const { offset, message } = end;
    const error = message === "unexpected EOF" ? message : `json: offset ${offset}: ${message}`;
    const at = Math.max(Math.min(offset, text.length) - 1, 0);
    const problem = (lines: LineMap) =>
      unread(start, text.length, error, lines.range(at, at + 1), "json-syntax");
    return [...chunks, { from, to: text.length, problem }];
  }
}

function unread(from: number, to: number, error: string, range: Range, code: DiagnosticCode): Read {
  const diagnostic: Diagnostic = { code, severity: "error", message: error, range };
  return { from, to, object: undefined, error, diagnostics: [diagnostic] };
}

function readChunk(text: string, { from, to }: Chunk, lines: LineMap): Read {
  try {
    const node = parseYaml(text.slice(from, to));
    if (node === undefined) return { from, to, object: null, diagnostics: [] };
    const diagnostics: Diagnostic[] = [];
    findDuplicateKeys(node, from, lines, diagnostics);
    return { from, to, object: valueOf(node), node, diagnostics };
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    const at = from + Math.min(error.mark.index, to - from);
    const code = ({ syntax: "yaml-syntax", alias: "yaml-alias", limit: "too-complex" } as const)[
      error.code
    ];
    const { message } = error;
    const range = lines.range(at, Math.min(at + 1, text.length));
    const read = unread(from, to, `error converting YAML to JSON: ${message}`, range, code);
    return { ...read, diagnostics: [{ ...read.diagnostics[0]!, message }] };
  }
}

/** kubectl takes a key that stands twice without a word, and uses the last: worth a warning. */
function findDuplicateKeys(
  node: YamlNode,
  offset: number,
  lines: LineMap,
  diagnostics: Diagnostic[],
): void {
  if (node.kind === "sequence") {
    for (const item of node.items) findDuplicateKeys(item, offset, lines, diagnostics);
  }
  if (node.kind !== "mapping") return;
  const seen = new Set<string>();
  for (const { key, value } of node.pairs) {
    if (key.kind === "scalar") {
      if (seen.has(key.value) && diagnostics.length < DUPLICATES_MAX) {
        diagnostics.push({
          code: "duplicate-key",
          severity: "warning",
          message: `key "${key.value}" is already set in this map`,
          why: {
            en: "kubectl accepts it and silently uses the last value.",
            ko: "kubectl은 오류 없이 받아들이고 마지막 값만 사용합니다.",
          },
          range: lines.range(offset + key.start.index, offset + key.end.index),
        });
      }
      seen.add(key.value);
    }
    findDuplicateKeys(value, offset, lines, diagnostics);
  }
}
