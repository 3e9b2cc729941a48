/* Metrics of an analysis (argo-rollouts utils/analysis ValidateMetric, v1alpha1 Metric.EffectiveCount). */
import type { IntOrString, Metric } from "../../../api/types.ts";
import { durationMs } from "../duration.ts";

/** A number that may be written as text. */
export function intOf(value: IntOrString | undefined, otherwise = 0): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  return Number.isFinite(number) ? Math.trunc(number) : otherwise;
}

/** How many measurements there are to be: one without an interval, without end with one alone. */
export function effectiveCount({ count, interval }: Metric): number | undefined {
  if (intOf(count) === 0) return interval === undefined || interval === "" ? 1 : undefined;
  return intOf(count);
}

/** What is wrong with a metric; undefined: nothing. */
export function metricProblem(metric: Metric): string | undefined {
  const { interval = "", initialDelay = "", provider } = metric;
  const [count, failures, inconclusive] = [
    intOf(metric.count),
    intOf(metric.failureLimit),
    intOf(metric.inconclusiveLimit),
  ];
  if (count > 0 && count < failures) return "count must be >= failureLimit";
  if (count > 0 && count < inconclusive) return "count must be >= inconclusiveLimit";
  if (count > 1 && interval === "") return "interval must be specified when count > 1";
  if (interval !== "" && durationMs(interval) === undefined) {
    return `invalid interval string: time: invalid duration "${interval}"`;
  }
  if (initialDelay !== "" && durationMs(initialDelay) === undefined) {
    return `invalid startDelay string: time: invalid duration "${initialDelay}"`;
  }
  if (failures < 0) return "failureLimit must be >= 0";
  if (inconclusive < 0) return "inconclusiveLimit must be >= 0";
  if (intOf(metric.consecutiveErrorLimit) < 0) return "consecutiveErrorLimit must be >= 0";
  const providers = Object.values(provider ?? {}).filter((one) => one !== undefined);
  if (providers.length === 0) return "no provider specified";
  return providers.length > 1 ? "multiple providers specified" : undefined;
}

/** What is wrong with the metrics of a run (ValidateMetrics). */
export function metricsProblem(metrics: readonly Metric[]): string | undefined {
  if (metrics.length === 0) return "no metrics specified";
  for (const [i, metric] of metrics.entries()) {
    if (metrics.findIndex(({ name }) => name === metric.name) < i) {
      return `metrics[${i}]: duplicate name '${metric.name}`;
    }
    const problem = metricProblem(metric);
    if (problem !== undefined) return `metrics[${i}]: ${problem}`;
  }
  return undefined;
}
