import type { ApiServer } from "../api/server.ts";
import type { DecisionLog } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { roadSettings, type NetworkModel, type Road, type TrafficSource } from "../scenario.ts";
import { EnvoyControlPlane } from "./control-planes/envoy.ts";
import { IngressNginx } from "./control-planes/ingress-nginx.ts";
import { LoadBalancer } from "./control-planes/load-balancer.ts";
import { NodePorts } from "./control-planes/node-ports.ts";
import { toServices, type Entrance } from "./entrance.ts";
import { KubeProxy } from "./kube-proxy.ts";
import { externalPortKey, servicePortKey } from "./service-rules.ts";

/** What the entrances need. */
export interface EntrancesOptions {
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: DecisionLog;
  readonly facts: FactSink;
  readonly network: NetworkModel;
  readonly traffic: readonly TrafficSource[];
  /** Names of the nodes. Clients and proxies stand on the first. */
  readonly nodes: readonly string[];
}

/** Roads on which the node of clients and proxies chooses the pod. */
const BY_NODE: ReadonlySet<Road> = new Set<Road>(["direct", "proxy"]);

/** The entrances of the roads that a scenario's traffic takes, with all that chooses pods for them. */
export class Entrances {
  /** kube-proxy of the node that clients and proxies stand on. */
  readonly serviceRouter: KubeProxy;
  private readonly options: EntrancesOptions;
  private readonly made = new Map<Road, Entrance>();
  private readonly keys = new Map<string, string>();

  constructor(options: EntrancesOptions) {
    this.options = options;
    for (const { name, service } of options.traffic) {
      if (service === undefined) continue;
      this.keys.set(name, servicePortKey(service.namespace, service.name, service.port));
    }
    const roads = new Set(options.traffic.map(({ road }) => road));
    // Where all traffic enters at one node the rules of the others choose for nobody: their kube-proxies are left out.
    this.serviceRouter = this.kubeProxy(options.nodes[0]!, roads.has("node-port"));
    for (const road of roads) this.made.set(road, this.make(road));
  }

  of(road: Road): Entrance {
    return this.made.get(road)!;
  }

  /** Names of the routers that traffic goes through, in order. */
  routerNames(): string[] {
    const names = this.options.traffic.flatMap(({ road }) =>
      this.of(road).routers.map(({ name }) => name),
    );
    return [...new Set(names)];
  }

  private make(road: Road): Entrance {
    const { kernel, api, decisions, facts, network, traffic, nodes } = this.options;
    const sources = traffic.filter((source) => source.road === road);
    const settings = roadSettings(network);
    const needs = { kernel, api, decisions, facts, sources };
    switch (road) {
      case "direct":
      case "proxy":
        return toServices([this.serviceRouter], (source) => this.keys.get(source));
      case "ingress-nginx":
        return new IngressNginx({ ...needs, settings: settings.ingressNginx }).fleet;
      case "gateway":
        return new EnvoyControlPlane("gateway-controller", "gateway", {
          ...needs,
          settings: settings.gateway,
        }).fleet;
      case "mesh":
        return new EnvoyControlPlane("istiod", "sidecar", { ...needs, settings: settings.mesh })
          .fleet;
      case "alb-ip":
        return new LoadBalancer({ ...needs, settings: settings.loadBalancer }).fleet;
      case "node-port": {
        const others = nodes.slice(1).map((node) => this.kubeProxy(node, true));
        return new NodePorts({
          kernel,
          settings: settings.loadBalancer,
          routers: [this.serviceRouter, ...others],
          keys: new Map(sources.map(({ name }) => [name, this.keys.get(name)!])),
        });
      }
    }
  }

  private kubeProxy(node: string, nodePorts: boolean): KubeProxy {
    const { kernel, api, decisions, facts, network, traffic } = this.options;
    const reported = new Set<string>();
    for (const { name, road } of traffic) {
      const key = this.keys.get(name);
      if (key === undefined) continue;
      if (BY_NODE.has(road)) reported.add(key);
      if (road === "node-port") reported.add(externalPortKey(key));
    }
    return new KubeProxy({
      kernel,
      api,
      decisions,
      facts,
      node,
      mode: network.kubeProxy,
      reported: (key) => traffic.length === 0 || reported.has(key),
      nodePorts,
    });
  }
}
