import type { ImageBehaviour } from "./image-behaviour.ts";
import type { NetworkModel } from "./network-model.ts";
import type { TrafficSource } from "./traffic.ts";

export * from "./image-behaviour.ts";
export * from "./network-model.ts";
export * from "./traffic.ts";

/** A node runs out of a resource at a time, until so many of its pods have been evicted. */
export interface NodePressure {
  readonly atMs: number;
  /** `node-1` */
  readonly node: string;
  readonly resource: "memory" | "ephemeral-storage";
  readonly pods: number;
}

/** What a step of a scenario does. */
export type StepAction =
  | {
      readonly kind: "apply";
      /** Decoded objects in the order of the files; they are defaulted and validated when applied. */
      readonly objects: readonly unknown[];
      /** What to call it on the timeline: file names. */
      readonly label: string;
    }
  | { readonly kind: "kubectl"; readonly command: string };

/** A line typed into the terminal. */
export interface TypedLine {
  readonly kind: "shell";
  readonly line: string;
  /** The lab's files as they were then, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Something done to the cluster from outside at a time: a step of the scenario, or an input of a learner. */
export interface Input {
  readonly atMs: number;
  readonly action:
    | StepAction
    | TypedLine
    /** Ctrl+C: ends what the last typed line that still runs does. */
    | { readonly kind: "interrupt" }
    /** The text that the editor which a line opened was left with; undefined: without saving. */
    | { readonly kind: "edited"; readonly text: string | undefined };
}

/** How much the pods of a workload use, over time: what its HorizontalPodAutoscaler goes by. */
export interface MetricSource {
  readonly target: {
    /** `Deployment` */
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  /** `cpu`, `memory`, or the name of any other metric. */
  readonly metric: string;
  /** `pod`: each pod uses so much, however many there are; `total`: those that are ready share it. */
  readonly per: "pod" | "total";
  /** Milli units (a thousandth of a core) from a time on, in order of time. */
  readonly points: readonly { readonly atMs: number; readonly milli: number }[];
}

/** A node ceases to be heard of for a while. */
export interface NodeFailure {
  readonly atMs: number;
  /** Undefined: for good. */
  readonly untilMs?: number;
  /** `node-1` */
  readonly node: string;
  /**
   * `kubelet`: it neither hears from the API server nor tells it anything, while its pods go on to serve. `network`: in addition nothing
   * reaches its pods. Simplified: a kubelet that is silent goes on to probe its pods and to start their containers again.
   */
  readonly what: "kubelet" | "network";
}

/** A cluster, what happens to it, and for how long: with a seed, all that decides a run. */
export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly durationMs: number;
  /** End as soon as every rollout has come to its end and no pod terminates, at the latest after the duration. */
  readonly untilSettled: boolean;
  /** How long it has to have been so; traffic goes on meanwhile. 0 when left out. */
  readonly settledForMs?: number;
  readonly nodes: number;
  readonly nodePressure?: readonly NodePressure[];
  readonly nodeFailures?: readonly NodeFailure[];
  readonly metrics?: readonly MetricSource[];
  readonly images: readonly ImageBehaviour[];
  readonly network: NetworkModel;
  readonly traffic: readonly TrafficSource[];
  readonly steps: readonly (Input & { readonly action: StepAction })[];
}

/** Limits that a scenario is held to; a clear message says which one was passed. */
export const LIMITS = {
  /** Longest virtual time of a run: a day. */
  durationMs: 24 * 3600 * 1000,
  nodes: 1000,
  /** Largest spec.replicas that the simulator takes. */
  replicas: 10_000,
  /** Requests in one run. */
  requests: 2_000_000,
  steps: 1000,
} as const;
