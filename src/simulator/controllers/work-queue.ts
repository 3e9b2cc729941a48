import { isStatus } from "../api/status-error.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { RandomStream, Spread } from "../kernel/random.ts";

/** State of a queue: plain data, kept in the state of the actor that owns it. */
export interface WorkQueueState {
  /** Keys to be worked on, in order. */
  pending: Set<string>;
  /** Keys that a worker has now: no more than there are workers. */
  processing: string[];
  /** Those of them that were added again meanwhile. */
  dirty: string[];
  /** Failures in a row, by key. */
  failures: Map<string, number>;
  /** Keys to be added later: when, and by which scheduled event. */
  waiting: Map<string, { readonly atMs: number; readonly event: number }>;
}

/**
 * What a sync says when it returns: after how many milliseconds to come back even if nothing changes, or that its calls to the API server are
 * still to come back. With the last of them `succeeded` or `failed` is called.
 */
type Outcome = number | "underway" | undefined;

/** How a sync that fails is tried again: so many times in a row at most, and after which errors; others are faults of the program. */
interface Retries {
  readonly most?: number;
  readonly isRetried?: (error: unknown) => boolean;
}

/** First and longest wait of a failing key (client-go util/workqueue DefaultTypedControllerRateLimiter). */
const BASE_DELAY_MS = 5;
const MAX_DELAY_MS = 1_000_000;

/**
 * A controller's queue of keys (client-go util/workqueue): a key waits at most once, is never worked on by two workers, and comes back
 * after it was added while being worked on. A worker that takes a key needs `syncDelay` to get to its decision; then the actor's
 * handler `sync` is called with the key, and must end in `succeeded` or `failed`, at once (as `work` sees to) or when its calls to the API server
 * have come back.
 */
export class WorkQueue {
  private readonly kernel: Kernel;
  private readonly actor: string;
  private readonly delays: RandomStream;
  private readonly workers: number;
  private readonly syncDelay: Spread;
  private readonly stateOf: () => WorkQueueState;

  constructor(
    kernel: Kernel,
    options: { actor: string; workers: number; syncDelay: Spread; stateOf: () => WorkQueueState },
  ) {
    this.kernel = kernel;
    this.actor = options.actor;
    this.delays = kernel.random(`sync/${options.actor}`);
    this.workers = options.workers;
    this.syncDelay = options.syncDelay;
    this.stateOf = options.stateOf;
  }

  static emptyState(): WorkQueueState {
    return {
      pending: new Set(),
      processing: [],
      dirty: [],
      failures: new Map(),
      waiting: new Map(),
    };
  }

  /** Asks for a sync of the key. */
  add(key: string): void {
    const { pending, processing, dirty, waiting } = this.stateOf();
    const later = waiting.get(key);
    if (later !== undefined && later.atMs <= this.kernel.now) waiting.delete(key);
    if (processing.includes(key)) {
      if (!dirty.includes(key)) dirty.push(key);
    } else if (processing.length < this.workers) this.start(key);
    else pending.add(key);
  }

  /**
   * Asks for a sync after a time; of several such requests for a key the earliest counts (util/workqueue delaying_queue.go). The owning
   * actor's handler `enqueue` must call `add`.
   */
  addAfter(key: string, delayMs: number): void {
    const { waiting } = this.stateOf();
    const atMs = this.kernel.now + Math.round(delayMs);
    const later = waiting.get(key);
    if (later !== undefined && later.atMs <= atMs && later.atMs >= this.kernel.now) return;
    if (later !== undefined && later.atMs > atMs) this.kernel.cancel(later.event);
    const event = this.kernel.schedule(delayMs, this.actor, "enqueue", key);
    waiting.set(key, { atMs, event });
  }

  /** The worker that has the key cannot go on for so many milliseconds; says whether that is so. It then gets to its sync once more. */
  holdUp(key: string, waitMs: number): boolean {
    if (waitMs <= 0) return false;
    this.kernel.schedule(waitMs, this.actor, "sync", key);
    return true;
  }

  /**
   * Carries out the sync of a key (the controllers' processNextWorkItem). What the API server refuses is tried again, so many times in a row.
   */
  work(key: string, sync: () => Outcome, { most, isRetried = isStatus }: Retries = {}): void {
    let outcome: Outcome;
    try {
      outcome = sync();
    } catch (error) {
      if (!isRetried(error)) throw error;
      this.failed(key, most);
      return;
    }
    if (outcome !== "underway") this.succeeded(key, outcome);
  }

  /** The key's sync has ended, well; `againMs`: when the next one is due even if nothing changes. */
  succeeded(key: string, againMs?: number): void {
    this.stateOf().failures.delete(key);
    if (againMs !== undefined) this.addAfter(key, againMs);
    this.done(key);
  }

  /** The key's sync has ended in an error. It is tried again after a wait that doubles with each failure in a row, up to so many of them. */
  failed(key: string, most = Infinity): void {
    const { failures } = this.stateOf();
    const count = failures.get(key) ?? 0;
    if (count < most) {
      failures.set(key, count + 1);
      let delay = BASE_DELAY_MS;
      for (let i = 0; i < count && delay < MAX_DELAY_MS; i += 1) delay *= 2;
      this.addAfter(key, Math.min(delay, MAX_DELAY_MS));
    } else failures.delete(key);
    this.done(key);
  }

  /** A worker has finished with the key. */
  private done(key: string): void {
    const { pending, processing, dirty } = this.stateOf();
    takeOut(processing, key);
    const isDirty = takeOut(dirty, key);
    const [next] = pending;
    if (next !== undefined) {
      pending.delete(next);
      if (isDirty) pending.add(key);
      this.start(next);
    } else if (isDirty) this.start(key);
  }

  /** A worker that has nothing to do takes the key. */
  private start(key: string): void {
    this.stateOf().processing.push(key);
    const delay = this.delays.spread(this.syncDelay);
    this.kernel.schedule(delay, this.actor, "sync", key);
  }
}

/** Takes a key out of a list; was it there? */
function takeOut(keys: string[], key: string): boolean {
  const place = keys.indexOf(key);
  if (place < 0) return false;
  // Mostly it is the only one, or the last: no list of what is taken out has to be made for it.
  if (place === keys.length - 1) keys.pop();
  else keys.splice(place, 1);
  return true;
}
