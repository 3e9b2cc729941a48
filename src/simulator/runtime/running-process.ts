import type { ProcessCourse, ProcessSpec } from "./contract.ts";
import type { WorkQueue } from "./work-queue.ts";

/** A process that has started and not ended. */
export interface RunningProcess {
  readonly id: number;
  readonly spec: ProcessSpec;
  readonly startedMs: number;
  /** `starting` until the port listens, `closed` once it has ceased to. */
  listener: "starting" | "open" | "closed";
  /** As in its course. */
  openedMs?: number;
  stop?: ProcessCourse["stop"];
  closedMs?: number;
  /** When the last request that it has accepted will be over. */
  busyUntilMs: number;
  /** Requests so far, of a program that a number of them brings down. */
  requests?: number;
  /** Of a program that works on a limited number at the same time. */
  work?: WorkQueue;
}

/** What a connection attempt meets: a process that accepts it, or none. */
export type Connection =
  | RunningProcess
  /** RST to the SYN: the port has ceased to listen, or nothing ever listens on it. */
  | "refused"
  /** RST to the SYN: the program has yet to open its port. */
  | "refused-not-yet"
  /** The network is gone, or the node is cut off. */
  | "no-answer";

/** Told at once, within the same instant, when a process ceases to take part in connections. */
export interface ProcessObserver {
  /** The listener is closed and idle connections with it; what is in flight goes on. */
  listenerClosed(process: RunningProcess): void;
  /** The process has ended: what is in flight is reset. */
  ended(process: RunningProcess): void;
}

/** What became of its listener so far. */
export function courseOf({ openedMs, stop, closedMs }: RunningProcess): ProcessCourse {
  return {
    ...(openedMs === undefined ? {} : { openedMs }),
    ...(stop === undefined ? {} : { stop }),
    ...(openedMs === undefined || closedMs === undefined ? {} : { closedMs }),
  };
}

/**
 * Does the process listen on that port? One whose image names no ports listens on those that its container declares, and as the pod's main
 * container on whichever it is asked, but for those of the others: otherwise a sidecar would answer for an application that has not started.
 */
export function servesPort({ spec }: RunningProcess, port: number): boolean {
  const { image, main, ports } = spec;
  if (image.ports !== undefined) return image.ports.includes(port);
  return ports.own.includes(port) || (main && !ports.others.includes(port));
}
