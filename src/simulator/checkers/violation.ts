/** A promise that a run broke. */
export interface Violation {
  readonly atMs: number;
  readonly invariant:
    | "time"
    | "resource-version"
    | "lost-update"
    | "two-controllers"
    | "too-many-replicas"
    | "too-many-pods"
    | "too-few-available"
    | "out-of-order"
    | "budget-exceeded"
    | "preempted-in-vain"
    | "late-removal"
    | "left-behind"
    | "status"
    | "endpoints"
    | "queue";
  /** What was found, with its numbers. */
  readonly message: string;
}

/** Notes a broken promise. */
export type Note = (invariant: Violation["invariant"], message: string) => void;
