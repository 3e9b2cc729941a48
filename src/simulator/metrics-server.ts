import type { ApiServer } from "./api/server.ts";
import { millisecondsOf } from "./api/time.ts";
import type { Pod } from "./api/types.ts";
import { controllerOf } from "./controllers/informer.ts";
import { MetricsClient } from "./controllers/pod-autoscaler/metrics-client.ts";
import type { AnsweredRequests } from "./node-access.ts";
import type { MetricSource } from "./scenario.ts";

/** What a container or node uses: thousandths of a core, and bytes. */
export interface Usage {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** What one pod uses, container by container. */
export interface PodUsage {
  readonly namespace: string;
  readonly pod: string;
  readonly containers: readonly (Usage & { readonly name: string })[];
}

/** What is behind the metrics API (metrics.k8s.io), as far as `kubectl top` asks it. */
export interface Metrics {
  /** Pods that a sample has been taken of. */
  pods(): readonly PodUsage[];
  nodes(): readonly (Usage & { readonly node: string })[];
}

/** metrics-server scrapes every 15 seconds (--metric-resolution). */
const RESOLUTION_MS = 15_000;

const MIB = 1_048_576;
const IDLE: Usage = { cpuMilli: 1, memoryBytes: 24 * MIB };
const SIDECAR: Usage = { cpuMilli: 1, memoryBytes: 8 * MIB };
/** Time of a core that a request costs. */
const REQUEST_CPU_MS = 2;
/** What kubelet, runtime and the node's own programs use. */
const SYSTEM: Usage = { cpuMilli: 60, memoryBytes: 600 * MIB };

/**
 * metrics-server, where the scenario has one: where it gives a series of cpu or memory. Simplified: what no series tells is taken to be a
 * thousandth of a core and 24 MiB, and 2 ms of a core for each request; a node uses 60 thousandths and 600 MiB beside its pods.
 */
export class MetricsServer implements Metrics {
  private readonly client: MetricsClient;
  private readonly needs: {
    readonly api: ApiServer;
    readonly sources: readonly MetricSource[];
    readonly requests: AnsweredRequests;
    now(): number;
  };

  constructor(needs: MetricsServer["needs"]) {
    this.needs = needs;
    this.client = new MetricsClient(needs.sources);
  }

  /** Whether a scenario with those series has it. */
  static isIn(sources: readonly MetricSource[]): boolean {
    return sources.some(({ metric }) => metric === "cpu" || metric === "memory");
  }

  pods(): PodUsage[] {
    const atMs = this.sampledMs();
    const running = this.needs.api
      .list("pods")
      .filter(
        ({ status }) =>
          status.phase === "Running" && millisecondsOf(status.startTime) + RESOLUTION_MS <= atMs,
      );
    const cpu = this.series("cpu", running);
    const memory = this.series("memory", running);
    const busy = this.requestsByPod(atMs);
    return running.map((pod) => {
      const { namespace = "default", name } = pod.metadata;
      const key = `${namespace}/${name}`;
      const requestsMilli = ((busy.get(key) ?? 0) * REQUEST_CPU_MS * 1000) / RESOLUTION_MS;
      const main: Usage = {
        cpuMilli: cpu.get(key) ?? Math.ceil(IDLE.cpuMilli + requestsMilli),
        memoryBytes: Math.floor((memory.get(key) ?? IDLE.memoryBytes * 1000) / 1000),
      };
      const containers = pod.spec.containers.map(({ name: container }, i) => ({
        name: container,
        ...(i === 0 ? main : SIDECAR),
      }));
      return { namespace, pod: name, containers };
    });
  }

  nodes(): (Usage & { readonly node: string })[] {
    const { api } = this.needs;
    const placed = new Map(
      api
        .list("pods")
        .map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec.nodeName]),
    );
    const all = this.pods();
    return api.list("nodes").map(({ metadata: { name: node } }) => {
      const own = all.filter(({ namespace, pod }) => placed.get(`${namespace}/${pod}`) === node);
      return { node, ...totalUsage([SYSTEM, ...own.flatMap(({ containers }) => containers)]) };
    });
  }

  private sampledMs(): number {
    return Math.floor(this.needs.now() / RESOLUTION_MS) * RESOLUTION_MS;
  }

  /** By namespace and name of the pod, in milli units. */
  private series(metric: "cpu" | "memory", pods: readonly Pod[]): Map<string, number> {
    const found = new Map<string, number>();
    for (const { target, metric: name } of this.needs.sources) {
      if (name !== metric) continue;
      const own = pods.filter((pod) => this.belongsTo(pod, target));
      const { namespace, kind, name: workload } = target;
      const ref = { kind, name: workload, apiVersion: "" };
      const samples = this.client.samples(metric, { namespace, ref }, own, this.needs.now());
      for (const [pod, { milli }] of samples) found.set(`${namespace}/${pod}`, milli);
    }
    return found;
  }

  /** Whether a pod is of that workload, by its owners. */
  private belongsTo(pod: Pod, target: MetricSource["target"]): boolean {
    if ((pod.metadata.namespace ?? "default") !== target.namespace) return false;
    const owner = controllerOf(pod);
    if (owner === undefined) return false;
    const isTarget = (one: { readonly kind: string; readonly name: string }) =>
      one.kind === target.kind && one.name === target.name;
    if (isTarget(owner)) return true;
    const replicaSet =
      owner.kind === "ReplicaSet"
        ? this.needs.api.find("replicasets", target.namespace, owner.name)
        : undefined;
    const above = replicaSet === undefined ? undefined : controllerOf(replicaSet);
    return above !== undefined && isTarget(above);
  }

  private requestsByPod(atMs: number): Map<string, number> {
    const counts = new Map<string, number>();
    const { requests } = this.needs;
    for (const { pod, source, doneMs, version } of requests.finished()) {
      if (pod === undefined || version === undefined) continue;
      if (doneMs <= atMs - RESOLUTION_MS || doneMs > atMs) continue;
      const key = `${requests.namespaceOf(source)}/${pod}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}

/** The sum of usages. */
export function totalUsage(usages: readonly Usage[]): Usage {
  return {
    cpuMilli: usages.reduce((sum, { cpuMilli }) => sum + cpuMilli, 0),
    memoryBytes: usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}
