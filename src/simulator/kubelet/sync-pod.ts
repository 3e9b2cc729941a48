import { containerOf } from "../api/containers.ts";
import { isFinalPhase } from "../api/pod-phase.ts";
import type { Container } from "../api/types.ts";
import { allocateAddress } from "./addresses.ts";
import { BackOff } from "./backoff.ts";
import { configError, volumeErrors, givenEnvironment } from "./container-config.ts";
import { isMain, type ContainerKiller } from "./container-killer.ts";
import { missingProgram } from "./container-shell.ts";
import { hookOf, type ExecutionEnd, type Executions } from "./executions.ts";
import { terminationGracePeriod } from "./grace-period.ts";
import { goDuration, type ImageError, type ImageManager } from "./image-manager.ts";
import type { KubeletNode } from "./node.ts";
import type { PodReporter } from "./pod-reporter.ts";
import { startError } from "./runtime-errors.ts";
import { randomHex } from "./container-status.ts";
import type { PodWorkers } from "./pod-workers.ts";
import type { Prober } from "./prober.ts";
import { declaredPorts } from "./declared-ports.ts";
import { hasExited, type ContainerRun, type Execution, type PodState } from "./state.ts";
import { computePodActions } from "./sync-actions.ts";

/** What SyncPod works with. */
export interface SyncParts {
  readonly workers: PodWorkers;
  readonly reporter: PodReporter;
  readonly prober: Prober;
  readonly images: ImageManager;
  readonly executions: Executions;
  readonly killer: ContainerKiller;
  /** The pod has come to its end by itself. */
  readonly ended: (pod: PodState) => void;
  /** The runtime changes: a relist will see it. */
  readonly changed: (pod: PodState, atMs: number) => void;
}

interface StepEvent {
  readonly uid: string;
  readonly epoch: number;
}

/** Back-off between restarts of a container (kubelet.go: backOffPeriod and MaxContainerBackOff), in milliseconds. */
const INITIAL_BACK_OFF_MS = 10_000;
const MAX_BACK_OFF_MS = 300_000;

/** Waits between tries to mount a volume (util/goroutinemap/exponentialbackoff). */
const INITIAL_MOUNT_WAIT_MS = 500;
const MAX_MOUNT_WAIT_MS = 122_000;

/** Runs of a container that are remembered: the present one, the last one, and the one that it followed. */
const KEPT_RUNS = 3;

/** Number of the process of a container whose command could not be run. */
const NO_PROCESS = 0;

/** Makes the runtime run what a pod's spec says (kubelet.go SyncPod and kuberuntime_manager.go SyncPod), one action after the other. */
export class PodSyncer {
  readonly on = {
    admitted: (event: StepEvent) =>
      this.resume(event, (pod) => this.mount(pod, INITIAL_MOUNT_WAIT_MS)),
    mountAgain: (event: StepEvent & { readonly waitMs: number }) =>
      this.resume(event, (pod) => this.mount(pod, event.waitMs)),
    sandboxReady: (event: StepEvent) => this.resume(event, (pod) => this.sandboxReady(pod)),
    containerCreated: (event: StepEvent) => this.resume(event, (pod) => this.created(pod)),
    containerStarted: (event: StepEvent) => this.resume(event, (pod) => this.started(pod)),
    booted: (event: { readonly uid: string }) => this.booted(event.uid),
  };
  private readonly node: KubeletNode;
  private readonly parts: SyncParts;
  private readonly backOff: BackOff;

  constructor(node: KubeletNode, parts: SyncParts) {
    this.node = node;
    this.parts = parts;
    const entries = () => node.state.containerBackOff;
    this.backOff = new BackOff(entries, INITIAL_BACK_OFF_MS, MAX_BACK_OFF_MS);
  }

  /** One sync. */
  sync(pod: PodState): void {
    const { reporter, prober, workers } = this.parts;
    const viewMs = this.node.relistBefore(this.node.now);
    const { phase } = reporter.report(pod, viewMs, false);
    if (isFinalPhase(phase)) {
      this.parts.ended(pod);
      return;
    }
    prober.addPod(pod);
    const actions = computePodActions(pod, {
      viewMs,
      result: (type, container, id) => prober.result(pod, type, container, id),
      started: (container, run) => reporter.started(pod, container, run),
    });
    if (actions.length === 0) {
      workers.finish(pod, false);
      return;
    }
    pod.sync = { actions, viewMs, index: 0, failed: false };
    this.act(pod);
  }

  /** A container that this sync kills has stopped. */
  containerStopped(pod: PodState): void {
    this.next(pod);
  }

  /** The image of the container that this sync starts has been pulled, or not. */
  imageReady(pod: PodState, container: string, error?: ImageError): void {
    if (pod.sync === undefined) return;
    if (error === undefined) this.create(pod, container);
    else this.imageFailed(pod, container, error);
  }

  /** The postStart hook of the container that this sync starts has ended. */
  postStartEnded(pod: PodState, { container, awaited }: Execution, end: ExecutionEnd): void {
    if (!awaited || pod.sync === undefined) return;
    if (end.exitCode === 0) {
      this.next(pod);
      return;
    }
    this.node.event(pod.pod, "Warning", "FailedPostStartHook", "PostStartHook failed", container);
    pod.startErrors.set(container, { reason: "PostStartHookError", message: end.reason });
    pod.sync.failed = true;
    this.kill(pod, container, "FailedPostStartHook", "failedPostStartHook");
  }

  private act(pod: PodState): void {
    const sync = pod.sync!;
    const action = sync.actions[sync.index];
    if (action === undefined) this.parts.workers.finish(pod, sync.failed);
    else if (action.kind === "start") this.start(pod, action.container);
    else if (action.kind === "kill") {
      this.kill(pod, action.container, action.message, action.reason);
    } else {
      this.step(pod, this.node.draw("admit"), "admitted");
    }
  }

  private next(pod: PodState): void {
    if (pod.sync === undefined) return;
    pod.sync.index += 1;
    this.act(pod);
  }

  private step(pod: PodState, delayMs: number, type: string): void {
    const event: StepEvent = { uid: pod.uid, epoch: pod.epoch };
    this.node.schedule(delayMs, type, event);
  }

  /** The runtime's part of a sync. */
  private work(pod: PodState, calmMs: number, type: string): void {
    const event: StepEvent = { uid: pod.uid, epoch: pod.epoch };
    this.node.runtime.start(calmMs, type, event);
  }

  /** Goes on with a sync, unless it has been given up. */
  private resume({ uid, epoch }: StepEvent, go: (pod: PodState) => void): void {
    const pod = this.node.pod(uid);
    if (pod?.sync !== undefined && pod.epoch === epoch) go(pod);
  }

  /**
   * Mounts the volumes, and waits until all are there (volumemanager/volume_manager.go WaitForAttachAndMount). The timeout of that wait is no news: the
   * sync that follows it waits on.
   */
  private mount(pod: PodState, waitMs: number): void {
    const errors = volumeErrors(this.node, pod.pod);
    if (errors.length === 0) {
      this.work(pod, this.node.draw("sandbox"), "sandboxReady");
      return;
    }
    for (const [volume, why] of errors) {
      const message = `MountVolume.SetUp failed for volume "${volume}" : ${why}`;
      this.node.event(pod.pod, "Warning", "FailedMount", message);
    }
    const { uid, epoch } = pod;
    const next = { uid, epoch, waitMs: Math.min(waitMs * 2, MAX_MOUNT_WAIT_MS) };
    this.node.schedule(waitMs, "mountAgain", next);
  }

  private sandboxReady(pod: PodState): void {
    const { ip: nodeIp, podSubnet } = this.node.node;
    const isOnHost = pod.pod.spec.hostNetwork === true;
    const ip = isOnHost ? nodeIp : allocateAddress(this.node.state.addresses, podSubnet);
    if (ip === undefined) {
      const message =
        "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: no IP addresses available in range set";
      this.node.event(pod.pod, "Warning", "FailedCreatePodSandBox", message);
      this.parts.workers.finish(pod, true);
      return;
    }
    pod.sandbox = { ip, readyMs: this.node.now };
    this.parts.changed(pod, this.node.now);
    this.next(pod);
  }

  private kill(
    pod: PodState,
    container: string,
    message: string,
    reason: Parameters<typeof terminationGracePeriod>[2],
  ): void {
    const spec = containerOf(pod.pod, container)!;
    const graceSeconds = terminationGracePeriod(pod.pod, spec, reason);
    if (this.parts.killer.kill(pod, [{ container, message, graceSeconds }]) === 0) this.next(pod);
  }

  private start(pod: PodState, container: string): void {
    if (this.isInBackOff(pod, container)) return;
    const image = this.parts.images.ensure(pod, containerOf(pod.pod, container)!);
    if (image === "present") this.create(pod, container);
    else if (image !== "pulling") this.imageFailed(pod, container, image);
    else if (isMain(pod, container)) this.node.show(pod, "pulling");
  }

  /** kuberuntime_manager.go doBackOff: it counts from the end of the last run that this sync knows of. */
  private isInBackOff(pod: PodState, container: string): boolean {
    const { viewMs } = pod.sync!;
    const last = pod.runs.get(container)?.findLast((run) => hasExited(run, viewMs));
    if (last?.exit === undefined) return false;
    const { name, namespace } = pod.pod.metadata;
    const key = `${pod.uid} ${container} ${containerOf(pod.pod, container)?.image}`;
    const { finishedMs } = last.exit;
    if (!this.backOff.isInBackOffSince(key, finishedMs, this.node.now)) {
      this.backOff.collectGarbage(this.node.now);
      this.backOff.next(key, finishedMs, this.node.now);
      return false;
    }
    const where = `${name}_${namespace}(${pod.uid})`;
    const text = `Back-off restarting failed container ${container} in pod ${where}`;
    this.node.event(pod.pod, "Warning", "BackOff", text, container);
    const delay = goDuration(this.backOff.get(key));
    pod.startErrors.set(container, {
      reason: "CrashLoopBackOff",
      message: `back-off ${delay} restarting failed container=${container} pod=${where}`,
    });
    pod.sync!.failed = true;
    this.next(pod);
    return true;
  }

  private imageFailed(pod: PodState, container: string, error: ImageError): void {
    this.cannotStart(pod, container, error, error.reason);
  }

  /** kuberuntime_manager.go SyncPod: the container is left for the next sync; what its status shows is kept in the reason cache. */
  private cannotStart(pod: PodState, container: string, error: ImageError, told: string): void {
    this.node.event(pod.pod, "Warning", "Failed", `Error: ${told}`, container);
    pod.startErrors.set(container, error);
    pod.sync!.failed = true;
    this.next(pod);
  }

  private create(pod: PodState, container: string): void {
    const message = configError(this.node, pod.pod, containerOf(pod.pod, container)!);
    if (message !== undefined) {
      const error = { reason: "CreateContainerConfigError", message };
      this.cannotStart(pod, container, error, message);
      return;
    }
    if (isMain(pod, container)) this.node.show(pod, "starting");
    this.work(pod, this.node.draw("create"), "containerCreated");
  }

  private created(pod: PodState): void {
    const { container } = this.startAction(pod);
    this.node.event(pod.pod, "Normal", "Created", `Created container: ${container}`, container);
    this.work(pod, this.node.draw("start"), "containerStarted");
  }

  private started(pod: PodState): void {
    const { container: name } = this.startAction(pod);
    const container = containerOf(pod.pod, name)!;
    const image = this.node.images(container.image ?? "");
    const missing = missingProgram(image, container.command ?? []);
    if (missing !== undefined) {
      this.startFailed(pod, container, missing);
      return;
    }
    const run = this.startProcess(pod, name);
    this.parts.changed(pod, this.node.now);
    this.node.event(pod.pod, "Normal", "Started", `Started container ${name}`, name);
    pod.startErrors.delete(name);
    this.parts.executions.entrypoint(pod, container, run);
    const { startupMs } = this.node.images(run.image);
    if (isMain(pod, name)) this.node.schedule(startupMs, "booted", { uid: pod.uid });
    const handler = hookOf(pod, name, "postStart");
    if (handler === undefined) this.next(pod);
    else this.parts.executions.hook(pod, container, run, handler, "postStart");
  }

  /** The runtime can not run the container's command (containerd StartContainer, kuberuntime_container.go startContainer). */
  private startFailed(pod: PodState, { name, image = "" }: Container, program: string): void {
    const { now } = this.node;
    const message = startError(program);
    const run = this.addRun(pod, name, image, NO_PROCESS);
    run.exit = {
      atMs: now,
      finishedMs: now,
      code: 128,
      reason: "StartError",
      message,
      course: {},
    };
    this.parts.changed(pod, now);
    const upstream = "pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer";
    this.node.decide(pod.pod, "kubelet.start-failed", { container: name, program }, upstream);
    this.cannotStart(pod, name, { reason: "RunContainerError", message }, message);
  }

  private startProcess(pod: PodState, container: string): ContainerRun {
    const image = containerOf(pod.pod, container)?.image ?? "";
    const { name, namespace = "default" } = pod.pod.metadata;
    const processId = this.node.processes.start({
      podUid: pod.uid,
      podName: name,
      namespace,
      address: pod.sandbox?.ip ?? "",
      node: this.node.node.name,
      hostNetwork: pod.pod.spec.hostNetwork === true,
      container,
      image: this.node.images(image),
      main: isMain(pod, container),
      ports: declaredPorts(pod.pod, container),
      owner: this.node.name,
    });
    return this.addRun(pod, container, image, processId);
  }

  private addRun(pod: PodState, container: string, image: string, processId: number): ContainerRun {
    const runs = pod.runs.get(container) ?? [];
    const run: ContainerRun = {
      id: `containerd://${randomHex(this.node.random("container-ids"))}`,
      attempt: (runs.at(-1)?.attempt ?? -1) + 1,
      image,
      processId,
      startedMs: this.node.now,
      given: givenEnvironment(this.node, pod.pod, containerOf(pod.pod, container)),
      printed: [],
      files: new Set(),
    };
    pod.runs.set(container, [...runs, run].slice(-KEPT_RUNS));
    return run;
  }

  private startAction(pod: PodState): { container: string } {
    const action = pod.sync!.actions[pod.sync!.index];
    if (action?.kind === "start") return action;
    throw this.node.kernel.fault(`${pod.pod.metadata.name} starts a container out of turn`);
  }

  /** The timeline's look at the main program: its port listens from now on. */
  private booted(uid: string): void {
    const pod = this.node.pod(uid);
    if (pod?.shown === "starting") this.node.show(pod, "not-ready");
  }
}
