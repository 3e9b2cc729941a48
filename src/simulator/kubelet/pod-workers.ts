import type { KubeletNode } from "./node.ts";
import type { PodState } from "./state.ts";

/** How long a sync that finds nothing to do takes; what comes up meanwhile is one more sync, not several. */
const SYNC_MS = 20;

/** A sync that failed is tried again after this (kubelet.go backOffPeriod), and up to as much again by `retryJitter`. */
const RETRY_MS = 10_000;

/** Syncs that are due are looked for this often (kubelet.go syncLoop's syncTicker). */
export const SYNC_TICK_MS = 1000;

/**
 * When the kubelet syncs a pod (pod_workers.go podWorkerLoop): one sync at a time, what comes up meanwhile is made up for afterwards, and
 * none starts before a relist newer than the end of the last one (podCache.GetNewerThan). Simplified: pods in which nothing happens are
 * not synced again every minute.
 */
export class PodWorkers {
  readonly on = {
    work: (event: { readonly uid: string }) => this.work(event.uid),
    retry: (event: { readonly uid: string }) => this.retry(event.uid),
  };
  private readonly node: KubeletNode;
  private readonly run: (pod: PodState) => void;

  /** `run` does the sync that the pod's `work` names, and calls `finish` at its end, now or later. */
  constructor(node: KubeletNode, run: (pod: PodState) => void) {
    this.node = node;
    this.run = run;
  }

  /** Something has come up: the pod is to be synced. */
  trigger(pod: PodState): void {
    if (pod.work === "finished") return;
    const { now } = this.node;
    if (pod.sync !== undefined || pod.stopping) pod.pending = true;
    else if (pod.queued === undefined) this.start(pod);
    else if (now >= pod.busyUntilMs) pod.pending = true;
  }

  /** A sync has ended. */
  finish(pod: PodState, failed: boolean): void {
    const wasLong = pod.sync !== undefined;
    pod.sync = undefined;
    pod.busyUntilMs = this.node.now + (wasLong ? 0 : SYNC_MS);
    pod.lastSyncMs = pod.busyUntilMs;
    this.node.kernel.cancel(pod.retry);
    pod.retry = failed ? this.scheduleRetry(pod) : undefined;
    if (!pod.pending) return;
    pod.pending = false;
    this.trigger(pod);
  }

  /** Gives up the sync that runs or waits, and starts the one that `work` names now. */
  restart(pod: PodState): void {
    const { kernel, now } = this.node;
    const wasBusy = pod.sync !== undefined || pod.stopping;
    kernel.cancel(pod.queued);
    kernel.cancel(pod.retry);
    pod.queued = undefined;
    pod.retry = undefined;
    pod.sync = undefined;
    pod.stopping = false;
    pod.pending = false;
    pod.epoch += 1;
    if (wasBusy) pod.lastSyncMs = now;
    pod.busyUntilMs = Math.min(pod.busyUntilMs, now);
    this.start(pod);
  }

  private start(pod: PodState): void {
    const { now } = this.node;
    const isSeen = pod.lastSyncMs < 0 || this.node.relistBefore(now) > pod.lastSyncMs;
    if (isSeen && now >= pod.busyUntilMs) {
      this.run(pod);
      return;
    }
    const at = this.node.relistAfter(Math.max(now, pod.busyUntilMs));
    pod.queued = this.node.schedule(at - now, "work", { uid: pod.uid });
  }

  private work(uid: string): void {
    const pod = this.node.pod(uid);
    if (pod === undefined) return;
    pod.queued = undefined;
    this.run(pod);
    if (!pod.pending || pod.sync !== undefined || pod.stopping) return;
    pod.pending = false;
    this.trigger(pod);
  }

  private scheduleRetry(pod: PodState): number {
    const { now, timing } = this.node;
    const jitter =
      timing.retryJitter === 0 ? 0 : timing.retryJitter * this.node.random("retry").unit();
    const due = now + RETRY_MS * (1 + jitter);
    const phase = this.node.state.relistPhaseMs;
    const at = phase + Math.ceil((due - phase) / SYNC_TICK_MS) * SYNC_TICK_MS;
    return this.node.schedule(at - now, "retry", { uid: pod.uid });
  }

  private retry(uid: string): void {
    const pod = this.node.pod(uid);
    if (pod === undefined) return;
    pod.retry = undefined;
    this.trigger(pod);
  }
}
