import { bareObject, EventRecorder } from "../api/event-recorder.ts";
import type { ApiServer } from "../api/server.ts";
import type { Pod } from "../api/types.ts";
import type { DecisionLog } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { RandomStream } from "../kernel/random.ts";
import type { Decision, LanePhase } from "../record.ts";
import type { ProcessTable } from "../runtime/contract.ts";
import type { ImageBehaviour, NodePressure } from "../scenario.ts";
import { randomHex } from "./container-status.ts";
import { RuntimeWork } from "./runtime-work.ts";
import type { KubeletState, PodState } from "./state.ts";
import type { KubeletDelay, KubeletTiming } from "./timing.ts";

/** What a kubelet is made from. */
export interface KubeletOptions {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: DecisionLog;
  readonly facts: FactSink;
  readonly processes: ProcessTable;
  /** How the containers of an image behave. */
  readonly images: (name: string) => ImageBehaviour;
  readonly node: {
    readonly name: string;
    readonly ip: string;
    /** First three parts of its pods' addresses: `10.244.1`. */
    readonly podSubnet: string;
  };
  /** When the node runs out of a resource. */
  readonly pressures?: readonly NodePressure[];
  /** How long things take; as measured on a real node unless given. */
  readonly timing?: KubeletTiming;
}

/** What the parts of one kubelet share: the cluster around it, its clock and delays, and how it reports. */
export class KubeletNode {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly facts: FactSink;
  readonly processes: ProcessTable;
  readonly images: (name: string) => ImageBehaviour;
  readonly timing: KubeletTiming;
  readonly runtime: RuntimeWork;
  readonly node: KubeletOptions["node"];
  /** Name of the actor: `kubelet/node-1`. */
  readonly name: string;
  private readonly decisions: DecisionLog;
  private readonly recorder: EventRecorder;
  private readonly stateOf: () => KubeletState;
  /** What the kubelet does about an event, at once. */
  readonly handle: (type: string, data: unknown) => void;
  private readonly streams = new Map<string, RandomStream>();

  constructor(
    options: KubeletOptions,
    timing: KubeletTiming,
    kubelet: Pick<KubeletNode, "handle"> & { readonly stateOf: () => KubeletState },
  ) {
    this.kernel = options.kernel;
    this.api = options.api;
    this.facts = options.facts;
    this.processes = options.processes;
    this.images = options.images;
    this.timing = timing;
    this.runtime = new RuntimeWork(this);
    this.node = options.node;
    this.name = `kubelet/${options.node.name}`;
    this.decisions = options.decisions;
    this.recorder = new EventRecorder(options.kernel, options.api, "kubelet", options.node.name);
    this.stateOf = kubelet.stateOf;
    this.handle = kubelet.handle;
  }

  get now(): number {
    return this.kernel.now;
  }

  get state(): KubeletState {
    return this.stateOf();
  }

  /** The pod, unless the kubelet has forgotten it. */
  pod(uid: string): PodState | undefined {
    return this.stateOf().pods.get(uid);
  }

  /** Schedules an event of this kubelet. */
  schedule(delayMs: number, type: string, data: unknown): number {
    return this.kernel.schedule(delayMs, this.name, type, data);
  }

  /** A random delay of that kind. */
  draw(delay: KubeletDelay): number {
    const spread = this.timing[delay];
    return spread.min === spread.max ? spread.median : this.random(delay).spread(spread);
  }

  /** The random stream of this kubelet for one purpose. */
  random(purpose: string): RandomStream {
    const known = this.streams.get(purpose);
    if (known !== undefined) return known;
    const stream = this.kernel.random(`${this.name}/${purpose}`);
    this.streams.set(purpose, stream);
    return stream;
  }

  /** An id for a program that runs in a container; `typed`: of one that somebody typed, which shifts nobody else's numbers. */
  execId(by: "kubelet" | "typed" = "kubelet"): string {
    return randomHex(this.random(by === "kubelet" ? "exec-ids" : "typed-exec-ids"));
  }

  /** Time of the last relist at or before a time (pleg/generic.go Relist, every second). */
  relistBefore(timeMs: number): number {
    const phase = this.state.relistPhaseMs;
    const period = this.timing.relistPeriodMs;
    return phase + Math.floor((timeMs - phase) / period) * period;
  }

  /** Time of the first relist after a time. */
  relistAfter(timeMs: number): number {
    return this.relistBefore(timeMs) + this.timing.relistPeriodMs;
  }

  /** Writes an event about a pod, or one of its containers; without a way to the API server it is lost. */
  event(
    pod: Pod,
    type: "Normal" | "Warning",
    reason: string,
    message: string,
    container?: string,
  ): void {
    const init = pod.spec.initContainers?.some((c) => c.name === container) === true;
    const path =
      container === undefined
        ? undefined
        : `spec.${init ? "initContainers" : "containers"}{${container}}`;
    if (!this.state.connection.isCut) this.recorder.event(pod, type, reason, message, path);
  }

  /** Writes an event about the node, which it knows by its name (kubelet.go nodeRef). */
  eventAboutNode(type: "Normal" | "Warning", reason: string, message: string): void {
    const { name } = this.node;
    const node = bareObject("Node", name, { uid: name });
    if (!this.state.connection.isCut) this.recorder.event(node, type, reason, message);
  }

  /** Logs a decision about a pod with its numbers. */
  decide(pod: Pod, code: string, values: Decision["values"], upstream: string): void {
    const object = `pod/${pod.metadata.name}`;
    this.decisions.decide({ actor: this.name, code, values, object, upstream });
  }

  /** Reports the phase that the timeline shows, when it is another one. */
  show(pod: PodState, phase: LanePhase): void {
    if (pod.shown === phase) return;
    pod.shown = phase;
    this.facts.podPhase(pod.uid, phase);
  }
}
