import { ApiServer } from "../api/server.ts";
import type { Endpoint, Service } from "../api/types.ts";
import { Decisions } from "../decisions.ts";
import type { FactSink } from "../facts.ts";
import { Kernel, type Actor } from "../kernel/kernel.ts";
import type { RequestRecord } from "../record.ts";
import { Processes } from "../runtime/processes.ts";
import {
  DEFAULT_IMAGE,
  type ImageBehaviour,
  type NetworkModel,
  type TrafficSource,
} from "../scenario.ts";
import { Clients } from "./clients.ts";
import { Entrances } from "./entrances.ts";
import type { KubeProxy } from "./kube-proxy.ts";

export interface RouteChange {
  readonly atMs: number;
  readonly router: string;
  readonly podUid: string;
  readonly chosen: boolean;
}

interface PlayedPod {
  readonly processId: number;
  readonly node: string;
  ready: boolean;
  terminating: boolean;
}

const NODE = "node-1";

/** An ordinary web server with exact answer times. */
export function image(behaviour: Partial<ImageBehaviour> = {}): ImageBehaviour {
  const latency = { p50Ms: 1, p99Ms: 1 };
  return { name: "web:1", ...DEFAULT_IMAGE, startupMs: 0, readyMs: 0, latency, ...behaviour };
}

/** One Service on a node with everything of the network real, and pods that do what the test says in place of kubelet and controllers. */
export class PlayedPods implements Actor {
  readonly name = "script";
  state = {};
  readonly on = { act: (act: () => void) => act(), processExited: () => {} };
  readonly kernel: Kernel;
  readonly api: ApiServer;
  readonly decisions: Decisions;
  readonly processes: Processes;
  readonly proxy: KubeProxy;
  readonly clients: Clients;
  readonly requests: RequestRecord[] = [];
  readonly routes: RouteChange[] = [];
  private readonly pods = new Map<string, PlayedPod>();
  private members: string[] = [];
  private readonly nodes: readonly string[];

  constructor(
    options: {
      seed?: number;
      kubeProxy?: NetworkModel["kubeProxy"];
      traffic?: Partial<TrafficSource>[];
      targetPort?: number;
      /** Settings of the roads. */
      roads?: NetworkModel["roads"];
      /** Fields of the Service's spec besides its ports. */
      service?: Partial<Service["spec"]>;
      /** Names of the nodes; pods are spread over them in turn. */
      nodes?: readonly string[];
    } = {},
  ) {
    const kernel = new Kernel(options.seed ?? 1);
    this.kernel = kernel;
    this.api = new ApiServer(kernel);
    this.decisions = new Decisions(kernel);
    const facts: FactSink = {
      podPhase: () => {},
      listening: () => {},
      networkGone: () => {},
      exited: () => {},
      route: (router, podUid, chosen) =>
        void this.routes.push({ atMs: kernel.now, router, podUid, chosen }),
      request: (record) => void this.requests.push(record),
      warn: () => {},
    };
    const network: NetworkModel = {
      endpointSlice: { kind: "exact", ms: 0 },
      kubeProxy: options.kubeProxy ?? { kind: "exact", ms: 0 },
      proxyConnectTimeoutMs: 60_000,
      proxyReadTimeoutMs: 60_000,
      ...(options.roads === undefined ? {} : { roads: options.roads }),
    };
    const { decisions, api } = this;
    this.nodes = options.nodes ?? [NODE];
    this.processes = new Processes({ kernel, decisions, facts });
    const traffic = (options.traffic ?? []).map((source): TrafficSource => ({
      name: "users",
      ...(source.route === undefined
        ? { service: { namespace: "default", name: "web", port: 80 } }
        : {}),
      road: "proxy",
      rps: 100,
      arrivals: "uniform",
      keepAlive: false,
      timeoutMs: 60_000,
      startMs: 2000,
      stopMs: 20_000,
      ...source,
    }));
    const { nodes } = this;
    const entrances = new Entrances({ kernel, api, decisions, facts, network, traffic, nodes });
    this.proxy = entrances.serviceRouter;
    this.clients = new Clients({
      kernel,
      facts,
      processes: this.processes,
      network,
      entranceOf: (road) => entrances.of(road),
      serviceRouter: this.proxy,
      sources: traffic,
    });
    kernel.register(this);
    api.create("namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "default" },
    });
    api.create("services", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: {
        selector: { app: "web" },
        ports: [{ port: 80, targetPort: options.targetPort ?? 8080 }],
        ...options.service,
      },
    });
    api.create("endpointslices", {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "web-x", labels: { "kubernetes.io/service-name": "web" } },
      addressType: "IPv4",
      ports: [{ name: "", port: options.targetPort ?? 8080, protocol: "TCP" }],
      endpoints: [],
    });
  }

  /** Does something at a time. */
  at(atMs: number, act: () => void): this {
    this.kernel.schedule(atMs - this.kernel.now, this.name, "act", act);
    return this;
  }

  /** Starts pods with one process each; they become endpoints when the slice is next written. */
  start(names: readonly string[], behaviour: ImageBehaviour = image()): void {
    for (const name of names) {
      const node = this.nodes[this.pods.size % this.nodes.length]!;
      const processId = this.processes.start({
        podUid: `uid-${name}`,
        podName: name,
        namespace: "default",
        address: `address-of-${name}`,
        node,
        hostNetwork: false,
        container: "web",
        image: behaviour,
        main: true,
        ports: { own: [], others: [] },
        owner: this.name,
      });
      this.pods.set(name, { processId, node, ready: true, terminating: false });
      this.members.push(name);
    }
    this.writeSlice();
  }

  /** Changes the conditions of endpoints. */
  mark(
    names: readonly string[],
    conditions: Partial<Pick<PlayedPod, "ready" | "terminating">>,
  ): void {
    for (const name of names) Object.assign(this.pods.get(name)!, conditions);
    this.writeSlice();
  }

  /** Makes these pods, and no others, the endpoints: a change of the Service's selector. */
  select(names: readonly string[]): void {
    this.members = [...names];
    this.writeSlice();
  }

  stop(name: string): void {
    this.processes.signal(this.pods.get(name)!.processId, "STOPSIGNAL");
  }

  kill(name: string): void {
    this.processes.signal(this.pods.get(name)!.processId, "SIGKILL");
  }

  /**
   * Deletes a pod: the endpoint terminates at once, the stop signal follows after `preStopMs`, SIGKILL after `killMs` and the end of the
   * network after `goneMs`, all counted from the deletion.
   */
  delete(name: string, times: { preStopMs?: number; killMs?: number; goneMs?: number }): void {
    const { now } = this.kernel;
    this.mark([name], { terminating: true });
    const { preStopMs = 0, killMs, goneMs } = times;
    if (preStopMs === 0) this.stop(name);
    else this.at(now + preStopMs, () => this.stop(name));
    if (killMs !== undefined) this.at(now + killMs, () => this.kill(name));
    if (goneMs !== undefined) {
      this.at(now + goneMs, () => this.processes.tearDownNetwork(`uid-${name}`));
    }
  }

  /** Runs to the end and returns all requests. */
  finish(untilMs = 100_000): RequestRecord[] {
    this.kernel.runUntil(untilMs);
    return [...this.requests, ...this.clients.inFlight()];
  }

  private writeSlice(): void {
    const slice = this.api.get("endpointslices", "default", "web-x");
    const endpoints = this.members.map((name, i): Endpoint => {
      const { ready, terminating, node } = this.pods.get(name)!;
      return {
        addresses: [`10.244.0.${i + 1}`],
        conditions: { ready: ready && !terminating, serving: ready, terminating },
        nodeName: node,
        targetRef: { kind: "Pod", namespace: "default", name, uid: `uid-${name}` },
      };
    });
    this.api.update("endpointslices", { ...slice, endpoints });
  }
}

/** How many requests came to each end: `502 connection-refused` and the like, and `200`. */
export function tally(requests: readonly RequestRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome, cause } of requests) {
    const key = cause === undefined ? outcome : `${outcome} ${cause}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
