/** The requests that a process with a limit of concurrency has: plain data. */
export interface WorkQueue {
  /** When each of its workers is free again, in no order. */
  readonly freeMs: number[];
  /** When each request that still waits begins, in order. */
  readonly beginsMs: number[];
}

/** Nothing to do. */
export function emptyQueue(): WorkQueue {
  return { freeMs: [], beginsMs: [] };
}

/**
 * Takes a request of that length into the queue, first come, first served; says how long it waits for a worker, or that `queue` others wait
 * already. Since each length is known when its request comes, so is every beginning, and no event is needed.
 */
export function enqueue(
  work: WorkQueue,
  { limit, queue }: { readonly limit: number; readonly queue: number },
  nowMs: number,
  lengthMs: number,
): number | "full" {
  const { freeMs, beginsMs } = work;
  let begun = 0;
  while (begun < beginsMs.length && beginsMs[begun]! <= nowMs) begun += 1;
  if (begun > 0) beginsMs.splice(0, begun);
  let worker = freeMs.length < limit ? freeMs.push(nowMs) - 1 : 0;
  for (let i = 0; i < freeMs.length; i += 1) if (freeMs[i]! < freeMs[worker]!) worker = i;
  const beginMs = Math.max(nowMs, freeMs[worker]!);
  if (beginMs > nowMs) {
    if (beginsMs.length >= queue) return "full";
    beginsMs.push(beginMs);
  }
  freeMs[worker] = beginMs + lengthMs;
  return beginMs - nowMs;
}
