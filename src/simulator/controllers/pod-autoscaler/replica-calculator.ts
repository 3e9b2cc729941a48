import { millisecondsOf } from "../../api/time.ts";
import type { Pod } from "../../api/types.ts";
import { readyCondition } from "../pod-status.ts";

/** How far usage may be from its target without any scaling (--horizontal-pod-autoscaler-tolerance). */
const TOLERANCE = 0.1;
/** In this time after a pod's start its samples count only while it is ready (--horizontal-pod-autoscaler-cpu-initialization-period). */
const CPU_INITIALIZATION_MS = 300_000;
/** A pod that was last unready so soon after its start counts as never ready (--horizontal-pod-autoscaler-initial-readiness-delay). */
const INITIAL_READINESS_MS = 30_000;

/** A sample of one pod. */
export interface PodMetric {
  /** Milli units: a thousandth of a core, of a byte, of a request a second. */
  readonly milli: number;
  /** When it was taken, and the time before that it stands for, in virtual milliseconds. */
  readonly atMs: number;
  readonly windowMs: number;
}

/** Samples by name of the pod. */
export type PodMetrics = ReadonlyMap<string, PodMetric>;

/** What a metric proposes. */
export interface Proposal {
  readonly replicas: number;
  /** Percent of the request, or milli units a pod. */
  readonly usage: number;
  /** Milli units a pod; the same as `usage` where that is no percentage. */
  readonly rawMilli: number;
}

/** Why no replica count can be worked out. */
export class MetricError extends Error {}

interface Groups {
  readonly ready: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  readonly ignored: readonly string[];
}

/** Which pods count (replica_calculator.go groupPods). */
function groupPods(
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string,
  nowMs: number,
): Groups {
  let ready = 0;
  const unready: string[] = [];
  const missing: string[] = [];
  const ignored: string[] = [];
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    const metric = metrics.get(name);
    if (deletionTimestamp !== undefined || pod.status.phase === "Failed") ignored.push(name);
    else if (pod.status.phase === "Pending") unready.push(name);
    else if (metric === undefined) missing.push(name);
    else if (resource === "cpu" && isUnready(pod, metric, nowMs)) unready.push(name);
    else ready += 1;
  }
  return { ready, unready, missing, ignored };
}

/** A pod that starts uses more CPU than it will: its samples do not count until it has been ready for a whole window. */
function isUnready(pod: Pod, metric: PodMetric, nowMs: number): boolean {
  const condition = readyCondition(pod);
  if (condition === undefined || pod.status.startTime === undefined) return true;
  const startedMs = millisecondsOf(pod.status.startTime);
  const changedMs = millisecondsOf(condition.lastTransitionTime);
  const isFalse = condition.status === "False";
  if (startedMs + CPU_INITIALIZATION_MS > nowMs) {
    return isFalse || metric.atMs < changedMs + metric.windowMs;
  }
  return isFalse && startedMs + INITIAL_READINESS_MS > changedMs;
}

/** By percent of what the pods request (GetResourceReplicas). `requests`: milli units by name of the pod. */
export function byUtilization(
  current: number,
  targetPercent: number,
  pods: readonly Pod[],
  metrics: PodMetrics,
  requests: ReadonlyMap<string, number>,
  resource: string,
  nowMs: number,
): Proposal {
  const usageOf = (samples: ReadonlyMap<string, number>) => {
    let [used, requested, count] = [0, 0, 0];
    for (const [name, milli] of samples) {
      const request = requests.get(name);
      if (request === undefined) continue;
      used += milli;
      requested += request;
      count += 1;
    }
    if (requested === 0) throw new MetricError("no metrics returned matched known pods");
    const percent = Math.floor((used * 100) / requested);
    return { ratio: percent / targetPercent, usage: percent, rawMilli: Math.floor(used / count) };
  };
  const fullyUsed = (name: string) =>
    Math.floor(((requests.get(name) ?? 0) * Math.max(100, targetPercent)) / 100);
  return propose(current, pods, metrics, resource, nowMs, usageOf, fullyUsed, true);
}

/** By milli units a pod (calcPlainMetricReplicas). */
export function byAverageValue(
  current: number,
  targetMilli: number,
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string,
  nowMs: number,
): Proposal {
  const usageOf = (samples: ReadonlyMap<string, number>) => {
    let used = 0;
    for (const milli of samples.values()) used += milli;
    const average = Math.floor(used / samples.size);
    return { ratio: average / targetMilli, usage: average, rawMilli: average };
  };
  return propose(current, pods, metrics, resource, nowMs, usageOf, () => targetMilli, false);
}

/** By the value of something that is no pod's own (getUsageRatioReplicaCount). */
export function byValue(
  current: number,
  targetMilli: number,
  valueMilli: number,
  pods: readonly Pod[],
): Proposal {
  const ratio = valueMilli / targetMilli;
  const proposal = { usage: valueMilli, rawMilli: valueMilli };
  if (current === 0) return { ...proposal, replicas: Math.ceil(ratio) };
  if (isWithin(ratio)) return { ...proposal, replicas: current };
  if (pods.length === 0) {
    throw new MetricError(
      "unable to calculate ready pods: no pods returned by selector while calculating replica count",
    );
  }
  const ready = pods.filter(
    (pod) => pod.status.phase === "Running" && readyCondition(pod)?.status === "True",
  );
  return { ...proposal, replicas: Math.ceil(ratio * ready.length) };
}

/** By the value of something that is no pod's own, shared between the pods (GetObjectPerPodMetricReplicas). */
export function byShareOfValue(
  statusReplicas: number,
  targetMilli: number,
  valueMilli: number,
): Proposal {
  const ratio = valueMilli / (targetMilli * statusReplicas);
  const replicas = isWithin(ratio) ? statusReplicas : Math.ceil(valueMilli / targetMilli);
  const usage = statusReplicas === 0 ? 0 : Math.ceil(valueMilli / statusReplicas);
  return { replicas, usage, rawMilli: usage };
}

/**
 * The common course: pods without a sample are taken to use all when there are too many pods, and nothing when there are too few, as are
 * those that are not ready then; if that turns the direction round, nothing is done.
 */
function propose(
  current: number,
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string,
  nowMs: number,
  usageOf: (samples: ReadonlyMap<string, number>) => {
    readonly ratio: number;
    readonly usage: number;
    readonly rawMilli: number;
  },
  fullyUsed: (pod: string) => number,
  keepsDirection: boolean,
): Proposal {
  if (pods.length === 0) {
    throw new MetricError("no pods returned by selector while calculating replica count");
  }
  const groups = groupPods(pods, metrics, resource, nowMs);
  const left = new Set([...groups.ignored, ...groups.unready]);
  const samples = new Map<string, number>();
  for (const [name, { milli }] of metrics) if (!left.has(name)) samples.set(name, milli);
  if (samples.size === 0)
    throw new MetricError("did not receive metrics for targeted pods (pods might be unready)");
  const { ratio, usage, rawMilli } = usageOf(samples);
  const stay: Proposal = { replicas: current, usage, rawMilli };
  const countsUnready = groups.unready.length > 0 && ratio > 1;
  if (!countsUnready && groups.missing.length === 0) {
    return isWithin(ratio) ? stay : { ...stay, replicas: Math.ceil(ratio * groups.ready) };
  }
  for (const name of groups.missing) {
    if (ratio < 1) samples.set(name, fullyUsed(name));
    else if (ratio > 1 || !keepsDirection) samples.set(name, 0);
  }
  if (countsUnready) for (const name of groups.unready) samples.set(name, 0);
  const next = usageOf(samples).ratio;
  const turned = (ratio < 1 && next > 1) || (ratio > 1 && next < 1);
  if (isWithin(next) || turned) return stay;
  const replicas = Math.ceil(next * samples.size);
  if ((next < 1 && replicas > current) || (next > 1 && replicas < current)) return stay;
  return { ...stay, replicas };
}

function isWithin(ratio: number): boolean {
  return Math.abs(1 - ratio) <= TOLERANCE;
}
