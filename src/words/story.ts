import type { Subject } from "./subject.ts";

/** A sentence of a run's story. */
export interface Sentence {
  readonly text: string;
  readonly tone: "good" | "bad" | "plain";
  /** The moment that it speaks of, and what to open there. */
  readonly atMs?: number;
  readonly subject?: Subject;
  /** The manifest's field that governs it: `lifecycle.preStop`. */
  readonly field?: string;
}
