import type { ApiServer, WatchEvent } from "../../api/server.ts";
import { timestamp } from "../../api/time.ts";
import type { Pod } from "../../api/types.ts";
import type { Actor, Kernel } from "../../kernel/kernel.ts";

/** How long the pods of a test take, in ms; `jitterMs` is drawn on top of each. */
export interface ToyTimes {
  readonly readyMs: number;
  readonly goneMs: number;
  readonly jitterMs: number;
}

/** The kubelets of a test: a bound pod becomes Ready after a while, a deleted one is gone after a while. */
export class ToyKubelet implements Actor {
  readonly name = "toy-kubelet";
  state = {};
  readonly on = {
    watch: (event: WatchEvent<"pods">) => this.take(event),
    ready: (pod: Pod) => this.ready(pod),
    gone: (pod: Pod) => this.gone(pod),
  };
  /** Pods whose name starts with one of these never become ready. */
  neverReady: (pod: Pod) => boolean = () => false;
  private readonly kernel: Kernel;
  private readonly api: ApiServer;
  private readonly times: ToyTimes;

  constructor(kernel: Kernel, api: ApiServer, times: Partial<ToyTimes> = {}) {
    this.kernel = kernel;
    this.api = api;
    this.times = { readyMs: 2000, goneMs: 2000, jitterMs: 0, ...times };
    kernel.register(this);
    api.watch({ resource: "pods", client: this.name });
  }

  private take({ type, object: pod, old }: WatchEvent<"pods">): void {
    if (type === "DELETED") return;
    if (pod.spec.nodeName && !old?.spec.nodeName && !this.neverReady(pod)) {
      this.later("ready", this.times.readyMs, pod);
    }
    const deleted = pod.metadata.deletionTimestamp !== undefined;
    if (deleted && old?.metadata.deletionTimestamp === undefined) {
      this.later("gone", this.times.goneMs, pod);
    }
  }

  private later(type: string, afterMs: number, pod: Pod): void {
    const jitter = this.kernel.random("toy").integer(0, this.times.jitterMs);
    this.kernel.schedule(afterMs + jitter, this.name, type, pod);
  }

  private ready({ metadata }: Pod): void {
    const pod = this.api.find("pods", metadata.namespace ?? "", metadata.name);
    if (pod?.metadata.uid !== metadata.uid || pod.metadata.deletionTimestamp !== undefined) return;
    const at = timestamp(this.kernel.now);
    const others = (pod.status.conditions ?? []).filter((c) => c.type !== "Ready");
    this.api.updateStatus("pods", {
      ...pod,
      status: {
        ...pod.status,
        phase: "Running",
        podIP: `10.0.0.${this.kernel.random("ip").integer(1, 250)}`,
        conditions: [
          ...others,
          { type: "Ready", status: "True", lastProbeTime: null, lastTransitionTime: at },
        ],
      },
    });
  }

  private gone({ metadata }: Pod): void {
    const pod = this.api.find("pods", metadata.namespace ?? "", metadata.name);
    if (pod?.metadata.uid !== metadata.uid) return;
    this.api.delete("pods", metadata.namespace ?? "", metadata.name, { gracePeriodSeconds: 0 });
  }
}
