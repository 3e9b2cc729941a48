import { mainContainer } from "../api/main-container.ts";
import { stopSignalOf } from "../runtime/stop-behaviour.ts";
import { describeHook, hookOf, type ExecutionEnd, type Executions } from "./executions.ts";
import { MINIMUM_GRACE_SECONDS } from "./grace-period.ts";
import type { KubeletNode } from "./node.ts";
import type { ContainerRun, Execution, Kill, PodState } from "./state.ts";

/** One container to be killed. */
export interface KillOrder {
  readonly container: string;
  /** Text of the Killing event; empty: none is written. */
  readonly message: string;
  readonly graceSeconds: number;
  /** The hook is not run: the pod was deleted without grace. */
  readonly skipHook?: boolean;
  readonly waitsFor?: readonly string[];
}

interface KillEvent {
  readonly uid: string;
  readonly container: string;
  readonly runId: string;
}

const UPSTREAM = "pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer";

/**
 * Kills containers (kuberuntime_container.go killContainer): the preStop hook, the wait for the containers that go first, the stop signal,
 * SIGKILL. All share one grace period, counted down in whole seconds, of which the signal always gets at least two.
 */
export class ContainerKiller {
  readonly on = {
    hookCut: (event: KillEvent) => this.hookCut(event),
    turnOver: (event: KillEvent) => this.turnOver(event),
    stopSignal: (event: KillEvent) => this.sendSignal(event),
    sigkill: (event: KillEvent) => this.sendSigkill(event),
    containerStopped: (event: KillEvent) => this.stopped(event),
  };
  private readonly node: KubeletNode;
  private readonly executions: Executions;
  private readonly onStopped: (pod: PodState, container: string) => void;

  constructor(
    node: KubeletNode,
    executions: Executions,
    onStopped: (pod: PodState, container: string) => void,
  ) {
    this.node = node;
    this.executions = executions;
    this.onStopped = onStopped;
  }

  /** Starts killing containers, all at once; those that do not run are passed over. Returns how many are being killed. */
  kill(pod: PodState, orders: readonly KillOrder[]): number {
    const begun: [KillOrder, Kill][] = [];
    for (const order of orders) {
      const run = pod.runs.get(order.container)?.at(-1);
      if (run === undefined || run.exit !== undefined) continue;
      const kill: Kill = {
        container: order.container,
        runId: run.id,
        startedMs: this.node.now,
        fullGraceSeconds: order.graceSeconds,
        graceSeconds: order.graceSeconds,
        stage: "hook",
        hookMs: 0,
        waitsFor: order.waitsFor ?? [],
        turnFromMs: 0,
        signalledMs: 0,
      };
      pod.kills.set(order.container, kill);
      begun.push([order, kill]);
    }
    for (const [order, kill] of begun) this.begin(pod, order, kill);
    return begun.length;
  }

  /** Gives up what is being done, to start it again with less grace. */
  cancel(pod: PodState): void {
    for (const kill of pod.kills.values()) this.node.kernel.cancel(kill.timer);
    this.executions.abandon(pod, "preStop");
    pod.kills.clear();
  }

  /** The process of a container has ended. */
  containerExited(pod: PodState, container: string, run: ContainerRun): void {
    const kill = pod.kills.get(container);
    if (kill?.runId !== run.id || kill.stage !== "stopping") return;
    this.node.kernel.cancel(kill.timer);
    this.returnFromStop(pod, kill, run);
  }

  /** A preStop hook has ended. */
  hookEnded(pod: PodState, execution: Execution, end: ExecutionEnd): void {
    const { container, runId } = execution;
    const kill = pod.kills.get(container);
    const tookMs = kill === undefined ? 0 : this.node.now - kill.startedMs;
    if (end.exitCode !== 0) {
      this.node.event(pod.pod, "Warning", "FailedPreStopHook", "PreStopHook failed", container);
    }
    if (!execution.awaited || kill?.runId !== runId || kill.stage !== "hook") return;
    this.node.kernel.cancel(kill.timer);
    kill.hookMs = tookMs;
    kill.graceSeconds -= Math.floor(tookMs / 1000);
    const upstream = "pkg/kubelet/kuberuntime/kuberuntime_container.go executePreStopHook";
    if (end.exitCode === 0) {
      const values = { container, tookMs, remainingSeconds: kill.graceSeconds };
      this.node.decide(pod.pod, "kubelet.hook-done", values, upstream);
    } else {
      const values = { container, tookMs, reason: end.reason };
      this.node.decide(pod.pod, "kubelet.hook-failed", values, upstream);
    }
    this.waitForTurn(pod, kill);
  }

  private begin(pod: PodState, order: KillOrder, kill: Kill): void {
    const { container, graceSeconds } = kill;
    if (order.message !== "") {
      this.node.event(pod.pod, "Normal", "Killing", order.message, container);
    }
    const handler = hookOf(pod, container, "preStop");
    if (handler === undefined || order.skipHook === true || graceSeconds <= 0) {
      this.waitForTurn(pod, kill);
      return;
    }
    if (isMain(pod, container)) this.node.show(pod, "pre-stop");
    const values = { container, ...describeHook(handler), graceSeconds };
    this.node.decide(
      pod.pod,
      "kubelet.hook-start",
      values,
      "pkg/kubelet/kuberuntime/kuberuntime_container.go executePreStopHook",
    );
    kill.timer = this.schedule(pod, kill, graceSeconds * 1000, "hookCut");
    const spec = [...pod.pod.spec.containers, ...(pod.pod.spec.initContainers ?? [])];
    const run = pod.runs.get(container)!.at(-1)!;
    this.executions.hook(
      pod,
      spec.find((c) => c.name === container)!,
      run,
      handler,
      "preStop",
    );
  }

  /** The grace period is over while the hook runs: the kubelet stops waiting. The hook itself dies with the container. */
  private hookCut(event: KillEvent): void {
    const { pod, kill } = this.due(event);
    if (pod === undefined || kill?.stage !== "hook") return;
    const { container, graceSeconds } = kill;
    this.executions.abandon(pod, "preStop", container);
    kill.hookMs = this.node.now - kill.startedMs;
    this.node.decide(
      pod.pod,
      "kubelet.hook-cut",
      { container, tookMs: kill.hookMs, graceSeconds },
      "pkg/kubelet/kuberuntime/kuberuntime_container.go executePreStopHook",
    );
    kill.graceSeconds -= Math.floor(kill.hookMs / 1000);
    this.waitForTurn(pod, kill);
  }

  private waitForTurn(pod: PodState, kill: Kill): void {
    const waits = kill.waitsFor.some((name) => pod.kills.has(name));
    if (!waits || kill.graceSeconds <= 0) {
      this.stop(pod, kill);
      return;
    }
    kill.stage = "turn";
    kill.turnFromMs = this.node.now;
    kill.timer = this.schedule(pod, kill, kill.graceSeconds * 1000, "turnOver");
  }

  private turnOver(event: KillEvent): void {
    const { pod, kill } = this.due(event);
    if (pod !== undefined && kill?.stage === "turn") this.takeTurn(pod, kill);
  }

  private takeTurn(pod: PodState, kill: Kill): void {
    this.node.kernel.cancel(kill.timer);
    kill.graceSeconds -= Math.floor((this.node.now - kill.turnFromMs) / 1000);
    this.stop(pod, kill);
  }

  /** CRI StopContainer: the stop signal, and SIGKILL when the rest of the grace period is over. */
  private stop(pod: PodState, kill: Kill): void {
    const floored = kill.graceSeconds < MINIMUM_GRACE_SECONDS;
    if (floored) kill.graceSeconds = MINIMUM_GRACE_SECONDS;
    kill.stage = "stopping";
    kill.signalledMs = this.node.now;
    const { container } = kill;
    const run = pod.runs.get(container)!.find((r) => r.id === kill.runId)!;
    if (run.exit !== undefined) {
      this.returnFromStop(pod, kill, run);
      return;
    }
    if (isMain(pod, container)) this.node.show(pod, "stopping");
    this.node.decide(
      pod.pod,
      "kubelet.stop-signal",
      {
        container,
        signal: stopSignalOf(this.node.images(run.image)),
        graceSeconds: kill.fullGraceSeconds,
        hookMs: kill.hookMs,
        remainingSeconds: kill.graceSeconds,
        floored: floored ? 1 : 0,
      },
      UPSTREAM,
    );
    const signal: KillEvent = { uid: pod.uid, container, runId: kill.runId };
    this.node.runtime.start(this.node.draw("stopSignal"), "stopSignal", signal);
    const killMs = kill.graceSeconds * 1000 + this.node.draw("sigkill");
    kill.timer = this.schedule(pod, kill, killMs, "sigkill");
  }

  private sendSignal(event: KillEvent): void {
    const run = this.runOf(event);
    if (run !== undefined) this.node.processes.signal(run.processId, "STOPSIGNAL");
  }

  private sendSigkill(event: KillEvent): void {
    const run = this.runOf(event);
    const { pod, kill } = this.due(event);
    if (run === undefined || pod === undefined || kill === undefined) return;
    const values = { container: kill.container, afterMs: this.node.now - kill.signalledMs };
    this.node.decide(pod.pod, "kubelet.sigkill", values, "containerd StopContainer");
    this.node.processes.signal(run.processId, "SIGKILL");
  }

  private returnFromStop(pod: PodState, kill: Kill, run: ContainerRun): void {
    const noticedMs = Math.max(0, run.exit!.finishedMs - this.node.now);
    kill.timer = this.schedule(
      pod,
      kill,
      noticedMs + this.node.runtime.settle(this.node.draw("stopReturn")),
      "containerStopped",
    );
  }

  private stopped(event: KillEvent): void {
    const { pod, kill } = this.due(event);
    if (pod === undefined || kill === undefined) return;
    pod.kills.delete(kill.container);
    for (const other of pod.kills.values()) {
      if (other.stage !== "turn" || other.waitsFor.some((name) => pod.kills.has(name))) continue;
      this.takeTurn(pod, other);
    }
    this.onStopped(pod, kill.container);
  }

  private schedule(pod: PodState, kill: Kill, delayMs: number, type: string): number {
    const { container, runId } = kill;
    return this.node.schedule(delayMs, type, { uid: pod.uid, container, runId });
  }

  /** The kill whose timer has run out. */
  private due(event: KillEvent): { pod?: PodState; kill?: Kill } {
    const found = this.find(event);
    if (found.kill !== undefined) found.kill.timer = undefined;
    return found;
  }

  private find({ uid, container, runId }: KillEvent): { pod?: PodState; kill?: Kill } {
    const pod = this.node.pod(uid);
    const kill = pod?.kills.get(container);
    return kill?.runId === runId ? { pod, kill } : {};
  }

  /** The run that an event is about, unless it has ended. */
  private runOf({ uid, container, runId }: KillEvent): ContainerRun | undefined {
    const run = this.node
      .pod(uid)
      ?.runs.get(container)
      ?.find((r) => r.id === runId);
    return run?.exit === undefined ? run : undefined;
  }
}

/** Is it the container that the timeline shows? */
export function isMain(pod: PodState, container: string): boolean {
  return mainContainer(pod.pod)?.name === container;
}
