/** The delay of one key, and when it was set. */
export interface BackOffEntry {
  readonly delayMs: number;
  readonly updatedMs: number;
}

/** Entries by key: plain data, kept in the state of the actor that owns it. */
export type BackOffEntries = Map<string, BackOffEntry>;

/**
 * Exponential back-off by key (client-go util/flowcontrol/backoff.go Backoff): the delay doubles with each failure up to a maximum, and an
 * entry is forgotten when it has not been touched for twice the maximum.
 */
export class BackOff {
  private readonly entriesOf: () => BackOffEntries;
  private readonly initialMs: number;
  private readonly maxMs: number;

  /** `entriesOf` reads the entries out of the owning actor, since a restored snapshot replaces them. */
  constructor(entriesOf: () => BackOffEntries, initialMs: number, maxMs: number) {
    this.entriesOf = entriesOf;
    this.initialMs = initialMs;
    this.maxMs = maxMs;
  }

  /** The present delay of a key; 0 for an unknown one. */
  get(key: string): number {
    return this.entriesOf().get(key)?.delayMs ?? 0;
  }

  /** Moves on to the next delay. `eventMs` is when the failure happened. */
  next(key: string, eventMs: number, nowMs: number): void {
    const entry = this.entriesOf().get(key);
    const delayMs =
      entry === undefined || this.hasExpired(eventMs, entry)
        ? this.initialMs
        : Math.min(entry.delayMs * 2, this.maxMs);
    this.entriesOf().set(key, { delayMs, updatedMs: nowMs });
  }

  /** Forgets a key. */
  reset(key: string): void {
    this.entriesOf().delete(key);
  }

  /** Is the delay since an event still running? */
  isInBackOffSince(key: string, eventMs: number, nowMs: number): boolean {
    const entry = this.entriesOf().get(key);
    if (entry === undefined || this.hasExpired(eventMs, entry)) return false;
    return nowMs - eventMs < entry.delayMs;
  }

  /** Is the delay since the entry was last set still running? */
  isInBackOffSinceUpdate(key: string, nowMs: number): boolean {
    const entry = this.entriesOf().get(key);
    if (entry === undefined || this.hasExpired(nowMs, entry)) return false;
    return nowMs - entry.updatedMs < entry.delayMs;
  }

  /** Drops the entries that have expired. */
  collectGarbage(nowMs: number): void {
    const entries = this.entriesOf();
    for (const [key, entry] of entries) if (this.hasExpired(nowMs, entry)) entries.delete(key);
  }

  private hasExpired(eventMs: number, entry: BackOffEntry): boolean {
    return eventMs - entry.updatedMs > this.maxMs * 2;
  }
}
