import { containerOf } from "../api/containers.ts";
import { isFinalPhase } from "../api/pod-phase.ts";
import { mainContainer } from "../api/main-container.ts";
import { deepEqual, type WatchEvent } from "../api/server.ts";
import { timestamp } from "../api/time.ts";
import type { Node, Pod } from "../api/types.ts";
import type { Actor, Handlers } from "../kernel/kernel.ts";
import type { ProcessExit } from "../runtime/contract.ts";
import { admissionFailures, countActive, noUse, outOf, type Refusal } from "./admission.ts";
import { ActiveDeadline } from "./active-deadline.ts";
import { needsReadinessReconciled } from "./conditions.ts";
import { Connection } from "./connection.ts";
import { ContainerKiller, isMain } from "./container-killer.ts";
import { isCritical } from "./critical.ts";
import { Evictions } from "./evictions.ts";
import { Executions } from "./executions.ts";
import { ImageManager } from "./image-manager.ts";
import { KubeletNode, type KubeletOptions } from "./node.ts";
import { NodeServer } from "./node-server.ts";
import { PodReporter } from "./pod-reporter.ts";
import { isReportAlone, updatedPod } from "./pod-updates.ts";
import { PodWorkers } from "./pod-workers.ts";
import { KubeletPreemption } from "./preemption.ts";
import { Prober } from "./prober.ts";
import { RuntimeWork } from "./runtime-work.ts";
import { Schedulability } from "./schedulability.ts";
import {
  isActive,
  newPodState,
  type EndPod,
  type KubeletState,
  type PodState,
  type ProbeWorker,
} from "./state.ts";
import { StatusManager } from "./status-manager.ts";
import { PodSyncer } from "./sync-pod.ts";
import { PodTerminator } from "./terminate-pod.ts";
import { MEASURED_KUBELET_TIMING } from "./timing.ts";

/**
 * The kubelet of one node: it hears of the pods bound to the node, runs them, probes them, reports on them and ends them. Its parts stand
 * in their own files; here they are put together, and what happens is handed to them (kubelet.go syncLoopIteration).
 */
export class Kubelet implements Actor {
  readonly name: string;
  state: KubeletState;
  readonly on: Handlers;
  /** What it serves to the API server. */
  readonly server: NodeServer;
  private readonly node: KubeletNode;
  private readonly workers: PodWorkers;
  private readonly prober: Prober;
  private readonly statuses: StatusManager;
  private readonly reporter: PodReporter;
  private readonly images: ImageManager;
  private readonly executions: Executions;
  private readonly killer: ContainerKiller;
  private readonly syncer: PodSyncer;
  private readonly terminator: PodTerminator;
  private readonly evictions: Evictions;
  private readonly preemption: KubeletPreemption;
  private readonly deadline: ActiveDeadline;
  private readonly schedulability: Schedulability;
  private readonly connection: Connection;

  constructor(options: KubeletOptions) {
    const timing = options.timing ?? MEASURED_KUBELET_TIMING;
    const node = new KubeletNode(options, timing, {
      stateOf: () => this.state,
      handle: (type, data) => this.on[type]!(data as never),
    });
    this.node = node;
    this.name = node.name;
    this.server = new NodeServer(node);
    const { relistPeriodMs } = timing;
    this.state = newKubeletState(
      timing.relistPhase === "zero" ? 0 : node.random("relist").integer(0, relistPeriodMs - 1),
    );
    this.workers = new PodWorkers(node, (pod) => this.work(pod));
    this.prober = new Prober(node, (pod, worker) => this.probeResult(pod, worker));
    this.statuses = new StatusManager(node);
    this.reporter = new PodReporter(node, this.prober, this.statuses);
    this.images = new ImageManager(node, (pod, container, error) =>
      this.syncer.imageReady(pod, container, error),
    );
    this.executions = new Executions(node, (pod, execution, end) => {
      if (execution.role === "preStop") this.killer.hookEnded(pod, execution, end);
      else this.syncer.postStartEnded(pod, execution, end);
    });
    this.killer = new ContainerKiller(node, this.executions, (pod) => {
      if (pod.work === "sync") this.syncer.containerStopped(pod);
      else this.terminator.containerStopped(pod);
    });
    const { workers, prober, statuses, reporter, images, executions, killer } = this;
    this.syncer = new PodSyncer(node, {
      workers,
      reporter,
      prober,
      images,
      executions,
      killer,
      ended: (pod) => this.terminator.begin(pod),
      changed: (pod, atMs) => this.runtimeChanged(pod, atMs),
    });
    this.terminator = new PodTerminator(node, {
      workers,
      reporter,
      prober,
      statuses,
      killer,
      ended: (pod) => {
        countActive(this.state.use, pod.pod, -1);
        this.preemption.ended(pod);
      },
      forget: (pod) => void this.state.pods.delete(pod.uid),
    });
    const end: EndPod = (pod, why) => {
      pod.failure = { ...why, atMs: node.now };
      this.terminator.begin(pod);
    };
    this.evictions = new Evictions(node, end);
    this.preemption = new KubeletPreemption(node, { end, admit: (pod) => this.admitted(pod) });
    this.deadline = new ActiveDeadline(node, end);
    this.schedulability = new Schedulability(node);
    this.connection = new Connection(node, {
      statuses,
      evictions: this.evictions,
      take: (event) => this.watch(event),
    });
    this.on = this.handlers();
    options.kernel.register(this);
    this.listen(options);
  }

  private handlers(): Handlers {
    return {
      watch: (event: WatchEvent) => {
        if (event.resource === "pods") this.connection.watch(event as WatchEvent<"pods">);
        else this.schedulability.watch(event as WatchEvent<"nodes">);
      },
      processExited: (exit: ProcessExit) => this.processExited(exit),
      relist: (event: { readonly uid: string }) => this.relist(event.uid),
      ...this.workers.on,
      ...this.prober.on,
      ...this.statuses.on,
      ...this.images.on,
      ...this.executions.on,
      ...this.killer.on,
      ...this.syncer.on,
      ...this.terminator.on,
      ...this.evictions.on,
      ...this.deadline.on,
      ...this.schedulability.on,
      ...this.node.runtime.on,
    };
  }

  /** Asks to be told of its pods, its node, what becomes doubtful of processes, and when the node is to run out of something. */
  private listen({ api, node, pressures = [], processes }: KubeletOptions): void {
    for (const pressure of pressures) {
      this.node.schedule(pressure.atMs - this.node.now, "pressure", pressure);
    }
    processes.onDoubt(this.name, (uid, which) => {
      const pod = this.state.pods.get(uid);
      if (pod !== undefined) this.prober.doubt(pod, which);
    });
    api.watch({
      resource: "pods",
      client: this.name,
      nodeName: node.name,
      ignores: (pod, old) => isReportAlone(pod as Pod, old as Pod),
    });
    api.watch({
      resource: "nodes",
      client: this.name,
      nodeName: node.name,
      ignores: (now, old) => (now as Node).spec.unschedulable === (old as Node).spec.unschedulable,
    });
  }

  /** Whether nothing gets through between it and the API server. */
  get isCutOff(): boolean {
    return this.state.connection.isCut;
  }

  /** It can no longer hear from the API server, nor tell it anything. */
  cutOff(): void {
    this.connection.cut();
  }

  /** It reaches the API server again. */
  reconnect(): void {
    this.connection.restore();
  }

  private watch({ type, object }: WatchEvent<"pods">): void {
    const known = this.state.pods.get(object.metadata.uid);
    if (type === "DELETED") this.removed(known, object);
    else if (known === undefined) this.added(object);
    else this.changed(known, object);
  }

  private added(object: Pod): void {
    if (isFinalPhase(object.status.phase)) return;
    const pod = newPodState(object);
    this.state.pods.set(pod.uid, pod);
    const refusal = this.refusal(pod);
    if (refusal !== undefined && refusal !== "waits") {
      this.refuse(pod, refusal);
      return;
    }
    countActive(this.state.use, object, 1);
    if (refusal === undefined) this.admitted(pod);
  }

  /** Why the node does not take the pod, or that it waits for others to go (kubelet.go canAdmitPod). */
  private refusal(pod: PodState): Refusal | "waits" | undefined {
    const { name } = this.node.node;
    const node = this.node.api.find("nodes", "", name);
    const refusal = this.evictions.refusal(pod.pod);
    if (refusal !== undefined || node === undefined) return refusal;
    const { shortages, refusals } = admissionFailures(pod.pod, node, this.state.use);
    const [shortage] = shortages;
    if (shortage === undefined || (isCritical(pod.pod) && refusals.length > 0)) return refusals[0];
    if (!isCritical(pod.pod)) return outOf(shortage);
    const active = [...this.state.pods.values()].filter(
      (other) => other !== pod && isActive(other),
    );
    const error = this.preemption.begin(pod, active, shortages);
    if (error === undefined) return "waits";
    const message = `Unexpected error while attempting to recover from admission failure: ${error}`;
    return { reason: "UnexpectedAdmissionError", message };
  }

  private admitted(pod: PodState): void {
    this.node.show(pod, this.images.mustPull(mainContainer(pod.pod)!) ? "pulling" : "starting");
    if (pod.pod.metadata.deletionTimestamp === undefined) this.workers.trigger(pod);
    else this.terminator.begin(pod);
    this.deadline.watch(pod);
  }

  /** The pod is not taken, and has failed (kubelet.go rejectPod). */
  private refuse(pod: PodState, { reason, message }: Refusal): void {
    this.node.event(pod.pod, "Warning", reason, message);
    pod.work = "finished";
    const { qosClass } = pod.pod.status;
    this.reporter.set(pod, {
      phase: "Failed",
      reason,
      message: `Pod was rejected: ${message}`,
      startTime: timestamp(this.node.now),
      ...(qosClass === undefined ? {} : { qosClass }),
    });
  }

  private changed(pod: PodState, object: Pod): void {
    // Marked and removed in one go: its removal is heard of next, and tells the same.
    if (object.metadata.deletionGracePeriodSeconds === 0) return;
    const before = pod.pod;
    pod.pod = updatedPod(before, object);
    if (object.metadata.deletionTimestamp !== undefined) {
      // Refused, or at its end, while somebody marked it: only the object is left to be taken away (status_manager.go canBeDeleted).
      const isNews = before.metadata.deletionTimestamp === undefined;
      if (pod.work === "finished" && isNews) this.statuses.deleteSoon(pod);
      else this.terminator.begin(pod);
    } else if (this.preemption.isAwaited(pod)) return;
    else if (before.spec !== object.spec && !deepEqual(before.spec, object.spec)) {
      this.workers.trigger(pod);
      this.deadline.watch(pod);
    } else if (needsReadinessReconciled(object)) this.workers.trigger(pod);
  }

  /** The object is gone: by this kubelet's own doing, or without waiting for it. */
  private removed(pod: PodState | undefined, object: Pod): void {
    if (pod === undefined) return;
    pod.pod = updatedPod(pod.pod, object);
    pod.removed = true;
    if (pod.work === "finished") this.state.pods.delete(pod.uid);
    else if (pod.work !== "terminated") {
      pod.forced = true;
      this.terminator.begin(pod);
    }
  }

  private work(pod: PodState): void {
    if (pod.work === "sync") this.syncer.sync(pod);
    else if (pod.work === "terminating") this.terminator.terminate(pod);
    else this.terminator.finish(pod);
  }

  private probeResult(pod: PodState, worker: ProbeWorker): void {
    const { type, result, container } = worker;
    this.reporter.takeProbeResult(pod, worker);
    if (pod.work !== "sync") return;
    if (type !== "readiness" && result === "Failure") {
      const spec = containerOf(pod.pod, container);
      const probe = type === "liveness" ? spec?.livenessProbe : spec?.startupProbe;
      const threshold = probe?.failureThreshold ?? 3;
      const values = { container, probe: type, failures: threshold, threshold };
      const upstream = "pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions";
      this.node.decide(pod.pod, "kubelet.liveness-restart", values, upstream);
    }
    if (type !== "liveness" || result === "Failure") this.workers.trigger(pod);
  }

  /** A change that the next relist will see (pleg/generic.go). */
  private runtimeChanged(pod: PodState, atMs: number): void {
    pod.changes.push(atMs);
    const at = this.node.relistAfter(atMs);
    if (at <= pod.relistAtMs) return;
    pod.relistAtMs = at;
    this.node.schedule(at - this.node.now, "relist", { uid: pod.uid });
  }

  /** Each change that a relist sees asks for a sync. */
  private relist(uid: string): void {
    const pod = this.state.pods.get(uid);
    if (pod === undefined) return;
    const { now } = this.node;
    const seen = pod.changes.filter((atMs) => atMs < now).length;
    pod.changes = pod.changes.filter((atMs) => atMs >= now);
    if (pod.work !== "sync") return;
    for (let i = 0; i < seen; i += 1) this.workers.trigger(pod);
  }

  private processExited(exit: ProcessExit): void {
    const { processId, podUid, container, exitCode, outOfMemory, course } = exit;
    const pod = this.state.pods.get(podUid);
    const run = pod?.runs.get(container)?.find((r) => r.processId === processId);
    if (pod === undefined || run === undefined) return;
    const { now } = this.node;
    run.exit = {
      atMs: now,
      finishedMs: now + this.node.runtime.settle(this.node.draw("shim")),
      code: exitCode,
      course,
      ...(outOfMemory ? { reason: "OOMKilled" } : {}),
    };
    if (outOfMemory) {
      const values = { container, ranMs: now - run.startedMs };
      this.node.decide(pod.pod, "kubelet.oom-killed", values, "Linux mm/oom_kill.c");
    } else {
      const upstream = "pkg/kubelet/pleg/generic.go Relist";
      this.node.decide(pod.pod, "kubelet.container-exit", { container, code: exitCode }, upstream);
    }
    this.executions.containerExited(pod, run);
    this.runtimeChanged(pod, run.exit.finishedMs);
    this.killer.containerExited(pod, container, run);
    this.showExit(pod, container);
  }

  private showExit(pod: PodState, container: string): void {
    const runs = [...pod.runs.values()].map((r) => r.at(-1)!);
    if (pod.work !== "sync") {
      if (runs.every((run) => run.exit !== undefined)) this.node.show(pod, "exited");
    } else if (isMain(pod, container)) this.node.show(pod, "starting");
  }
}

function newKubeletState(relistPhaseMs: number): KubeletState {
  return {
    relistPhaseMs,
    pods: new Map(),
    use: noUse(),
    runtime: RuntimeWork.initialState(),
    imagesPresent: new Set(),
    pulls: [],
    containerBackOff: new Map(),
    imageBackOff: new Map(),
    preemptions: new Map(),
    pressures: new Map(),
    schedulability: { isCordoned: false, isDue: false },
    addresses: { last: 0, used: new Set() },
    connection: { isCut: false, missed: new Map() },
    nextExecution: 1,
  };
}
