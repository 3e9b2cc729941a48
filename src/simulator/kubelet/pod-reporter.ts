import type { Container, PodStatus } from "../api/types.ts";
import type { KubeletNode } from "./node.ts";
import type { ProbeVerdicts } from "./container-status.ts";
import { generatePodStatus, withReadiness } from "./pod-status.ts";
import type { Prober } from "./prober.ts";
import type { ContainerRun, PodState, ProbeWorker } from "./state.ts";
import type { StatusManager } from "./status-manager.ts";

/** Brings together what runtime and probes say of a pod in its status. */
export class PodReporter implements ProbeVerdicts {
  private readonly node: KubeletNode;
  private readonly prober: Prober;
  private readonly statuses: StatusManager;

  constructor(node: KubeletNode, prober: Prober, statuses: StatusManager) {
    this.node = node;
    this.prober = prober;
    this.statuses = statuses;
  }

  /**
   * Makes the status anew, by the runtime as it was at `viewMs`, and lets every container that runs and is not ready be probed at once
   * (kubelet_pods.go generateAPIPodStatus, prober_manager.go UpdatePodStatus).
   */
  report(pod: PodState, viewMs: number, terminal: boolean): PodStatus {
    const { now: nowMs, node } = this.node;
    const view = { viewMs, nowMs, hostIp: node.ip, terminal, verdicts: this };
    const status = generatePodStatus(pod, view);
    this.probeUnready(pod, status.containerStatuses);
    this.probeUnready(pod, status.initContainerStatuses);
    this.set(pod, status);
    return status;
  }

  /** Takes a status as it is. */
  set(pod: PodState, status: PodStatus): void {
    if (this.statuses.set(pod, status)) this.prober.statusChanged(pod);
  }

  /** Has the container's startup probe passed, if it has one? */
  started(pod: PodState, container: Container, run: ContainerRun): boolean {
    if (!this.prober.has(pod, "startup", container.name)) return true;
    return this.prober.result(pod, "startup", container.name, run.id) === "Success";
  }

  /** Has the container's readiness probe passed, if it has one? */
  ready(pod: PodState, container: Container, run: ContainerRun): boolean {
    if (!this.prober.has(pod, "readiness", container.name)) return true;
    return this.prober.result(pod, "readiness", container.name, run.id) === "Success";
  }

  /** Puts a new probe result into the status at once (status_manager.go SetContainerReadiness); a startup result shows with the sync that follows. */
  takeProbeResult(pod: PodState, { type, container, containerId, result }: ProbeWorker): void {
    const { status } = pod;
    const statuses = [
      ...(status?.containerStatuses ?? []),
      ...(status?.initContainerStatuses ?? []),
    ];
    const known = statuses.find((s) => s.name === container && s.containerID === containerId);
    if (status === undefined || known === undefined) return;
    const passed = result === "Success";
    if (type === "readiness" && known.ready !== passed) {
      this.set(pod, withReadiness(pod, status, container, passed, this.node.now));
    }
  }

  private probeUnready(pod: PodState, statuses: PodStatus["containerStatuses"] = []): void {
    for (const s of statuses) if (s.started === true && !s.ready) this.prober.trigger(pod, s.name);
  }
}
