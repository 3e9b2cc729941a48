/** State of a `ClientRateLimit`: plain data, kept in the state of the actor that owns it. */
export interface ClientRateLimitState {
  /** Virtual time at which the bucket would be empty of debts if no more calls came. */
  settledMs: number;
}

/**
 * The limit that a controller's API client puts on itself: 20 calls a second after a burst of 30, for each controller by itself
 * (kube-controller-manager --kube-api-qps, --kube-api-burst; client-go util/flowcontrol NewTokenBucketRateLimiter). Calls that have to
 * wait are served in the order in which they were asked for.
 *
 * Simplified: events and status updates are written by the same client upstream; here they take no part in the limit. With them a rollout of
 * a few dozen pods can be held up for some tenths of a second, in which the pods of one ReplicaSet are created before those of another,
 * asked for earlier, are deleted.
 */
export class ClientRateLimit {
  private readonly intervalMs: number;
  private readonly burst: number;
  private readonly stateOf: () => ClientRateLimitState;

  constructor(stateOf: () => ClientRateLimitState, callsPerSecond = 20, burst = 30) {
    this.stateOf = stateOf;
    this.intervalMs = 1000 / callsPerSecond;
    this.burst = burst;
  }

  static emptyState(): ClientRateLimitState {
    return { settledMs: 0 };
  }

  /** Takes a token for one call and returns how many milliseconds the call has to wait for it. */
  reserve(nowMs: number): number {
    const state = this.stateOf();
    state.settledMs = Math.max(state.settledMs, nowMs) + this.intervalMs;
    return this.debt(nowMs);
  }

  /** How many milliseconds the calls made so far still have to wait. */
  debt(nowMs: number): number {
    return Math.max(0, this.stateOf().settledMs - nowMs - this.burst * this.intervalMs);
  }
}
