import { isSidecar } from "../api/containers.ts";
import { releaseAddress } from "./addresses.ts";
import type { ContainerKiller } from "./container-killer.ts";
import { effectiveGracePeriod } from "./grace-period.ts";
import type { KubeletNode } from "./node.ts";
import type { PodReporter } from "./pod-reporter.ts";
import { terminatedStatus } from "./pod-status.ts";
import type { PodWorkers } from "./pod-workers.ts";
import type { Prober } from "./prober.ts";
import type { PodState } from "./state.ts";
import type { StatusManager } from "./status-manager.ts";
import { stopsAfter } from "./termination-order.ts";

/** Least grace period of a pod, in seconds (pod_workers.go calculateEffectiveGracePeriod). */
const MINIMUM_GRACE_SECONDS = 1;

/** What the end of a pod is made with. */
export interface TerminationParts {
  readonly workers: PodWorkers;
  readonly reporter: PodReporter;
  readonly prober: Prober;
  readonly statuses: StatusManager;
  readonly killer: ContainerKiller;
  /** Nothing of the pod runs any more. */
  readonly ended: (pod: PodState) => void;
  /** Nothing is left of the pod. */
  readonly forget: (pod: PodState) => void;
}

/**
 * Ends pods (kubelet.go SyncTerminatingPod and SyncTerminatedPod): containers, sandbox, status, and at last the object.
 */
export class PodTerminator {
  readonly on = {
    networkGone: (event: { readonly uid: string; readonly epoch: number }) =>
      this.networkGone(event.uid, event.epoch),
  };
  private readonly node: KubeletNode;
  private readonly parts: TerminationParts;

  constructor(node: KubeletNode, parts: TerminationParts) {
    this.node = node;
    this.parts = parts;
  }

  /** The pod shall end: it was deleted, or has done its work. What the kubelet does for it is given up (pod_workers.go UpdatePod). */
  begin(pod: PodState): void {
    const grace = pod.forced
      ? MINIMUM_GRACE_SECONDS
      : (pod.failure?.graceSeconds ?? effectiveGracePeriod(pod.pod, pod.graceSeconds));
    if (pod.work === "sync") pod.work = "terminating";
    else if (pod.work !== "terminating" || grace >= pod.graceSeconds) return;
    pod.graceSeconds = grace;
    this.parts.killer.cancel(pod);
    for (const [id, { role }] of pod.executions)
      if (role === "postStart") pod.executions.delete(id);
    this.parts.workers.restart(pod);
  }

  /** SyncTerminatingPod, first half: kill all containers. */
  terminate(pod: PodState): void {
    const { reporter, prober, killer } = this.parts;
    reporter.report(pod, this.node.relistBefore(this.node.now), false);
    prober.stopLivenessAndStartup(pod);
    pod.stopping = true;
    const { containers, initContainers = [] } = pod.pod.spec;
    const sidecars = initContainers.filter(isSidecar).map((c) => c.name);
    const all = [...containers, ...initContainers].map((c) => c.name);
    const others = all.filter((name) => !sidecars.includes(name));
    const killed = killer.kill(
      pod,
      all.map((container) => ({
        container,
        message: `Stopping container ${container}`,
        graceSeconds: pod.graceSeconds,
        skipHook: pod.forced,
        waitsFor: stopsAfter(container, sidecars, others),
      })),
    );
    if (killed === 0) this.stopSandbox(pod);
  }

  /** A container has been stopped. */
  containerStopped(pod: PodState): void {
    if (pod.kills.size === 0) this.stopSandbox(pod);
  }

  /** SyncTerminatedPod: the final status, and the deletion of the object if it was asked for. */
  finish(pod: PodState): void {
    const { reporter, statuses } = this.parts;
    reporter.set(pod, terminatedStatus(reporter.report(pod, this.node.now, true)));
    pod.work = "finished";
    if (pod.removed) this.parts.forget(pod);
    else if (pod.pod.metadata.deletionTimestamp !== undefined) statuses.deleteSoon(pod);
  }

  private stopSandbox(pod: PodState): void {
    if (pod.sandbox === undefined || pod.sandbox.stoppedMs !== undefined) {
      this.terminated(pod);
      return;
    }
    const event = { uid: pod.uid, epoch: pod.epoch };
    this.node.runtime.start(this.node.draw("networkTeardown"), "networkGone", event);
  }

  private networkGone(uid: string, epoch: number): void {
    const pod = this.node.pod(uid);
    if (pod?.sandbox === undefined || pod.epoch !== epoch) return;
    // A pod in its node's network has none that could go.
    if (pod.pod.spec.hostNetwork !== true) {
      this.node.processes.tearDownNetwork(uid);
      releaseAddress(this.node.state.addresses, pod.sandbox.ip);
    }
    pod.sandbox.stoppedMs = this.node.now;
    this.terminated(pod);
  }

  /** SyncTerminatingPod, second half: nothing runs any more. */
  private terminated(pod: PodState): void {
    const { prober, reporter, workers } = this.parts;
    prober.removePod(pod);
    reporter.report(pod, this.node.now, true);
    pod.stopping = false;
    pod.work = "terminated";
    pod.lastSyncMs = this.node.now;
    pod.busyUntilMs = this.node.now;
    pod.pending = false;
    workers.trigger(pod);
    this.parts.ended(pod);
  }
}
