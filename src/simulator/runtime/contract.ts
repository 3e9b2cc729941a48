import type { ImageBehaviour, StopBehaviour } from "../scenario.ts";

/** Signals that a process can be sent. `STOPSIGNAL` is the one that the image names (SIGTERM or SIGQUIT). */
export type Signal = "STOPSIGNAL" | "SIGTERM" | "SIGQUIT" | "SIGKILL";

/** Ports that containers of a pod declare. */
export interface DeclaredPorts {
  readonly own: readonly number[];
  readonly others: readonly number[];
}

/** The main process of a container to be started. */
export interface ProcessSpec {
  readonly podUid: string;
  readonly podName: string;
  readonly namespace: string;
  readonly node: string;
  /** The pod's address. */
  readonly address: string;
  /** It listens on its node's own address (spec.hostNetwork). */
  readonly hostNetwork: boolean;
  readonly container: string;
  readonly image: ImageBehaviour;
  /** Whether the pod's main container: it is what the timeline shows. */
  readonly main: boolean;
  /** Ports that the container declares, and those that others of its pod do: what it listens on where its image names none. */
  readonly ports: DeclaredPorts;
  /** Actor told of the end: its handler `processExited` gets a `ProcessExit`. */
  readonly owner: string;
}

/** The turns in the life of a process, as far as it has come. Times are milliseconds of virtual time. */
export interface ProcessCourse {
  /** Its port has begun to listen. */
  readonly openedMs?: number;
  /** The first stop signal that it heeds; `mode`: what it does about it. */
  readonly stop?: {
    readonly signal: Signal;
    readonly mode: StopBehaviour["mode"];
    readonly atMs: number;
  };
  /** Its port has ceased to listen. */
  readonly closedMs?: number;
}

/** The end of a process. */
export interface ProcessExit {
  readonly processId: number;
  readonly podUid: string;
  readonly container: string;
  readonly exitCode: number;
  readonly bySigkill: boolean;
  /** The kernel killed it for passing its memory limit. */
  readonly outOfMemory: boolean;
  readonly course: ProcessCourse;
}

/** What a connection attempt from the node to a pod meets. */
export type HttpAnswer =
  | { readonly kind: "refused" }
  /** The network is gone: nothing comes back until the caller gives up. */
  | { readonly kind: "no-answer" }
  | { readonly kind: "answer"; readonly status: number; readonly afterMs: number };

/**
 * The processes in the containers of all nodes: what they listen on, how they answer, how they end. The kubelets start and stop them,
 * the network sends them requests.
 */
export interface ProcessTable {
  /** Starts a process and returns its number. The port listens after the image's startup time. */
  start(spec: ProcessSpec): number;
  /** Sends a signal; the owner hears of the end of the process by an event, now or later. Ignored when it has ended. */
  signal(processId: number, signal: Signal): void;
  /** Ends the process by itself (a crash) with an exit code. */
  exit(processId: number, exitCode: number): void;
  /** The turns in the life of a process that has not ended; undefined afterwards. */
  courseOf(processId: number): ProcessCourse | undefined;
  /** What an HTTP GET to the pod's port would get now; it takes no place among the requests. `ready` paths follow `readyMs`. */
  httpGet(podUid: string, port: number, path: string): HttpAnswer;
  /**
   * How many of the next `most` HTTP GETs to the pod's port are sure to be answered 200 within that time, as long as `onDoubt` does not tell
   * otherwise.
   */
  sureAnswers(podUid: string, port: number, withinMs: number, most: number): number;
  /** Passes over answers that nobody needs to look at. */
  skipAnswers(podUid: string, port: number, count: number): void;
  /** Has the owner of processes told just before one of them ceases to listen ("all"), or a request takes one of the sure answers. */
  onDoubt(owner: string, tell: (podUid: string, which: "all" | "latencies") => void): void;
  /** Does the process listen, and has it become ready? */
  isHealthy(processId: number): boolean;
  /** What a TCP connect would get now. */
  tcpConnect(podUid: string, port: number): "open" | "refused" | "no-answer";
  /** The pod's sandbox goes away: from now on connections get no answer. */
  tearDownNetwork(podUid: string): void;
}
