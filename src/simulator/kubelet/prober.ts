import { containerOf, isSidecar } from "../api/containers.ts";
import { named } from "../api/find.ts";
import type { Container, ContainerStatus, Probe } from "../api/types.ts";
import type { KubeletNode } from "./node.ts";
import { askProbe, resolvePort, type ProbeAnswer } from "./probe-handlers.ts";
import {
  newProbeWorker,
  probeDue,
  takeResult,
  threshold,
  tickAfter,
  type ProbeSituation,
} from "./probe-worker.ts";
import { settleSkipped, sureProbes } from "./skipped-probes.ts";
import type { PodState, ProbeType, ProbeWorker } from "./state.ts";

const TYPES: readonly ProbeType[] = ["startup", "readiness", "liveness"];
const TITLES = { startup: "Startup", readiness: "Readiness", liveness: "Liveness" } as const;

/** Told when the result that a worker has on record becomes another one (prober/results Update). */
export type ResultListener = (pod: PodState, worker: ProbeWorker) => void;

interface ProbeEvent {
  readonly uid: string;
  readonly type: ProbeType;
  readonly container: string;
}

interface ProbeResultEvent extends ProbeEvent {
  readonly containerId: string;
  readonly askedMs: number;
  readonly answer: ProbeAnswer;
}

/**
 * The probe workers of a kubelet (prober/prober_manager.go and worker.go). A worker has a ticker that starts when the pod is admitted;
 * readiness is also probed on demand ("manual run") by each sync of a container that runs and is not ready, which starts its ticker anew.
 * Ticks that could do nothing are not scheduled. Simplified: the kubelet has been up for long, so that workers start at once.
 */
export class Prober {
  readonly on = {
    probe: (event: ProbeEvent) => this.tick(event),
    probeResult: (event: ProbeResultEvent) => this.takeAnswer(event),
  };
  private readonly node: KubeletNode;
  private readonly onUpdate: ResultListener;

  constructor(node: KubeletNode, onUpdate: ResultListener) {
    this.node = node;
    this.onUpdate = onUpdate;
  }

  /** Makes the workers of a pod that has none yet. */
  addPod(pod: PodState): void {
    if (pod.probes.length > 0) return;
    const { containers, initContainers = [] } = pod.pod.spec;
    for (const container of [...containers, ...initContainers.filter(isSidecar)]) {
      for (const type of TYPES) {
        if (probeOf(container, type) === undefined) continue;
        pod.probes.push(newProbeWorker(type, container.name, this.node.now));
      }
    }
  }

  /** Ends all liveness and startup probing: the pod terminates. */
  stopLivenessAndStartup(pod: PodState): void {
    for (const worker of pod.probes) {
      if (worker.type !== "readiness") this.stop(pod, worker);
    }
  }

  /** Ends all probing: no container runs any more. */
  removePod(pod: PodState): void {
    for (const worker of pod.probes) this.stop(pod, worker);
  }

  /** The result on record for that container, if there is such a probe and it has one. */
  result(pod: PodState, type: ProbeType, container: string, id: string): ProbeWorker["result"] {
    const worker = workerOf(pod, type, container);
    return worker?.containerId === id ? worker.result : undefined;
  }

  /** Is there such a probe? */
  has(pod: PodState, type: ProbeType, container: string): boolean {
    return workerOf(pod, type, container) !== undefined;
  }

  /** Runs the readiness probe at once (prober_manager.go UpdatePodStatus). */
  trigger(pod: PodState, container: string): void {
    const worker = workerOf(pod, "readiness", container);
    if (worker === undefined || worker.stopped) return;
    this.endSkipping(pod, worker);
    if (worker.inFlight) worker.manualPending = true;
    else if (!worker.timerIsManual) {
      this.setTimer(pod, worker, this.node.now + this.node.draw("probe"), true);
    }
  }

  /** Successes to come are no longer sure: of all probes, or of those that draw latencies. */
  doubt(pod: PodState, which: "all" | "latencies"): void {
    for (const worker of pod.probes) {
      const { skipped } = worker;
      if (skipped === undefined) continue;
      if (which === "all" || skipped.port !== undefined) this.scheduleTick(pod, worker);
    }
  }

  /** Sets the next tick of each worker by the status that the pod has now. */
  statusChanged(pod: PodState): void {
    for (const worker of pod.probes) this.scheduleTick(pod, worker);
  }

  private tick({ uid, type, container }: ProbeEvent): void {
    const pod = this.node.pod(uid);
    if (pod === undefined) return;
    const worker = workerOf(pod, type, container);
    if (worker === undefined || worker.stopped) return;
    this.endSkipping(pod, worker);
    if (worker.timerIsManual) worker.anchorMs = this.node.now;
    worker.timer = undefined;
    worker.timerIsManual = false;
    this.doProbe(pod, worker);
  }

  private doProbe(pod: PodState, worker: ProbeWorker): void {
    const container = containerOf(pod.pod, worker.container)!;
    const probe = probeOf(container, worker.type)!;
    const status = statusOf(pod, worker.container);
    const due = probeDue(worker, probe, this.situation(pod, container, status));
    if (due.updated) this.onUpdate(pod, worker);
    if (due.next === "stop") this.stop(pod, worker);
    if (due.next !== "probe") {
      this.scheduleTick(pod, worker);
      return;
    }
    const run = pod.runs.get(worker.container)?.find((r) => r.id === worker.containerId);
    if (run === undefined)
      throw this.node.kernel.fault(`${worker.containerId} is probed, and never ran`);
    const answer = askProbe(this.node, pod, container, run, probe);
    if (answer.result === "Success" && worker.result === "Success") {
      // The common case: nothing changes, so that no second event is needed to say so.
      takeResult(worker, probe, "Success");
      if (!this.skip(pod, worker, container, probe)) this.scheduleTick(pod, worker);
      return;
    }
    worker.inFlight = true;
    const { type, containerId } = worker;
    const result: ProbeResultEvent = {
      uid: pod.uid,
      type,
      container: worker.container,
      containerId,
      askedMs: this.node.now,
      answer,
    };
    this.node.schedule(answer.afterMs, "probeResult", result);
  }

  private takeAnswer({ uid, type, container, ...asked }: ProbeResultEvent): void {
    const pod = this.node.pod(uid);
    if (pod === undefined) return;
    const worker = workerOf(pod, type, container);
    if (worker === undefined || worker.stopped) return;
    const { containerId, askedMs, answer } = asked;
    worker.inFlight = false;
    this.tell(pod, worker, answer);
    if (answer.result !== "Error" && worker.containerId === containerId) {
      this.record(pod, worker, answer.result);
    }
    if (worker.manualPending) {
      worker.manualPending = false;
      worker.anchorMs = this.node.now;
      this.doProbe(pod, worker);
    } else if (this.nextTick(pod, worker, askedMs) <= this.node.now) this.doProbe(pod, worker);
    else this.scheduleTick(pod, worker);
  }

  private tell(pod: PodState, worker: ProbeWorker, answer: ProbeAnswer): void {
    if (answer.result === "Success") return;
    const how = answer.result === "Failure" ? "failed" : "errored and resulted in unknown state";
    const message = `${TITLES[worker.type]} probe ${how}: ${answer.output}`;
    this.node.event(pod.pod, "Warning", "Unhealthy", message, worker.container);
  }

  private record(pod: PodState, worker: ProbeWorker, result: "Success" | "Failure"): void {
    const probe = probeOf(containerOf(pod.pod, worker.container)!, worker.type)!;
    const streak = worker.lastResult === result ? worker.resultRun + 1 : 1;
    if (!takeResult(worker, probe, result)) return;
    if (worker.type !== "liveness") {
      this.node.decide(
        pod.pod,
        "kubelet.probe-result",
        {
          container: worker.container,
          probe: worker.type,
          result: result === "Success" ? "ready" : "unready",
          streak,
          threshold: threshold(probe, result),
        },
        "pkg/kubelet/prober/worker.go doProbe",
      );
    }
    this.onUpdate(pod, worker);
  }

  /** Sets the timer to the first tick that is not sure to be another success, if that is not the next one. */
  private skip(pod: PodState, worker: ProbeWorker, container: Container, probe: Probe): boolean {
    const { httpGet } = probe;
    const port = httpGet === undefined ? undefined : resolvePort(httpGet.port, container);
    const count = sureProbes(this.node, pod, probe, port, worker.resultRun);
    if (count === 0) return false;
    const fromMs = this.nextTick(pod, worker, this.node.now);
    const periodMs = (probe.periodSeconds ?? 10) * 1000;
    this.setTimer(pod, worker, fromMs + count * periodMs, false);
    worker.skipped = { fromMs, periodMs, count, ...(port === undefined ? {} : { port }) };
    return true;
  }

  private endSkipping(pod: PodState, worker: ProbeWorker): void {
    settleSkipped(this.node, pod, worker);
    worker.skipped = undefined;
  }

  /** Sets the timer to the first tick at which the probe could run; none while it can not. */
  private scheduleTick(pod: PodState, worker: ProbeWorker): void {
    this.endSkipping(pod, worker);
    if (worker.stopped || worker.inFlight || worker.timerIsManual) return;
    const at = this.nextUsefulTick(pod, worker);
    if (worker.timer !== undefined && worker.timerAtMs === at) return;
    if (at !== undefined) this.setTimer(pod, worker, at, false);
    else this.clearTimer(worker);
  }

  private nextUsefulTick(pod: PodState, worker: ProbeWorker): number | undefined {
    const status = statusOf(pod, worker.container);
    if (status?.containerID === undefined || status.state.running === undefined) return undefined;
    const isNew = worker.containerId !== status.containerID;
    if (worker.onHold && !isNew) return undefined;
    if ((status.started === true) === (worker.type === "startup")) return undefined;
    const container = containerOf(pod.pod, worker.container)!;
    const delayMs = (probeOf(container, worker.type)?.initialDelaySeconds ?? 0) * 1000;
    const earliest = startedSecondMs(pod, status) + delayMs;
    return this.nextTick(pod, worker, Math.max(this.node.now, earliest - 1));
  }

  private nextTick(pod: PodState, worker: ProbeWorker, afterMs: number): number {
    const probe = probeOf(containerOf(pod.pod, worker.container)!, worker.type)!;
    return tickAfter(worker, (probe.periodSeconds ?? 10) * 1000, afterMs);
  }

  private setTimer(pod: PodState, worker: ProbeWorker, atMs: number, manual: boolean): void {
    this.clearTimer(worker);
    worker.timerAtMs = atMs;
    worker.timerIsManual = manual;
    worker.timer = this.node.schedule(atMs - this.node.now, "probe", {
      uid: pod.uid,
      type: worker.type,
      container: worker.container,
    });
  }

  private clearTimer(worker: ProbeWorker): void {
    this.node.kernel.cancel(worker.timer);
    worker.timer = undefined;
    worker.timerIsManual = false;
  }

  private stop(pod: PodState, worker: ProbeWorker): void {
    this.endSkipping(pod, worker);
    worker.stopped = true;
    this.clearTimer(worker);
  }

  private situation(
    pod: PodState,
    container: Container,
    status: ContainerStatus | undefined,
  ): ProbeSituation {
    const { nowMs, phase } = { nowMs: this.node.now, phase: pod.status?.phase };
    if (status?.containerID === undefined) return { nowMs, phase, podDeleted: false };
    const { running, terminated } = status.state;
    return {
      nowMs,
      phase,
      // Told by stopLivenessAndStartup instead: a worker holds the pod as it was when it was added.
      podDeleted: false,
      container: {
        id: status.containerID,
        state:
          running !== undefined ? "running" : terminated !== undefined ? "terminated" : "waiting",
        startedMs: startedSecondMs(pod, status),
        started: status.started === true,
        restarts: pod.pod.spec.restartPolicy !== "Never" || isSidecar(container),
      },
    };
  }
}

function workerOf(pod: PodState, type: ProbeType, container: string): ProbeWorker | undefined {
  for (const worker of pod.probes) {
    if (worker.type === type && worker.container === container) return worker;
  }
  return undefined;
}

/** The probe of a container. */
function probeOf(container: Container, type: ProbeType): Probe | undefined {
  if (type === "readiness") return container.readinessProbe;
  return type === "liveness" ? container.livenessProbe : container.startupProbe;
}

function statusOf(pod: PodState, container: string): ContainerStatus | undefined {
  return (
    named(pod.status?.containerStatuses, container) ??
    named(pod.status?.initContainerStatuses, container)
  );
}

/** When the container of a status started, cut to the second as statuses are. */
function startedSecondMs(pod: PodState, status: ContainerStatus): number {
  const run = pod.runs.get(status.name)?.find((r) => r.id === status.containerID);
  return Math.floor((run?.startedMs ?? 0) / 1000) * 1000;
}
