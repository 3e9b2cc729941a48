import { Scanner } from "./scanner.ts";
import {
  grammarError,
  YamlSyntaxError,
  type Mark,
  type ScalarStyle,
  type Token,
} from "./tokens.ts";

/** A node of a YAML document, with its place in the text. */
export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

interface Placed {
  readonly start: Mark;
  readonly end: Mark;
  readonly anchor?: string;
  readonly tag?: string;
}

export interface YamlScalar extends Placed {
  readonly kind: "scalar";
  readonly value: string;
  readonly style: ScalarStyle;
}

export interface YamlMapping extends Placed {
  readonly kind: "mapping";
  readonly pairs: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
}

export interface YamlSequence extends Placed {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
}

export interface YamlAlias extends Placed {
  readonly kind: "alias";
  readonly name: string;
  /** What it stands for; it may be a node that this alias is in. */
  readonly target: { readonly node: YamlNode };
}

/** Collections may be nested that deep; Kubernetes' own types need about 20. */
export const DEPTH_MAX = 100;

/** Keys and values of one document; a manifest with more would keep the page waiting. */
export const NODES_MAX = 100_000;

const CONTROL_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * Parses the first YAML document of a text; undefined when there is none. Throws a YamlSyntaxError in the words of kubectl's parser. The
 * grammar is libyaml's parserc.c.
 */
export function parseYaml(text: string): YamlNode | undefined {
  const control = text.search(CONTROL_CHARACTER);
  if (control >= 0) {
    const problem = "yaml: control characters are not allowed";
    throw new YamlSyntaxError(problem, markAt(text, control));
  }
  return new Parser(text).document();
}

function markAt(text: string, index: number): Mark {
  const lines = text.slice(0, index).split("\n");
  return { index, line: lines.length - 1, column: lines.at(-1)!.length };
}

class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, { node: YamlNode }>();
  private depth = 0;
  private nodes = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  document(): YamlNode | undefined {
    const { scanner } = this;
    while (scanner.peek().kind === "document-end") scanner.next();
    if (scanner.peek().kind === "stream-end") return undefined;
    this.directives();
    if (scanner.peek().kind === "document-start") {
      scanner.next();
      const { kind, start } = scanner.peek();
      if (["document-start", "document-end", "stream-end"].includes(kind)) return empty(start);
    }
    const root = this.node(true, false);
    scanner.peek();
    return root;
  }

  private directives(): void {
    const { scanner } = this;
    if (scanner.peek().kind !== "directive") return;
    while (scanner.peek().kind === "directive") {
      const { value, start } = scanner.next();
      if (/^YAML /.test(value) && value !== "YAML 1.1") {
        throw grammarError("found incompatible YAML document", start);
      }
    }
    const { kind, start } = scanner.peek();
    if (kind !== "document-start")
      throw grammarError("did not find expected <document start>", start);
  }

  private node(block: boolean, indentless: boolean): YamlNode {
    const { scanner } = this;
    const first = scanner.peek();
    this.nodes += 1;
    if (this.nodes > NODES_MAX) {
      throw new YamlSyntaxError(`yaml: more than ${NODES_MAX} values`, first.start, "limit");
    }
    if (first.kind === "alias") {
      const { start, end, value: name } = scanner.next();
      const target = this.anchors.get(name);
      if (target === undefined) {
        throw new YamlSyntaxError(`yaml: unknown anchor '${name}' referenced`, start, "alias");
      }
      return { kind: "alias", name, target, start, end };
    }
    let anchor: string | undefined;
    let tag: string | undefined;
    for (;;) {
      const { kind } = scanner.peek();
      if (kind === "anchor" && anchor === undefined) anchor = scanner.next().value;
      else if (kind === "tag" && tag === undefined) tag = scanner.next().value;
      else break;
    }
    const token = scanner.peek();
    const holder = { node: empty(token.start) as YamlNode };
    if (anchor !== undefined) this.anchors.set(anchor, holder);
    const node = this.content(token, block, indentless, anchor !== undefined || tag !== undefined);
    if (node === undefined) {
      throw grammarError("did not find expected node content", token.start, first.start);
    }
    if (anchor === undefined && tag === undefined) return node;
    holder.node = { ...node, anchor, tag };
    return holder.node;
  }

  private content(
    token: Token,
    block: boolean,
    indentless: boolean,
    mayBeEmpty: boolean,
  ): YamlNode | undefined {
    if (indentless && token.kind === "block-entry") return this.within(() => this.indentless());
    if (token.kind === "scalar") {
      const { value, style = "plain", start, end } = this.scanner.next();
      return { kind: "scalar", value, style, start, end };
    }
    if (token.kind === "flow-sequence-start") return this.within(() => this.flowSequence());
    if (token.kind === "flow-mapping-start") return this.within(() => this.flowMapping());
    if (block && token.kind === "block-sequence-start") {
      return this.within(() => this.blockSequence());
    }
    if (block && token.kind === "block-mapping-start") {
      return this.within(() => this.blockMapping());
    }
    return mayBeEmpty ? empty(token.start) : undefined;
  }

  private within<N>(parse: () => N): N {
    this.depth += 1;
    if (this.depth > DEPTH_MAX) {
      const problem = `yaml: nested deeper than ${DEPTH_MAX} levels`;
      throw new YamlSyntaxError(problem, this.scanner.peek().start, "limit");
    }
    const parsed = parse();
    this.depth -= 1;
    return parsed;
  }

  /** A node, unless one of the tokens that end it comes at once. */
  private nodeUnless(
    ends: readonly Token["kind"][],
    block: boolean,
    indentless: boolean,
  ): YamlNode {
    const token = this.scanner.peek();
    return ends.includes(token.kind) ? empty(token.start) : this.node(block, indentless);
  }

  private blockSequence(): YamlSequence {
    const { start } = this.scanner.next();
    const items: YamlNode[] = [];
    for (;;) {
      const token = this.scanner.next();
      if (token.kind === "block-end") {
        return { kind: "sequence", items, start, end: items.at(-1)?.end ?? token.end };
      }
      if (token.kind !== "block-entry") {
        throw grammarError("did not find expected '-' indicator", token.start, start);
      }
      items.push(this.nodeUnless(["block-entry", "block-end"], true, false));
    }
  }

  private indentless(): YamlSequence {
    const { start } = this.scanner.peek();
    const items: YamlNode[] = [];
    while (this.scanner.peek().kind === "block-entry") {
      this.scanner.next();
      items.push(this.nodeUnless(["block-entry", "key", "value", "block-end"], true, false));
    }
    return { kind: "sequence", items, start, end: items.at(-1)!.end };
  }

  private blockMapping(): YamlMapping {
    const { start } = this.scanner.next();
    const pairs: { key: YamlNode; value: YamlNode }[] = [];
    const ends = ["key", "value", "block-end"] as const;
    for (;;) {
      const token = this.scanner.peek();
      if (token.kind === "block-end") {
        this.scanner.next();
        return { kind: "mapping", pairs, start, end: pairs.at(-1)?.value.end ?? token.end };
      }
      if (token.kind !== "key") {
        throw grammarError("did not find expected key", token.start, start);
      }
      this.scanner.next();
      const key = this.nodeUnless(ends, true, true);
      pairs.push({ key, value: this.valueOf(key, ends, true) });
    }
  }

  private valueOf(key: YamlNode, ends: readonly Token["kind"][], block: boolean): YamlNode {
    if (this.scanner.peek().kind !== "value") return empty(key.end);
    const { end } = this.scanner.next();
    const next = this.scanner.peek();
    return ends.includes(next.kind) ? empty(end) : this.node(block, block);
  }

  private flowSequence(): YamlSequence {
    const { start } = this.scanner.next();
    const items: YamlNode[] = [];
    for (let first = true; ; first = false) {
      if (this.scanner.peek().kind === "flow-sequence-end") break;
      if (!first) {
        const token = this.scanner.peek();
        if (token.kind !== "flow-entry") {
          throw grammarError("did not find expected ',' or ']'", token.start, start);
        }
        this.scanner.next();
      }
      const token = this.scanner.peek();
      if (token.kind === "key") items.push(this.singlePair());
      else if (token.kind !== "flow-sequence-end") items.push(this.node(false, false));
    }
    return { kind: "sequence", items, start, end: this.scanner.next().end };
  }

  private singlePair(): YamlMapping {
    const { start } = this.scanner.next();
    const ends = ["value", "flow-entry", "flow-sequence-end"] as const;
    const key = this.nodeUnless(ends, false, false);
    const value = this.valueOf(key, ["flow-entry", "flow-sequence-end"], false);
    return { kind: "mapping", pairs: [{ key, value }], start, end: value.end };
  }

  private flowMapping(): YamlMapping {
    const { start } = this.scanner.next();
    const pairs: { key: YamlNode; value: YamlNode }[] = [];
    const ends = ["flow-entry", "flow-mapping-end"] as const;
    for (let first = true; ; first = false) {
      if (this.scanner.peek().kind === "flow-mapping-end") break;
      if (!first) {
        const token = this.scanner.peek();
        if (token.kind !== "flow-entry") {
          throw grammarError("did not find expected ',' or '}'", token.start, start);
        }
        this.scanner.next();
      }
      const token = this.scanner.peek();
      if (token.kind === "flow-mapping-end") continue;
      if (token.kind === "key") {
        this.scanner.next();
        const key = this.nodeUnless(["value", ...ends], false, false);
        pairs.push({ key, value: this.valueOf(key, ends, false) });
      } else {
        const key = this.node(false, false);
        pairs.push({ key, value: empty(key.end) });
      }
    }
    return { kind: "mapping", pairs, start, end: this.scanner.next().end };
  }
}

function empty(mark: Mark): YamlScalar {
  return { kind: "scalar", value: "", style: "plain", start: mark, end: mark };
}
