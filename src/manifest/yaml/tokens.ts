/** A place in the text: offset in UTF-16 units, and line and column, all from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export type TokenKind =
  | "stream-end"
  | "directive"
  | "document-start"
  | "document-end"
  | "block-sequence-start"
  | "block-mapping-start"
  | "block-end"
  | "flow-sequence-start"
  | "flow-sequence-end"
  | "flow-mapping-start"
  | "flow-mapping-end"
  | "block-entry"
  | "flow-entry"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

export interface Token {
  readonly kind: TokenKind;
  readonly start: Mark;
  readonly end: Mark;
  /** Text of a scalar, name of an anchor or alias, tag. */
  readonly value: string;
  readonly style?: ScalarStyle;
}

/**
 * A text that is no YAML. `message` is in the words of the parser that kubectl uses (sigs.k8s.io/yaml, a port of libyaml), with the
 * line that it would print: for errors of its grammar that is one less than the real one.
 */
export class YamlSyntaxError extends Error {
  /** Where the problem really is. */
  readonly mark: Mark;
  readonly code: "syntax" | "alias" | "limit";

  constructor(message: string, mark: Mark, code: YamlSyntaxError["code"] = "syntax") {
    super(message);
    this.name = "YamlSyntaxError";
    this.mark = mark;
    this.code = code;
  }
}

/** An error of the scanner: it prints the line as people count it, but no line when that is the first one. */
export function scannerError(problem: string, mark: Mark, context?: Mark): YamlSyntaxError {
  if (mark.line !== 0) return new YamlSyntaxError(`yaml: line ${mark.line + 1}: ${problem}`, mark);
  return withContextLine(problem, mark, context);
}

/** An error of the grammar: it prints the line counted from 0. */
export function grammarError(problem: string, mark: Mark, context?: Mark): YamlSyntaxError {
  if (mark.line !== 0) return new YamlSyntaxError(`yaml: line ${mark.line}: ${problem}`, mark);
  return withContextLine(problem, mark, context);
}

function withContextLine(problem: string, mark: Mark, context: Mark | undefined): YamlSyntaxError {
  const where = context !== undefined && context.line !== 0 ? `line ${context.line}: ` : "";
  return new YamlSyntaxError(`yaml: ${where}${problem}`, mark);
}
