import type { QueuedEvent } from "../kernel/event-queue.ts";
import type { Note } from "./violation.ts";

/** What there is in a cluster beside the API's objects. */
export interface Remains {
  /** Uids of the pods that have a process. */
  readonly running: readonly string[];
  /** Uids of the pods that a router chooses for new connections. */
  readonly chosen: readonly string[];
  /** Events that wait, without those that were withdrawn. */
  readonly waiting: readonly Pick<QueuedEvent, "actor" | "type" | "data">[];
}

/** Notes a number that is not what it should be. */
export function expectEqual(
  what: string,
  found: number,
  wanted: number,
  note: Note,
  invariant: "status" | "endpoints" = "status",
): void {
  if (found !== wanted) note(invariant, `${what}: ${found}, not ${wanted}`);
}
