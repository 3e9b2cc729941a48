import type { WatchEvent } from "../api/server.ts";
import type { Pod, PodStatus } from "../api/types.ts";
import type { LanePhase } from "../record.ts";
import type { NodeUse } from "./admission.ts";
import type { BackOffEntries } from "./backoff.ts";
import type { ProcessCourse } from "../runtime/contract.ts";
import type { RuntimeWorkState } from "./runtime-work.ts";
import type { Command } from "./shell.ts";

/** One container as the runtime runs it; a restart makes a new one. */
export interface ContainerRun {
  /** `containerd://…` */
  readonly id: string;
  /** How many ran before it. */
  readonly attempt: number;
  readonly image: string;
  readonly processId: number;
  readonly startedMs: number;
  /** How it ended; `finishedMs` is when the runtime noticed. */
  exit?: {
    readonly atMs: number;
    readonly finishedMs: number;
    readonly code: number;
    /** Undefined: told by the code. StartError: the process never ran. */
    readonly reason?: "OOMKilled" | "StartError";
    readonly message?: string;
    readonly course: ProcessCourse;
  };
  /** Environment variables that its ConfigMaps and Secrets gave when it was started: later changes of those do not reach it. */
  readonly given: Readonly<Record<string, string>>;
  /** When the image's own program began: at once, or when a script of the small shell came to it. Undefined: not yet. */
  programMs?: number;
  /** What a script of the small shell printed as the container's command. */
  readonly printed: { readonly atMs: number; readonly text: string }[];
  /** Files that commands and its program made in it. */
  readonly files: Set<string>;
  /** Whether its program has made those of its image. */
  madeFiles?: true;
}

/** One thing that SyncPod does about the runtime. */
export type SyncAction =
  | { readonly kind: "sandbox" }
  | {
      readonly kind: "kill";
      readonly container: string;
      readonly message: string;
      readonly reason: KillReason;
    }
  | { readonly kind: "start"; readonly container: string };

/** Why a container is killed: it decides whose grace period counts. */
export type KillReason = "unknown" | "livenessProbe" | "startupProbe" | "failedPostStartHook";

/** A container on its way out (kuberuntime_container.go killContainer). */
export interface Kill {
  readonly container: string;
  readonly runId: string;
  readonly startedMs: number;
  /** The grace period that it began with, in seconds. */
  readonly fullGraceSeconds: number;
  /** Seconds left of it. */
  graceSeconds: number;
  stage: "hook" | "turn" | "stopping";
  hookMs: number;
  /** Containers that have to end first. */
  readonly waitsFor: readonly string[];
  turnFromMs: number;
  signalledMs: number;
  /** The event that ends the present stage at the latest. */
  timer?: number;
}

/** A command or handler that runs in or for a container. */
export interface Execution {
  readonly id: number;
  readonly container: string;
  readonly runId: string;
  readonly role: "preStop" | "postStart" | "entrypoint";
  readonly kind: "exec" | "http" | "sleep";
  readonly commands: readonly Command[];
  index: number;
  exitCode: number;
  /** Told of the end: false once nobody waits any more. */
  awaited: boolean;
  /** The event that ends it, where that is settled: another end takes its place. */
  end?: number;
}

export type ProbeType = "startup" | "liveness" | "readiness";
export type ProbeResult = "Success" | "Failure" | "Unknown";

/** A probe worker with its entry in the results manager (prober/worker.go worker). */
export interface ProbeWorker {
  readonly type: ProbeType;
  readonly container: string;
  /** Container that the results are about. */
  containerId: string;
  /** What the results manager holds for that container. */
  result: ProbeResult | undefined;
  lastResult: ProbeResult | undefined;
  resultRun: number;
  onHold: boolean;
  stopped: boolean;
  /** A tick of the worker's ticker; the others are whole periods away. */
  anchorMs: number;
  /** The event of the next run. */
  timer?: number;
  timerAtMs: number;
  timerIsManual: boolean;
  /** A probe's answer is awaited. */
  inFlight: boolean;
  manualPending: boolean;
  /** Probes before the timer's that are sure to succeed and are not carried out one by one; `port`: of those that draw a latency. */
  skipped?: {
    fromMs: number;
    readonly periodMs: number;
    count: number;
    readonly port?: number;
  };
}

/** How the kubelet ends a pod on its own account: what its status says afterwards. */
export interface PodFailure {
  readonly reason: string;
  readonly message: string;
  /** What the condition DisruptionTarget says; undefined: it is no disruption. */
  readonly disruption?: string;
  readonly atMs: number;
  /** Instead of the pod's own grace period. */
  readonly graceSeconds?: number;
}

/** Ends a pod on the kubelet's own account; it will be Failed (pod_workers.go killPodNow). */
export type EndPod = (pod: PodState, why: Omit<PodFailure, "atMs">) => void;

/** All that the kubelet knows of one pod. */
export interface PodState {
  readonly uid: string;
  /** As last seen. */
  pod: Pod;
  /** Which sync the pod worker runs next (pod_workers.go); "finished" after SyncTerminatedPod. */
  work: "sync" | "terminating" | "terminated" | "finished";
  /** What the running SyncPod still has to do; undefined when none waits for the runtime. */
  sync?: {
    readonly actions: readonly SyncAction[];
    /** The runtime is seen as it was then. */
    readonly viewMs: number;
    index: number;
    failed: boolean;
  };
  /** Containers are being killed, or the sandbox stopped. */
  stopping: boolean;
  /** Raised when what runs is cancelled: answers to an older epoch are dropped. */
  epoch: number;
  busyUntilMs: number;
  lastSyncMs: number;
  /** The event of a sync that waits for a relist. */
  queued?: number;
  pending: boolean;
  retry?: number;
  /** Effective grace period once terminating (pod_workers.go calculateEffectiveGracePeriod). */
  graceSeconds: number;
  /** Deleted without waiting for the kubelet. */
  forced: boolean;
  removed: boolean;
  failure?: PodFailure;
  sandbox?: { readonly ip: string; readonly readyMs: number; stoppedMs?: number };
  /** By container, oldest first; the latest three are kept. */
  readonly runs: Map<string, ContainerRun[]>;
  /** Times of changes in the runtime that no relist has seen. */
  changes: number[];
  relistAtMs: number;
  /** Why a container could not be started (kubelet reason_cache.go). */
  readonly startErrors: Map<string, { readonly reason: string; readonly message: string }>;
  /** The status manager's copy. */
  status?: PodStatus;
  /** The status on its way to the API server; until `readMs` a newer one takes its place. */
  patch?: { status: PodStatus; readonly readMs: number };
  readonly probes: ProbeWorker[];
  readonly kills: Map<string, Kill>;
  readonly executions: Map<number, Execution>;
  /** What the timeline shows. */
  shown?: LanePhase;
}

/** A pull that waits for its turn; the first of the queue is being done. */
export interface PullRequest {
  readonly uid: string;
  readonly epoch: number;
  readonly container: string;
  readonly image: string;
  readonly queuedMs: number;
}

/** Room that is being made for a critical pod. */
export interface Preemption {
  /** What was short, first of all. */
  readonly resource: string;
  victims: readonly string[];
  current?: string;
}

/** All that a kubelet remembers. */
export interface KubeletState {
  readonly relistPhaseMs: number;
  readonly pods: Map<string, PodState>;
  /** What those of them take that are active. */
  readonly use: NodeUse;
  /** What the container runtime is at. */
  readonly runtime: RuntimeWorkState;
  readonly imagesPresent: Set<string>;
  pulls: PullRequest[];
  readonly containerBackOff: BackOffEntries;
  readonly imageBackOff: BackOffEntries;
  /** Pods that wait for others to end, by uid: those still to be ended, and the one that is being ended. */
  readonly preemptions: Map<string, Preemption>;
  /** Conditions of the node that are on, by type, each with the event that ends it. */
  readonly pressures: Map<string, number>;
  /** Whether it has told of the node's being cordoned, and whether it is about to look. */
  readonly schedulability: { isCordoned: boolean; isDue: boolean };
  readonly addresses: { last: number; readonly used: Set<number> };
  /** The way to the API server; `missed`: the latest change of each pod since it was cut, by uid. */
  readonly connection: { isCut: boolean; readonly missed: Map<string, WatchEvent<"pods">> };
  nextExecution: number;
}

/** A pod that the kubelet has just heard of. It has all its fields from the beginning, so that all pods have the same shape and are read alike. */
export function newPodState(pod: Pod): PodState {
  return {
    uid: pod.metadata.uid,
    pod,
    work: "sync",
    sync: undefined,
    stopping: false,
    epoch: 0,
    busyUntilMs: -1,
    lastSyncMs: -1,
    queued: undefined,
    pending: false,
    retry: undefined,
    graceSeconds: 0,
    forced: false,
    removed: false,
    failure: undefined,
    sandbox: undefined,
    runs: new Map(),
    changes: [],
    relistAtMs: -1,
    startErrors: new Map(),
    status: undefined,
    patch: undefined,
    probes: [],
    kills: new Map(),
    executions: new Map(),
    shown: undefined,
  };
}

/** Does it count for what its node has left (kubelet_pods.go filterOutInactivePods)? */
export function isActive({ work }: PodState): boolean {
  return work === "sync" || work === "terminating";
}

/** The latest run of a container as a look at `viewMs` shows it: one that had started by then. */
export function latestRun(
  pod: PodState,
  container: string,
  viewMs: number,
): ContainerRun | undefined {
  return pod.runs.get(container)?.findLast((run) => run.startedMs <= viewMs);
}

/** The run before another one. */
export function runBefore(
  pod: PodState,
  container: string,
  run: ContainerRun,
): ContainerRun | undefined {
  return pod.runs.get(container)?.find((other) => other.attempt === run.attempt - 1);
}

/** Had the run ended, as a look at `viewMs` shows it? */
export function hasExited(run: ContainerRun, viewMs: number): boolean {
  return run.exit !== undefined && run.exit.finishedMs <= viewMs;
}
