/** A mistake of an author or a learner, with its place. */
export interface Diagnostic {
  /** Path of the file as the caller named it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Path of the field, such as `spec.images[0].name`; empty for the document as a whole. */
  readonly field: string;
  /** What is wrong and what was wanted. */
  readonly message: string;
}

/** `file:line:column: field: message`, as the command line prints it. */
export function describe({ file, line, column, field, message }: Diagnostic): string {
  return `${file}:${line}:${column}: ${field === "" ? "" : `${field}: `}${message}`;
}
