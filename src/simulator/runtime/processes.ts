import type { DecisionLog } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import type { Actor, Kernel } from "../kernel/kernel.ts";
import { RandomStream, seedStream } from "../kernel/random.ts";
import type {
  HttpAnswer,
  ProcessCourse,
  ProcessExit,
  ProcessSpec,
  ProcessTable,
  Signal,
} from "./contract.ts";
import {
  connectBehind,
  connectFromNode,
  type ConnectionTarget,
  type PodProcesses,
} from "./connections.ts";
import {
  courseOf,
  type Connection,
  type ProcessObserver,
  type RunningProcess,
} from "./running-process.ts";
import {
  behaviourOn,
  EXIT_SIGKILL,
  exitCodeOfFastStop,
  lingerMs,
  stopSignalOf,
} from "./stop-behaviour.ts";
import { emptyQueue, enqueue } from "./work-queue.ts";

interface State {
  nextId: number;
  processes: Map<number, RunningProcess>;
  pods: Map<string, PodProcesses>;
  /** Uid of the pod that has an address. */
  addresses: Map<string, string>;
  /** Nodes that nothing from elsewhere reaches. */
  cutOff: Set<string>;
}

/**
 * The processes of all pods. Requests take no events here: who sends one is told at once who accepts it, works out the time of the answer,
 * and notes with `occupy` how long it lasts; when a process ends, the observers reset what is still open.
 */
export class Processes implements Actor, ProcessTable {
  readonly name = "processes";
  state: State = {
    nextId: 1,
    processes: new Map(),
    pods: new Map(),
    addresses: new Map(),
    cutOff: new Set(),
  };
  readonly on = {
    open: (id: number) => this.openListener(id),
    close: (id: number) => this.closeGracefully(id),
    drained: (id: number) => this.drained(id),
    crash: (id: number) => this.crash(id),
    outOfMemory: (id: number) => this.outOfMemory(id),
  };
  private readonly kernel: Kernel;
  private readonly decisions: DecisionLog;
  private readonly facts: FactSink;
  private readonly observers: ProcessObserver[] = [];
  private readonly owners = new Map<string, Parameters<ProcessTable["onDoubt"]>[1]>();

  constructor(options: { kernel: Kernel; decisions: DecisionLog; facts: FactSink }) {
    this.kernel = options.kernel;
    this.decisions = options.decisions;
    this.facts = options.facts;
    this.kernel.register(this);
  }

  /** Adds an observer; part of the wiring, not of the state. */
  observe(observer: ProcessObserver): void {
    this.observers.push(observer);
  }

  start(spec: ProcessSpec): number {
    const id = this.state.nextId;
    this.state.nextId += 1;
    this.state.processes.set(id, {
      id,
      spec: Object.freeze({ ...spec }),
      startedMs: this.kernel.now,
      listener: "starting",
      busyUntilMs: 0,
    });
    const pod = this.state.pods.get(spec.podUid);
    if (pod !== undefined) pod.processIds.push(id);
    else {
      const { podUid, podName, address, node, hostNetwork } = spec;
      this.state.addresses.set(address, podUid);
      this.state.pods.set(podUid, {
        podName,
        address,
        node,
        hostNetwork,
        networkGone: false,
        hasListened: false,
        processIds: [id],
        endedMs: 0,
        health: seedStream(this.kernel.seed, `health/${podUid}`),
      });
    }
    const { startupMs, crash, oom } = spec.image;
    this.kernel.schedule(startupMs, this.name, "open", id);
    if (crash !== undefined) this.kernel.schedule(crash.afterMs, this.name, "crash", id);
    if (oom?.afterMs !== undefined) {
      this.kernel.schedule(oom.afterMs, this.name, "outOfMemory", id);
    }
    return id;
  }

  signal(processId: number, signal: Signal): void {
    const process = this.state.processes.get(processId);
    if (process === undefined) return;
    if (signal === "SIGKILL") {
      process.stop ??= { signal, mode: "fast", atMs: this.kernel.now };
      this.end(process, EXIT_SIGKILL, true);
      return;
    }
    const behaviour = behaviourOn(signal, process.spec.image);
    if (process.stop !== undefined || behaviour.mode === "ignore") return;
    const name = signal === "STOPSIGNAL" ? stopSignalOf(process.spec.image) : signal;
    process.stop = { signal: name, mode: behaviour.mode, atMs: this.kernel.now };
    if (behaviour.mode === "fast") {
      this.end(process, exitCodeOfFastStop(process.spec.image), false);
      return;
    }
    const { closeAfterMs = 0 } = behaviour;
    if (closeAfterMs > 0) this.kernel.schedule(closeAfterMs, this.name, "close", processId);
    else this.closeGracefully(processId);
  }

  courseOf(processId: number): ProcessCourse | undefined {
    const process = this.state.processes.get(processId);
    return process === undefined ? undefined : courseOf(process);
  }

  exit(processId: number, exitCode: number): void {
    this.finish(processId, exitCode);
  }

  /**
   * Every path is a health path; before `readyMs` it answers 503. Simplified: probes have the latency of the image, but neither its error
   * rate nor a place in its queue.
   */
  httpGet(podUid: string, port: number): HttpAnswer {
    const process = this.connectFromNode(podUid, port);
    if (process === "no-answer") return { kind: "no-answer" };
    if (typeof process === "string") return { kind: "refused" };
    this.owners.get(process.spec.owner)?.(podUid, "latencies");
    const { p50Ms, p99Ms } = process.spec.image.latency;
    const latency = this.health(podUid).logNormal(p50Ms, p99Ms);
    const isRefused = typeof this.behind(process) === "string";
    const status = isRefused ? 502 : this.isReady(process) ? 200 : 503;
    return { kind: "answer", status, afterMs: Math.max(1, Math.round(latency)) };
  }

  sureAnswers(podUid: string, port: number, withinMs: number, most: number): number {
    const process = this.connectFromNode(podUid, port);
    if (typeof process === "string" || !this.isReady(process)) return 0;
    if (typeof this.behind(process) === "string") return 0;
    const { p50Ms, p99Ms } = process.spec.image.latency;
    return this.health(podUid).logNormalsBelow(withinMs, p50Ms, p99Ms, most);
  }

  skipAnswers(podUid: string, port: number, count: number): void {
    const process = this.connectFromNode(podUid, port);
    if (typeof process === "string") throw this.kernel.fault(`${podUid} answers nobody`);
    const { p50Ms, p99Ms } = process.spec.image.latency;
    this.health(podUid).skipLogNormals(count, p50Ms, p99Ms);
  }

  isHealthy(processId: number): boolean {
    const process = this.state.processes.get(processId);
    return process?.listener === "open" && this.isReady(process);
  }

  private health(podUid: string): RandomStream {
    return new RandomStream(this.state.pods.get(podUid)!.health);
  }

  onDoubt(owner: string, tell: Parameters<ProcessTable["onDoubt"]>[1]): void {
    this.owners.set(owner, tell);
  }

  tcpConnect(podUid: string, port: number): "open" | "refused" | "no-answer" {
    const process = this.connectFromNode(podUid, port);
    if (process === "no-answer") return "no-answer";
    return typeof process === "string" ? "refused" : "open";
  }

  tearDownNetwork(podUid: string): void {
    const pod = this.state.pods.get(podUid);
    // A pod that never started a process never had a port that anybody was sent to.
    if (pod === undefined || pod.networkGone) return;
    pod.networkGone = true;
    const { addresses } = this.state;
    if (addresses.get(pod.address) === podUid) addresses.delete(pod.address);
    this.facts.networkGone(podUid);
    this.decisions.decide({
      actor: `kubelet/${pod.node}`,
      code: "network.torn-down",
      values: { afterMs: pod.endedMs === 0 ? 0 : this.kernel.now - pod.endedMs },
      object: `pod/${pod.podName}`,
      upstream: "pkg/kubelet/kuberuntime/kuberuntime_manager.go killPodWithSyncResult",
    });
  }

  /**
   * Nothing from elsewhere reaches the pods of that node any more. Simplified: what is in flight to them is reset at once, where a real client
   * hears nothing until its patience ends.
   */
  cutOff(node: string): void {
    this.state.cutOff.add(node);
    for (const process of this.state.processes.values()) {
      if (process.spec.node !== node) continue;
      for (const observer of this.observers) observer.ended(process);
    }
  }

  /** The pods of that node can be reached again. */
  reconnect(node: string): void {
    this.state.cutOff.delete(node);
  }

  /** What a new connection to the pod's port meets now, when it comes from another node. */
  connect(podUid: string, port: number): Connection {
    const { pods, cutOff } = this.state;
    const node = cutOff.size === 0 ? undefined : pods.get(podUid)?.node;
    if (node !== undefined && cutOff.has(node)) return "no-answer";
    return this.connectFromNode(podUid, port);
  }

  /** The same for a pod, or for whichever pod has an address. Simplified: at an address that no pod has nobody answers. */
  connectTo({ podUid, port, isAddress }: ConnectionTarget): Connection {
    if (isAddress !== true) return this.connect(podUid, port);
    const uid = this.state.addresses.get(podUid);
    return uid === undefined ? "no-answer" : this.connect(uid, port);
  }

  /** What a new connection from the pod's own node meets. */
  private connectFromNode(podUid: string, port: number): Connection {
    const { pods, processes } = this.state;
    return connectFromNode(pods.get(podUid), processes, port);
  }

  /**
   * Who answers what a process passes on, or what its connection to that one meets; undefined: it answers itself. Simplified: what the container
   * behind has taken is answered even where its process is killed before.
   */
  behind(process: RunningProcess): Connection | undefined {
    const { pods, processes } = this.state;
    return connectBehind(process, pods, processes);
  }

  /** Uids of the pods that have a process. */
  runningPods(): string[] {
    const all = [...this.state.processes.values()];
    return [...new Set(all.map(({ spec }) => spec.podUid))];
  }

  /** The process of that number, unless it has ended. */
  find(processId: number): RunningProcess | undefined {
    return this.state.processes.get(processId);
  }

  /** Whether the program is past its warm-up; until then it answers 503. */
  isReady(process: RunningProcess): boolean {
    return this.kernel.now >= process.startedMs + process.spec.image.readyMs;
  }

  /**
   * The process takes a request that it needs so long for, counted without warm-up; says after how long its answer begins to come, or that
   * its queue is full.
   */
  take(process: RunningProcess, lengthMs: number): number | "full" {
    const { image } = process.spec;
    const { warmUp, concurrency, oom } = image;
    const { now } = this.kernel;
    let neededMs = lengthMs;
    if (warmUp !== undefined) {
      const past = (now - process.startedMs - image.readyMs) / warmUp.forMs;
      if (past < 1) neededMs = Math.round(lengthMs * (warmUp.factor - (warmUp.factor - 1) * past));
    }
    if (oom?.requests !== undefined) {
      process.requests = (process.requests ?? 0) + 1;
      if (process.requests === oom.requests) {
        this.kernel.schedule(neededMs, this.name, "outOfMemory", process.id);
      }
    }
    if (concurrency === undefined) return neededMs;
    const waitMs = enqueue((process.work ??= emptyQueue()), concurrency, now, neededMs);
    return waitMs === "full" ? waitMs : waitMs + neededMs;
  }

  /** A request that the process has accepted keeps it busy until then. */
  occupy(process: RunningProcess, untilMs: number): void {
    if (untilMs > process.busyUntilMs) process.busyUntilMs = untilMs;
  }

  private openListener(id: number): void {
    const process = this.state.processes.get(id);
    if (process === undefined || process.listener !== "starting") return;
    process.listener = "open";
    process.openedMs = this.kernel.now;
    const { podUid, podName, container, main, image } = process.spec;
    this.state.pods.get(podUid)!.hasListened = true;
    if (!main) return;
    this.facts.listening(podUid, true);
    this.decisions.decide({
      actor: "app",
      code: "app.listener-open",
      values: { container, afterMs: image.startupMs },
      object: `pod/${podName}`,
      upstream: "",
    });
  }

  private closeListener(process: RunningProcess): void {
    const wasOpen = process.listener === "open";
    if (wasOpen) this.owners.get(process.spec.owner)?.(process.spec.podUid, "all");
    process.listener = "closed";
    process.closedMs = this.kernel.now;
    const closesIdle = process.stop === undefined || lingerMs(process.spec.image) === undefined;
    if (closesIdle) for (const observer of this.observers) observer.listenerClosed(process);
    const { podUid, podName, container, main } = process.spec;
    if (!wasOpen || !main) return;
    this.facts.listening(podUid, false);
    const { stop } = process;
    this.decisions.decide({
      actor: "app",
      code: "app.listener-closed",
      values: {
        container,
        mode: stop?.mode ?? "crash",
        signal: stop?.signal ?? "",
        afterMs: stop === undefined ? 0 : this.kernel.now - stop.atMs,
      },
      object: `pod/${podName}`,
      upstream: "",
    });
  }

  /** Closes the listener, and ends when the last request is over, after the drain at the earliest. */
  private closeGracefully(id: number): void {
    const process = this.state.processes.get(id);
    if (process === undefined) return;
    this.closeListener(process);
    const { now } = this.kernel;
    const { onSigterm } = process.spec.image;
    const drainMs = onSigterm.mode === "graceful" ? onSigterm.drainMs : 0;
    const drainedMs = Math.max(now + drainMs, process.busyUntilMs);
    this.kernel.schedule(drainedMs - now, this.name, "drained", id);
  }

  /** A program that leaves idle connections open waits for each of them to time out, and may get requests on them until then. */
  private drained(id: number): void {
    const process = this.state.processes.get(id);
    if (process === undefined) return;
    const linger = lingerMs(process.spec.image);
    const waitMs = linger === undefined ? 0 : process.busyUntilMs + linger - this.kernel.now;
    if (waitMs === Infinity) return;
    if (waitMs > 0) this.kernel.schedule(waitMs, this.name, "drained", id);
    else this.finish(id, 0);
  }

  private finish(processId: number, exitCode: number): void {
    const process = this.state.processes.get(processId);
    if (process !== undefined) this.end(process, exitCode, false);
  }

  private crash(processId: number): void {
    const exitCode = this.state.processes.get(processId)?.spec.image.crash?.exitCode ?? 1;
    this.finish(processId, exitCode);
  }

  /** The signal is the kernel's own, not the end of a grace period. */
  private outOfMemory(processId: number): void {
    const process = this.state.processes.get(processId);
    if (process !== undefined) this.end(process, EXIT_SIGKILL, false, true);
  }

  private end(
    process: RunningProcess,
    exitCode: number,
    bySigkill: boolean,
    outOfMemory = false,
  ): void {
    const { podUid, container, main, owner } = process.spec;
    if (process.listener !== "closed") this.closeListener(process);
    const pod = this.state.pods.get(podUid)!;
    pod.processIds = pod.processIds.filter((id) => id !== process.id);
    pod.endedMs = this.kernel.now;
    this.state.processes.delete(process.id);
    for (const observer of this.observers) observer.ended(process);
    if (main) this.facts.exited(podUid, { code: exitCode, bySigkill });
    const exit: ProcessExit = {
      processId: process.id,
      podUid,
      container,
      exitCode,
      bySigkill,
      outOfMemory,
      course: courseOf(process),
    };
    this.kernel.schedule(0, owner, "processExited", exit);
  }
}
