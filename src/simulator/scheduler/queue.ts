/* Pods that wait for their turn: pkg/scheduler/framework/plugins/queuesort/priority_sort.go. */

/** A pod in the queue. */
export interface QueuedPod {
  readonly key: string;
  readonly priority: number;
  /** When it came, or was last refused. */
  readonly sinceMs: number;
}

/** Plain data, kept in the scheduler's state: the pods in the order of their turns, and their keys. */
export interface QueueState {
  order: QueuedPod[];
  keys: Set<string>;
}

export function emptyQueue(): QueueState {
  return { order: [], keys: new Set() };
}

/** Puts a pod, which is not in the queue, in its place: before those of lower priority, behind those that have waited longer. */
export function enqueue({ order, keys }: QueueState, pod: QueuedPod): void {
  let at = order.length;
  while (at > 0 && isBefore(pod, order[at - 1]!)) at -= 1;
  order.splice(at, 0, pod);
  keys.add(pod.key);
}

/** Takes the first pod out. */
export function dequeue({ order, keys }: QueueState): string | undefined {
  const first = order.shift();
  if (first !== undefined) keys.delete(first.key);
  return first?.key;
}

/** Takes a pod out, if it is there. */
export function leaveQueue({ order, keys }: QueueState, key: string): void {
  if (!keys.delete(key)) return;
  const at = order.findIndex((pod) => pod.key === key);
  order.splice(at, 1);
}

/** PrioritySort.Less */
function isBefore(a: QueuedPod, b: QueuedPod): boolean {
  return a.priority > b.priority || (a.priority === b.priority && a.sinceMs < b.sinceMs);
}

/** Waits of a pod that no node could take: doubling from one to ten seconds (podInitialBackoffSeconds, podMaxBackoffSeconds). */
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;

/** How long a pod waits after so many attempts. */
export function backoffMs(attempts: number): number {
  let backoff = FIRST_BACKOFF_MS;
  for (let i = 1; i < attempts && backoff < MAX_BACKOFF_MS; i += 1) backoff *= 2;
  return Math.min(backoff, MAX_BACKOFF_MS);
}
