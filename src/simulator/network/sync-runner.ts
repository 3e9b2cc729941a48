import type { Kernel } from "../kernel/kernel.ts";

/** What the runner remembers: plain data, kept in the state of the actor that owns it. */
export interface SyncRunnerState {
  /** Tokens in the bucket at `refilledMs`. */
  tokens: number;
  refilledMs: number;
  /** End of the last run; undefined before the first. */
  lastRunMs?: number;
  running: boolean;
  /** A run was asked for while one was under way. */
  asked: boolean;
  /** A run was asked for and refused since the last one. */
  refused: boolean;
  /** Event that tries again, and its time. */
  timer?: { readonly id: number; readonly atMs: number };
}

/** Why a run began when it did: nothing held it back, the bucket still held a token, or it had to wait. */
export type SyncRule = "at-once" | "burst" | "interval";

/** kube-proxy's minSyncPeriod default (pkg/proxy/apis/config/v1alpha1/defaults.go). */
const MIN_SYNC_PERIOD_MS = 1000;
/** pkg/proxy/iptables/proxier.go burstSyncs. Releases from 1.34 on have another runner, without a burst. */
const BURST = 2;

/**
 * Spaces out the syncs (pkg/util/async/bounded_frequency_runner.go of 1.32): a token bucket of one token a second that holds two, and, where
 * it is empty, another try one period after the end of the last run. An idle kube-proxy therefore syncs twice in a row, and then once a
 * second. Its periodic run an hour after the last is left out: it changes no rule.
 */
export class SyncRunner {
  private readonly kernel: Kernel;
  private readonly actor: string;
  private readonly stateOf: () => SyncRunnerState;
  private readonly start: (rule: SyncRule) => void;

  /** `start` begins a run, which the owner ends with `finished`; the actor's handler `retrySync` calls `tryRun`. */
  constructor(
    kernel: Kernel,
    options: {
      actor: string;
      stateOf: () => SyncRunnerState;
      start: (rule: SyncRule) => void;
    },
  ) {
    this.kernel = kernel;
    this.actor = options.actor;
    this.stateOf = options.stateOf;
    this.start = options.start;
  }

  /** A full bucket, nothing asked for. */
  static initialState(): SyncRunnerState {
    return { tokens: BURST, refilledMs: 0, running: false, asked: false, refused: false };
  }

  /** Asks for a run as soon as may be. */
  run(): void {
    const state = this.stateOf();
    if (state.running) state.asked = true;
    else this.tryRun();
  }

  /** Runs if the bucket lets it, else sets the timer. */
  tryRun(): void {
    const state = this.stateOf();
    const { now } = this.kernel;
    if (state.timer !== undefined && state.timer.atMs <= now) delete state.timer;
    if (state.running) return;
    const refill = (now - state.refilledMs) / MIN_SYNC_PERIOD_MS;
    state.tokens = Math.min(BURST, state.tokens + refill);
    state.refilledMs = now;
    const sinceLastMs = state.lastRunMs === undefined ? Infinity : now - state.lastRunMs;
    if (state.tokens >= 1) {
      const unhindered = sinceLastMs < MIN_SYNC_PERIOD_MS ? "burst" : "at-once";
      const rule = state.refused ? "interval" : unhindered;
      state.tokens -= 1;
      state.running = true;
      state.refused = false;
      this.start(rule);
      return;
    }
    state.refused = true;
    const atMs = now + Math.max(1, MIN_SYNC_PERIOD_MS - sinceLastMs);
    if (state.timer !== undefined && state.timer.atMs <= atMs) return;
    this.kernel.cancel(state.timer?.id);
    state.timer = { id: this.kernel.schedule(atMs - now, this.actor, "retrySync"), atMs };
  }

  /** The run that was started has ended. */
  finished(): void {
    const state = this.stateOf();
    state.running = false;
    state.lastRunMs = this.kernel.now;
    this.kernel.cancel(state.timer?.id);
    delete state.timer;
    if (!state.asked) return;
    state.asked = false;
    this.tryRun();
  }
}
