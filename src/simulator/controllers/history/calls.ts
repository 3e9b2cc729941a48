import { isStatus } from "../../api/status-error.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import type { Spread } from "../../kernel/random.ts";

/** Calls that are made at the same time; the next group waits until all have come back. */
export type Calls<C> = readonly (readonly C[])[];

interface Job<C> {
  groups: Calls<C>;
  /** Calls of the first group that have not come back. */
  inFlight: number;
  error: string | undefined;
}

/** Plain data, kept in the state of the actor that owns it: the calls of each key that a worker is at. */
export interface CallsState<C> {
  jobs: Map<string, Job<C>>;
  /** When the last call made so far comes back. */
  lastCallMs: number;
}

/** One call that comes back. */
export interface Returned<C> {
  readonly key: string;
  readonly call: C;
}

/**
 * Carries out what a sync has decided, call after call, each taking its time and a token of the client; meanwhile the worker is busy. The first
 * error ends it with the group in which it happens. The owning actor's handler `called` must call `onReturned`.
 */
export class CallRunner<C> {
  private readonly context: ControllerContext;
  private readonly actor: string;
  private readonly client: ClientRateLimit;
  private readonly callDelay: Spread;
  private readonly stateOf: () => CallsState<C>;
  private readonly perform: (key: string, call: C) => void;
  private readonly done: (key: string, error: string | undefined, unmade: readonly C[]) => void;

  /**
   * `perform` makes one call and throws a StatusError when it is refused; `done` is told the first error and the calls that were not made because
   * of it.
   */
  constructor(
    context: ControllerContext,
    options: {
      actor: string;
      client: ClientRateLimit;
      callDelay: Spread;
      stateOf: () => CallsState<C>;
      perform: (key: string, call: C) => void;
      done: (key: string, error: string | undefined, unmade: readonly C[]) => void;
    },
  ) {
    this.context = context;
    this.actor = options.actor;
    this.client = options.client;
    this.callDelay = options.callDelay;
    this.stateOf = options.stateOf;
    this.perform = options.perform;
    this.done = options.done;
  }

  static emptyState<C>(): CallsState<C> {
    return { jobs: new Map(), lastCallMs: 0 };
  }

  /** Starts the calls of a key; with none it is done at once. */
  start(key: string, calls: Calls<C>): void {
    const groups = calls.filter((group) => group.length > 0);
    this.stateOf().jobs.set(key, { groups, inFlight: 0, error: undefined });
    this.next(key);
  }

  /** Handler `called` of the owning actor. */
  onReturned({ key, call }: Returned<C>): void {
    const job = this.stateOf().jobs.get(key)!;
    try {
      this.perform(key, call);
    } catch (error) {
      if (!isStatus(error)) throw error;
      job.error ??= error.message;
    }
    job.inFlight -= 1;
    if (job.inFlight === 0) this.next(key);
  }

  private next(key: string): void {
    const state = this.stateOf();
    const job = state.jobs.get(key)!;
    const [group, ...later] = job.groups;
    if (group === undefined || job.error !== undefined) {
      state.jobs.delete(key);
      this.done(key, job.error, job.groups.flat());
      return;
    }
    Object.assign(job, { groups: later, inFlight: group.length });
    const { kernel } = this.context;
    const takes = kernel.random(`calls/${this.actor}`).spread(this.callDelay);
    for (const call of group) {
      const free = takes + this.client.reserve(kernel.now);
      const delayMs = Math.max(free, state.lastCallMs - kernel.now);
      state.lastCallMs = kernel.now + delayMs;
      const returned: Returned<C> = { key, call };
      kernel.schedule(delayMs, this.actor, "called", returned);
    }
  }
}

/** Calls in groups that double from one up to a largest size (the controllers' slowStartBatch). */
export function slowStartGroups<C>(calls: readonly C[], maxSize: number): C[][] {
  const groups: C[][] = [];
  let size = 1;
  for (let first = 0; first < calls.length;) {
    groups.push(calls.slice(first, first + size));
    first += size;
    size = Math.min(2 * size, maxSize);
  }
  return groups;
}
