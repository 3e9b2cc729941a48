import {
  isAlias,
  isMap,
  LineCounter,
  parseAllDocuments,
  type Document,
  type ParsedNode,
  type YAMLError,
} from "yaml";
import type { Diagnostic } from "./diagnostic.ts";

/** Longest scenario or lab document in characters; a longer one is refused unread. */
const DOCUMENT_LIMIT = 256 * 1024;

/** Most values that a document may come to when its aliases are followed. */
const VALUE_LIMIT = 100_000;

/** Deepest nesting of brackets; the parser's own limit depends on the stack. */
const NESTING_LIMIT = 200;

/** A node of the document; null where nothing is written. */
export type YamlNode = ParsedNode | null;

/** Where a value stands: the node that a message points to, and the path of the field. */
export interface Place {
  readonly node: YamlNode;
  readonly field: string;
}

/** One YAML document being read: collects what is wrong with it. */
export class DocumentReader {
  readonly file: string;
  readonly diagnostics: Diagnostic[] = [];
  private readonly lines: LineCounter;
  private readonly document: Document.Parsed;
  private values = 0;

  constructor(file: string, document: Document.Parsed, lines: LineCounter) {
    this.file = file;
    this.document = document;
    this.lines = lines;
  }

  get root(): Place {
    return { node: this.document.contents, field: "" };
  }

  /** Notes what is wrong at a place. */
  report({ node, field }: Place, message: string): void {
    const { line, col } = this.lines.linePos(node?.range[0] ?? 0);
    this.diagnostics.push({ file: this.file, line, column: col, field, message });
  }

  /** The node that a place stands for, aliases followed; undefined when the document comes to too many values. */
  resolve(place: Place): YamlNode | undefined {
    this.values += 1;
    if (this.values === VALUE_LIMIT) {
      this.report(place, `the document's aliases make more than ${VALUE_LIMIT} values of it`);
    }
    if (this.values >= VALUE_LIMIT) return undefined;
    if (!isAlias(place.node)) return place.node;
    const target = place.node.resolve(this.document);
    if (target === undefined) {
      this.report(place, `no anchor &${place.node.source} stands before this alias`);
    }
    return target as YamlNode | undefined;
  }
}

/** Reads a text as one YAML document; what does not parse is reported, never thrown. */
export function openDocument(
  text: string,
  file: string,
): { readonly reader?: DocumentReader; readonly diagnostics: readonly Diagnostic[] } {
  const refuse = (message: string) => ({
    diagnostics: [{ file, line: 1, column: 1, field: "", message }],
  });
  if (text.length > DOCUMENT_LIMIT) {
    return refuse(
      `the document is ${text.length} characters long; at most ${DOCUMENT_LIMIT} are read`,
    );
  }
  if (text.includes("\0")) return refuse("this is not a text file: it contains NUL bytes");
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    const message = `values are nested more than ${NESTING_LIMIT} deep`;
    return { diagnostics: [{ file, ...deep, field: "", message }] };
  }
  const lines = new LineCounter();
  const documents = [
    ...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, version: "1.2" }),
  ];
  const errors = documents.flatMap((document) => document.errors);
  if (errors.length > 0) {
    return { diagnostics: errors.slice(0, 20).map((error) => syntaxError(error, file, lines)) };
  }
  const written = documents.filter((document) => document.contents !== null);
  if (written.length === 0) return refuse("the document is empty");
  if (written.length > 1) {
    const { line, col } = lines.linePos(written[1]!.contents!.range[0]);
    const message = "a second YAML document begins here; this file holds exactly one";
    return { diagnostics: [{ file, line, column: col, field: "", message }] };
  }
  return {
    reader: new DocumentReader(file, written[0] as Document.Parsed, lines),
    diagnostics: [],
  };
}

/** `kind` of a document; undefined when it has none or does not parse. */
export function documentKind(text: string): unknown {
  const contents = openDocument(text, "").reader?.root.node;
  return isMap(contents) ? contents.get("kind") : undefined;
}

function syntaxError(error: YAMLError, file: string, lines: LineCounter): Diagnostic {
  const { line, col } = lines.linePos(error.pos[0]);
  return { file, line, column: col, field: "", message: `YAML: ${error.message}` };
}

/** Where brackets are nested too deep to be read, if they are. */
function tooDeepAt(text: string): { line: number; column: number } | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === "[" || char === "{") depth += 1;
    else if ((char === "]" || char === "}") && depth > 0) depth -= 1;
    if (depth > NESTING_LIMIT) {
      const before = text.slice(0, i).split("\n");
      return { line: before.length, column: before.at(-1)!.length + 1 };
    }
  }
  return undefined;
}
