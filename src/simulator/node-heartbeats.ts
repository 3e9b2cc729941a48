import type { Actor, Kernel } from "./kernel/kernel.ts";

/** Actor that is told, by its event `monitor`, that a kubelet has fallen silent. */
export const NODE_LIFECYCLE = "node-lifecycle-controller";

/** The node controller looks at all nodes every 5 seconds (--node-monitor-period). */
export const MONITOR_PERIOD_MS = 5000;

/** A kubelet renews its Lease every 10 seconds (nodeLeaseDurationSeconds 40, renewed after a quarter of it). */
const RENEW_PERIOD_MS = 10_000;

interface State {
  /** By node: when its silent kubelet renewed its Lease for the last time. */
  lastRenewalMs: Map<string, number>;
}

/**
 * What the nodes' Leases tell. As long as a kubelet runs, its Lease is young and nobody needs to look, so that renewals take no events;
 * only the last one before a failure is worked out. Simplified: there are no Lease objects.
 */
export class NodeHeartbeats implements Actor {
  readonly name = "node-heartbeats";
  state: State = { lastRenewalMs: new Map() };
  readonly on = {};
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    kernel.register(this);
  }

  /** The kubelet of that node falls silent now. */
  stop(node: string): void {
    const { now } = this.kernel;
    const { lastRenewalMs } = this.state;
    if (lastRenewalMs.has(node)) return;
    const since = this.kernel.random(`heartbeat/${node}`).integer(0, RENEW_PERIOD_MS - 1);
    lastRenewalMs.set(node, Math.max(0, now - since));
    const untilMonitor = MONITOR_PERIOD_MS - (now % MONITOR_PERIOD_MS);
    this.kernel.schedule(untilMonitor, NODE_LIFECYCLE, "monitor");
  }

  /** The kubelet of that node renews its Lease again. */
  resume(node: string): void {
    this.state.lastRenewalMs.delete(node);
  }

  /** The last renewal of a silent kubelet; undefined: the kubelet is not silent. */
  lastRenewalMs(node: string): number | undefined {
    return this.state.lastRenewalMs.get(node);
  }
}
