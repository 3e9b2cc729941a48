import type { Actor, Kernel } from "../../kernel/kernel.ts";
import type { LoadBalancerSettings } from "../../scenario.ts";
import { only, type Backends } from "../backends.ts";
import type { Entrance } from "../entrance.ts";
import type { KubeProxy } from "../kube-proxy.ts";
import { externalPortKey } from "../service-rules.ts";

interface State {
  /** Of each node: whether it takes requests, and how many checks in a row said otherwise. */
  nodes: { healthy: boolean; others: number }[];
  /** The nodes that take requests. */
  open: number[];
}

/**
 * A cloud load balancer before the nodes' ports. Every node takes requests where any of them can answer for all; where the Service's
 * externalTrafficPolicy is Local, a node without a ready pod of its own fails the check of healthCheckNodePort (pkg/proxy/healthcheck) and is left
 * out after some failed checks; until then kube-proxy sends its requests to pods that terminate and still serve (KEP-1669).
 */
export class NodePorts implements Actor, Entrance {
  readonly name = "load-balancer/nodes";
  state: State;
  readonly on = { check: (node: number) => this.check(node) };
  readonly routers: readonly KubeProxy[];
  private readonly kernel: Kernel;
  private readonly settings: LoadBalancerSettings;
  private readonly backends: ReadonlyMap<string, Backends>;
  private readonly keys: readonly string[];

  constructor(options: {
    readonly kernel: Kernel;
    readonly settings: LoadBalancerSettings;
    readonly routers: readonly KubeProxy[];
    /** Keys of the sources' Services by source. */
    readonly keys: ReadonlyMap<string, string>;
  }) {
    const { kernel, settings, routers, keys } = options;
    this.kernel = kernel;
    this.settings = settings;
    this.routers = routers;
    this.keys = [...new Set([...keys.values()].map(externalPortKey))];
    this.backends = new Map([...keys].map(([source, key]) => [source, only(externalPortKey(key))]));
    this.state = {
      nodes: routers.map(() => ({ healthy: true, others: 0 })),
      open: routers.map((_, node) => node),
    };
    kernel.register(this);
    routers.forEach(({ name }, node) => {
      const phaseMs = kernel
        .random(`health-check/${name}`)
        .integer(0, settings.healthCheckIntervalMs);
      kernel.schedule(phaseMs, this.name, "check", node);
    });
  }

  open(): readonly number[] {
    return this.state.open;
  }

  backendsOf(_: number, source: string): Backends | undefined {
    return this.backends.get(source);
  }

  private check(node: number): void {
    const passed = this.passes(node);
    const state = this.state.nodes[node]!;
    state.others = passed === state.healthy ? 0 : state.others + 1;
    const { unhealthyThreshold, healthyThreshold, healthCheckIntervalMs } = this.settings;
    if (state.others >= (state.healthy ? unhealthyThreshold : healthyThreshold)) {
      state.healthy = !state.healthy;
      state.others = 0;
      this.state.open = this.openNodes();
    }
    this.kernel.schedule(healthCheckIntervalMs, this.name, "check", node);
  }

  /** Where no node is healthy all are used: the load balancer fails open. */
  private openNodes(): number[] {
    const { nodes } = this.state;
    const anyHealthy = nodes.some(({ healthy }) => healthy);
    return nodes.flatMap(({ healthy }, node) => (healthy || !anyHealthy ? [node] : []));
  }

  /** With the policy Cluster every node passes. */
  private passes(node: number): boolean {
    return this.keys.every((key) => (this.routers[node]!.rulesFor(key)?.localReady ?? 1) > 0);
  }
}
