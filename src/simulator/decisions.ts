import type { Kernel } from "./kernel/kernel.ts";
import type { Decision } from "./record.ts";

/** A decision without who and when: its code (a sentence of src/words), the numbers that fill it, and the rule. */
export type Reason = Pick<Decision, "code" | "values" | "upstream">;

/** Where components say what they decided and why. */
export interface DecisionLog {
  /** Adds a decision made now. */
  decide(decision: Omit<Decision, "atMs">): void;
}

/** The log of one run. */
export class Decisions implements DecisionLog {
  readonly name = "decisions";
  readonly entries: Decision[] = [];
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    kernel.registerLog(this);
  }

  get length(): number {
    return this.entries.length;
  }

  truncate(length: number): void {
    this.entries.length = length;
  }

  decide(decision: Omit<Decision, "atMs">): void {
    this.entries.push({ atMs: this.kernel.now, ...decision });
  }
}
