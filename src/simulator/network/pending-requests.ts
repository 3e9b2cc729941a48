import type { RequestRecord } from "../record.ts";
import type { Trip } from "./trip.ts";

/** A request whose end is not certain: its process may end before the answer, or it will be tried again. */
export interface Pending {
  /** How it ends as things stand. */
  readonly record: RequestRecord;
  /** The process that has it; 0 when its end is decided. */
  readonly processId: number;
  readonly source: number;
  /** When the header of its answer comes, if the body takes longer. */
  readonly headerMs?: number;
  /** What is needed to try it again. */
  readonly trip?: Trip;
  /** It waits for its next try, so its record says nothing yet. */
  readonly waits?: true;
}

/** Hands on the records at the front that nothing can change any more. */
export function settle(
  pending: Pending[],
  nowMs: number,
  handOn: (record: RequestRecord) => void,
): void {
  let certain = 0;
  while (certain < pending.length) {
    const { record, processId, waits } = pending[certain]!;
    if (waits || (processId !== 0 && record.doneMs > nowMs)) break;
    handOn(record);
    certain += 1;
  }
  if (certain === 1) pending.shift();
  else if (certain > 1) pending.splice(0, certain);
}

/** Place of a request in a list in the order of sending; -1 when it is not in it. */
export function placeOf(pending: readonly Pending[], id: number): number {
  let low = 0;
  let high = pending.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = pending[middle]!.record.id;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
