/** Something that the API server, or kubectl before it, would say of the text. */
export interface Problem {
  /** error: it would be refused. warning: taken, and probably not meant. info: worth knowing. */
  readonly severity: "error" | "warning" | "info";
  /** In Kubernetes' own words. */
  readonly message: string;
  /** What is behind it, in the reader's language; empty where there is nothing to add. */
  readonly why: string;
  /** Offsets into the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}
