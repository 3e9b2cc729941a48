import type { Spread } from "../kernel/random.ts";

/** How long the parts of a kubelet's work take, in milliseconds. */
export interface KubeletTiming {
  /** From one look at all containers to the next (the relist of the pod lifecycle event generator: 1 s and its own duration). */
  readonly relistPeriodMs: number;
  /** Whether the relists of a node begin at a random moment of the period, or at time 0. */
  readonly relistPhase: "random" | "zero";
  /** Share of its back-off that a failed sync is put off by, at random, on top (kubelet pod_workers.go: 0.5). */
  readonly retryJitter: number;
  /** From seeing a new pod to asking for its sandbox. */
  readonly admit: Spread;
  /** Making the sandbox with its network. */
  readonly sandbox: Spread;
  /** Creating a container. */
  readonly create: Spread;
  /** Starting a created container. */
  readonly start: Spread;
  /** Pulling an image whose layers are there already (imagePullPolicy Always). */
  readonly pullPresent: Spread;
  /** Until a registry says that it has no such image. */
  readonly pullFail: Spread;
  /** From a change of a pod's status to its being read, to be sent. */
  readonly statusRead: Spread;
  /** Sending one status to the API server. */
  readonly statusPatch: Spread;
  /** From a trigger to the probe's request. */
  readonly probe: Spread;
  /** Starting a command in a container. */
  readonly exec: Spread;
  /** From the kubelet's decision to the stop signal's arrival in the process. */
  readonly stopSignal: Spread;
  /** From the end of the grace period to the arrival of SIGKILL. */
  readonly sigkill: Spread;
  /** From the end of the process to the runtime's notice of it. */
  readonly shim: Spread;
  /** From the runtime's notice to the return of StopContainer. */
  readonly stopReturn: Spread;
  /** From asking to stop the sandbox to its network being gone. */
  readonly networkTeardown: Spread;
  /**
   * So many pods the runtime starts and stops in the time of one: `sandbox`, `create`, `start`, `stopSignal`, `shim`, `stopReturn` and
   * `networkTeardown` of more than that share it. On the real node a sandbox took 484 ms (median) by itself, and 1.5, 1.8, 3.6 and 5.9 times as long
   * beside one, two, four and six other pods that came or went; its teardown 309 ms, and 1.8, 2.4 and 7.9 times as long beside one, two and six.
   */
  readonly atOnce: number;
  /** From the decision that a pod is terminated to the deletion of its object. */
  readonly finalDelete: Spread;
}

/** The names of the delays that are drawn. */
export type KubeletDelay = {
  [K in keyof KubeletTiming]: KubeletTiming[K] extends Spread ? K : never;
}[keyof KubeletTiming];

/** As measured on a real node: Kubernetes 1.32, containerd 1.6, two shared cores; the runtime's own times where it did nothing else. */
export const MEASURED_KUBELET_TIMING: KubeletTiming = {
  relistPeriodMs: 1014,
  relistPhase: "random",
  retryJitter: 0.5,
  admit: { min: 4, median: 12, max: 60 },
  sandbox: { min: 354, median: 484, max: 900 },
  create: { min: 15, median: 28, max: 70 },
  start: { min: 160, median: 209, max: 440 },
  pullPresent: { min: 200, median: 500, max: 1500 },
  pullFail: { min: 15, median: 90, max: 400 },
  statusRead: { min: 0, median: 2, max: 8 },
  statusPatch: { min: 10, median: 22, max: 80 },
  probe: { min: 1, median: 4, max: 15 },
  exec: { min: 130, median: 220, max: 450 },
  stopSignal: { min: 24, median: 50, max: 160 },
  sigkill: { min: 40, median: 65, max: 170 },
  shim: { min: 71, median: 103, max: 190 },
  stopReturn: { min: 52, median: 70, max: 150 },
  networkTeardown: { min: 222, median: 309, max: 700 },
  atOnce: 1.25,
  finalDelete: { min: 17, median: 36, max: 130 },
};

const NONE: Spread = { min: 0, median: 0, max: 0 };

/** A kubelet that takes no time, looks every second on the second, and retries after its exact back-off: for tests of exact instants. */
export const IDEAL_KUBELET_TIMING: KubeletTiming = {
  relistPeriodMs: 1000,
  relistPhase: "zero",
  retryJitter: 0,
  admit: NONE,
  sandbox: NONE,
  create: NONE,
  start: NONE,
  pullPresent: NONE,
  pullFail: NONE,
  statusRead: NONE,
  statusPatch: NONE,
  probe: NONE,
  exec: NONE,
  stopSignal: NONE,
  sigkill: NONE,
  shim: NONE,
  stopReturn: NONE,
  networkTeardown: NONE,
  atOnce: Infinity,
  finalDelete: NONE,
};
