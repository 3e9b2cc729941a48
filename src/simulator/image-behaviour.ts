import type { Latency } from "./traffic.ts";

/** What a container of an image does when it gets its stop signal. */
export type StopBehaviour =
  /** Exits at once; requests in flight are reset (SIGTERM to nginx, a program without a handler). */
  | { readonly mode: "fast" }
  /**
   * Closes its listener, finishes what is in flight, then exits (nginx on SIGQUIT, Go's Shutdown).
   */
  | {
      readonly mode: "graceful";
      /** It stays at least so long after it has closed its listener. */
      readonly drainMs: number;
      /** It goes on accepting connections for so long after the signal; 0 when left out. */
      readonly closeAfterMs?: number;
      /** false: it leaves idle connections open until they time out, and waits for them (Node.js before 19). */
      readonly idleClose?: boolean;
    }
  /** Goes on serving until SIGKILL (a shell as PID 1 that forwards nothing). */
  | { readonly mode: "ignore" };

/** How the containers of one image behave. Times are milliseconds. */
export interface ImageBehaviour {
  readonly name: string;
  /** Ports that the program listens on. Undefined: an image alone does not tell, and the containers' declared ports do (runtime servesPort). */
  readonly ports?: readonly number[];
  /** Name of the container of its pod to which it passes its requests on, and without which it answers 502. Undefined: it answers them itself. */
  readonly passesOn?: string;
  /** From process start until the port listens. */
  readonly startupMs: number;
  /** From process start until the health endpoint answers 200. Requests before it answer 503. */
  readonly readyMs: number;
  /** Time to answer a request. */
  readonly latency: Latency;
  /** After `readyMs` answers take `factor` times as long, falling evenly to 1 within that time (caches, just-in-time compilers). */
  readonly warmUp?: { readonly forMs: number; readonly factor: number };
  /**
   * Requests that it works on at the same time; others wait in the order of their coming. Undefined: any number. `queue` is how many may
   * wait; one more gets 503.
   */
  readonly concurrency?: { readonly limit: number; readonly queue: number };
  /** It closes a connection that has been idle for so long. Undefined: never. */
  readonly keepAliveMs?: number;
  readonly onSigterm: StopBehaviour;
  /**
   * What it writes to its log: as nginx does, with a line a request, or only a line at each turn of its life. Undefined: as nginx.
   */
  readonly log?: "access" | "turns";
  /** Whether exec hooks and probes find /bin/sh, sleep and the like. */
  readonly shell: boolean;
  /** Programs that it has besides those: a command that names another one fails. Undefined: whichever a command names. */
  readonly programs?: readonly string[];
  /** Files that its program makes when it is ready: what a probe may look for. */
  readonly files?: readonly string[];
  /** It ends by itself so long after each start, with that exit code. */
  readonly crash?: { readonly afterMs: number; readonly exitCode: number };
  /** It passes its memory limit so long after each start, or after so many requests, and the kernel kills it. */
  readonly oom?: { readonly afterMs?: number; readonly requests?: number };
  /** Share of its answers that are 500. */
  readonly errorRate: number;
  /** Whether a registry has it; otherwise pulls fail with NotFound. */
  readonly exists: boolean;
  /** Time to pull it to a node that does not have it; 0: present on every node. */
  readonly pullMs: number;
}

/** An image that the scenario does not describe: an ordinary web server. */
export const DEFAULT_IMAGE: Omit<ImageBehaviour, "name"> = {
  startupMs: 25,
  readyMs: 25,
  latency: { p50Ms: 2, p99Ms: 60 },
  onSigterm: { mode: "graceful", drainMs: 0 },
  shell: true,
  errorRate: 0,
  exists: true,
  pullMs: 0,
};
