/** A text in both languages of the site. */
export interface Bilingual {
  readonly en: string;
  readonly ko: string;
}

/** A part of a manifest's text: offsets from 0 in UTF-16 units, and line and column of its start from 1. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

export type DiagnosticCode =
  | "too-large"
  | "too-many-documents"
  | "too-complex"
  | "yaml-syntax"
  | "yaml-alias"
  | "json-syntax"
  | "duplicate-key"
  | "not-an-object"
  | "api-version-missing"
  | "kind-missing"
  | "kind-unknown"
  | "not-simulated"
  | "unknown-field"
  | "wrong-type"
  | "required"
  | "invalid"
  | "immutable"
  | "not-supported"
  | "forbidden"
  | "duplicate"
  | "not-found"
  | "too-long"
  | "over-limit"
  | "warning";

/** Something to say about a manifest. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** error: it would be refused; warning: accepted, but probably not meant; info: worth knowing. */
  readonly severity: "error" | "warning" | "info";
  /** In the words of kubectl or of the API server, where they have any. */
  readonly message: string;
  /** Why it matters, in our own words. */
  readonly why?: Bilingual;
  /** Field of the object: `spec.template.spec.containers[0].image`. */
  readonly path?: string;
  readonly range: Range;
}

/** Lines of a text, to turn offsets into lines and columns. */
export class LineMap {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.starts.push(at + 1);
    }
  }

  /** The range from one offset to another. */
  range(from: number, to: number): Range {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= from) low = middle;
      else high = middle - 1;
    }
    return { from, to: Math.max(to, from), line: low + 1, column: from - this.starts[low]! + 1 };
  }
}
