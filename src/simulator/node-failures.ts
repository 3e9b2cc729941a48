import type { Actor, Kernel } from "./kernel/kernel.ts";
import type { NodeHeartbeats } from "./node-heartbeats.ts";
import type { Processes } from "./runtime/processes.ts";
import type { NodeFailure } from "./scenario.ts";

/** What a failure does to a kubelet. */
interface Reachable {
  /** It can no longer hear from the API server, nor tell it anything. */
  cutOff(): void;
  reconnect(): void;
}

/** What the failures meet. */
export interface NodeFailuresOptions {
  readonly kernel: Kernel;
  readonly failures: readonly NodeFailure[];
  readonly heartbeats: NodeHeartbeats;
  readonly processes: Processes;
  readonly kubelets: ReadonlyMap<string, Reachable>;
}

/** Lets nodes fail when the scenario says so, and come back. A node that fails twice at once is back with the last of them. */
export class NodeFailures implements Actor {
  readonly name = "node-failures";
  /** Failures that go on, by their place in the scenario. */
  state: { current: Set<number> } = { current: new Set() };
  readonly on = {
    begin: (index: number) => this.begin(index),
    end: (index: number) => this.end(index),
  };
  private readonly options: NodeFailuresOptions;

  constructor(options: NodeFailuresOptions) {
    this.options = options;
    const { kernel, failures } = options;
    kernel.register(this);
    failures.forEach(({ atMs, untilMs }, index) => {
      kernel.schedule(atMs - kernel.now, this.name, "begin", index);
      if (untilMs === undefined) return;
      kernel.schedule(untilMs - kernel.now, this.name, "end", index);
    });
  }

  private begin(index: number): void {
    const { heartbeats, kubelets, processes, failures } = this.options;
    const { node, what } = failures[index]!;
    this.state.current.add(index);
    heartbeats.stop(node);
    kubelets.get(node)!.cutOff();
    if (what === "network") processes.cutOff(node);
  }

  private end(index: number): void {
    const { heartbeats, kubelets, processes, failures } = this.options;
    this.state.current.delete(index);
    const { node } = failures[index]!;
    const left = [...this.state.current].map((i) => failures[i]!).filter((f) => f.node === node);
    if (!left.some(({ what }) => what === "network")) processes.reconnect(node);
    if (left.length > 0) return;
    heartbeats.resume(node);
    kubelets.get(node)!.reconnect();
  }
}
