import { millisecondsOf } from "../../api/time.ts";
import type { CrossVersionObjectReference, Pod } from "../../api/types.ts";
import type { MetricSource } from "../../scenario.ts";
import { isPodReady } from "../pod-status.ts";
import { MetricError, type PodMetric, type PodMetrics } from "./replica-calculator.ts";

/** metrics-server scrapes all kubelets every 15 seconds (--metric-resolution); a sample stands for the time between two scrapes. */
const RESOLUTION_MS = 15_000;

/** Who is asked about: the target of an autoscaler. */
export interface Target {
  readonly namespace: string;
  readonly ref: CrossVersionObjectReference;
}

/**
 * What the metrics APIs answer, by the series that the scenario gives. Without any series it is a cluster that nobody has installed
 * metrics-server in. Simplified: all pods of a target use the same; the first container of a pod uses all that the pod does.
 */
export class MetricsClient {
  private readonly sources: readonly MetricSource[];

  constructor(sources: readonly MetricSource[]) {
    this.sources = sources;
  }

  /** Samples of a resource of the pods (metrics.k8s.io; rest_metrics_client.go GetResourceMetric). */
  ofResource(resource: string, target: Target, pods: readonly Pod[], nowMs: number): PodMetrics {
    const known = this.sources.some(({ metric }) => metric === "cpu" || metric === "memory");
    const problem = `unable to get metrics for resource ${resource}: `;
    if (!known) {
      throw new MetricError(
        `${problem}unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)`,
      );
    }
    const metrics = this.samples(resource, target, pods, nowMs);
    if (metrics.size === 0) {
      throw new MetricError(`${problem}no metrics returned from resource metrics API`);
    }
    return metrics;
  }

  /** Samples of a metric that the pods give themselves (custom.metrics.k8s.io; GetRawMetric). */
  ofPods(metric: string, target: Target, pods: readonly Pod[], nowMs: number): PodMetrics {
    const metrics = this.samples(metric, target, pods, nowMs);
    if (metrics.size > 0) return metrics;
    throw new MetricError(
      this.sourceOf(metric, target) === undefined
        ? `unable to get metric ${metric}: unable to fetch metrics from custom metrics API: the server could not find the metric ${metric} for pods`
        : `unable to get metric ${metric}: no metrics returned from custom metrics API`,
    );
  }

  /** The value of something that is no pod's own, in milli units; undefined: nobody measures it. */
  valueOf(metric: string, target: Target, nowMs: number): number | undefined {
    const source = this.sourceOf(metric, target);
    return source === undefined ? undefined : valueAt(source, nowMs);
  }

  /** Samples of any metric of the pods, by name; empty where none has been taken. */
  samples(
    metric: string,
    target: Target,
    pods: readonly Pod[],
    nowMs: number,
  ): Map<string, PodMetric> {
    const source = this.sourceOf(metric, target);
    const atMs = Math.floor(nowMs / RESOLUTION_MS) * RESOLUTION_MS;
    const value = source === undefined ? undefined : valueAt(source, atMs);
    const samples = new Map<string, PodMetric>();
    if (source === undefined || value === undefined) return samples;
    const ready = pods.filter(isPodReady).length;
    for (const pod of pods) {
      const startedMs = millisecondsOf(pod.status.startTime);
      if (pod.status.phase !== "Running" || startedMs + RESOLUTION_MS > atMs) continue;
      const share = isPodReady(pod) ? Math.floor(value / ready) : 0;
      const milli = source.per === "pod" ? value : share;
      samples.set(pod.metadata.name, { milli, atMs, windowMs: RESOLUTION_MS });
    }
    return samples;
  }

  private sourceOf(metric: string, { namespace, ref }: Target): MetricSource | undefined {
    return this.sources.find(
      ({ target, metric: name }) =>
        name === metric &&
        target.kind === ref.kind &&
        target.name === ref.name &&
        target.namespace === namespace,
    );
  }
}

/** The latest point of the series; undefined before the first. */
function valueAt({ points }: MetricSource, nowMs: number): number | undefined {
  return points.findLast(({ atMs }) => atMs <= nowMs)?.milli;
}
