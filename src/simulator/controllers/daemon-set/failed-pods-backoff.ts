/** When a failed pod was last deleted and how long to wait before the next, by DaemonSet, generation and node: plain data. */
export type FailedPodsBackoffState = Map<
  string,
  { readonly sinceMs: number; readonly waitMs: number }
>;

const FIRST_MS = 1000;
const MAX_MS = 15 * 60 * 1000;

/**
 * Keeps the controller from fighting with a kubelet that refuses a pod: waits double from one second to 15 minutes, and are forgotten after twice
 * the longest (client-go util/flowcontrol backoff.go, as daemon_controller.go sets it up).
 */
export class FailedPodsBackoff {
  private readonly stateOf: () => FailedPodsBackoffState;

  constructor(stateOf: () => FailedPodsBackoffState) {
    this.stateOf = stateOf;
  }

  /** Milliseconds until a failed pod of that key may be deleted; 0: it may now, and the next one waits longer. */
  take(key: string, nowMs: number): number {
    const state = this.stateOf();
    const last = state.get(key);
    const known = last !== undefined && nowMs - last.sinceMs <= 2 * MAX_MS ? last : undefined;
    if (known !== undefined && nowMs - known.sinceMs < known.waitMs) return known.waitMs;
    const waitMs = known === undefined ? FIRST_MS : Math.min(2 * known.waitMs, MAX_MS);
    state.set(key, { sinceMs: nowMs, waitMs });
    return 0;
  }
}
