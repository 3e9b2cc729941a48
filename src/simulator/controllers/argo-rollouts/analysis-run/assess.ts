/* What measurements come to (argo-rollouts analysis/analysis.go). Pure. */
import { parseTimestamp } from "../../../api/time.ts";
import type {
  AnalysisPhase,
  AnalysisRun,
  AnalysisRunStatus,
  Measurement,
  Metric,
  MetricResult,
  RunSummaryCounts,
} from "../../../api/types.ts";
import { durationMs } from "../duration.ts";
import { effectiveCount, intOf } from "./metric-rules.ts";
import { isPhaseOver, isWorse } from "./phases.ts";

/** Interval of a further try after an error (DefaultErrorRetryInterval). */
const ERROR_RETRY_MS = 10_000;
/** Measurements that are kept of a metric (DefaultMeasurementHistoryLimit). */
const HISTORY = 10;
/** Errors in a row that are put up with (utils/defaults DefaultConsecutiveErrorLimit). */
const CONSECUTIVE_ERRORS = 4;

/** The result of a metric so far. */
export function resultOf(run: AnalysisRun, metric: string): MetricResult | undefined {
  return run.status.metricResults?.find(({ name }) => name === metric);
}

/** Is the run to end: because it was told to, or because a metric has failed (utils/analysis IsTerminating)? */
function isTerminating({ spec, status }: AnalysisRun): boolean {
  if (spec.terminate === true) return true;
  return (status.metricResults ?? []).some(
    ({ dryRun, phase }) => dryRun !== true && isPhaseOver(phase) && phase !== "Successful",
  );
}

/** When the metric is to be measured next; undefined: not any more (generateMetricTasks, calculateNextReconcileTime). */
export function nextMeasurementMs(
  run: AnalysisRun,
  metric: Metric,
  nowMs: number,
): number | undefined {
  const result = resultOf(run, metric.name);
  if (isPhaseOver(result?.phase) || isTerminating(run)) return undefined;
  const last = result?.measurements?.at(-1);
  if (last === undefined) {
    const delay = durationMs(metric.initialDelay ?? "0") ?? 0;
    const { startedAt } = run.status;
    if (delay === 0) return nowMs;
    return (startedAt === undefined ? nowMs : parseTimestamp(startedAt)) + delay;
  }
  const count = effectiveCount(metric);
  if (count !== undefined && (result?.count ?? 0) >= count) return undefined;
  const interval =
    last.phase === "Error" ? ERROR_RETRY_MS : (durationMs(metric.interval ?? "") ?? ERROR_RETRY_MS);
  return parseTimestamp(last.finishedAt ?? "") + interval;
}

/** The result with one more measurement (runMeasurements). */
export function withMeasurement(
  before: MetricResult | undefined,
  metric: Metric,
  measurement: Measurement,
  dryRun: boolean,
): MetricResult {
  const result: MetricResult = before ?? {
    name: metric.name,
    phase: "Running",
    ...(dryRun ? { dryRun } : {}),
    metadata: { ResolvedPrometheusQuery: metric.provider.prometheus?.query ?? "" },
  };
  const plus = (key: "successful" | "failed" | "inconclusive" | "error") => ({
    [key]: (result[key] ?? 0) + 1,
  });
  const { phase } = measurement;
  const counted =
    phase === "Error"
      ? { ...plus("error"), consecutiveError: (result.consecutiveError ?? 0) + 1 }
      : {
          ...plus(phase.toLowerCase() as "successful" | "failed" | "inconclusive"),
          count: (result.count ?? 0) + 1,
          consecutiveError: 0,
        };
  const measurements = [...(result.measurements ?? []), measurement].slice(-HISTORY);
  return { ...result, ...counted, measurements };
}

/** Why a metric has gone wrong, in upstream's words (assessMetricFailureInconclusiveOrError). */
function trouble(
  metric: Metric,
  result: MetricResult,
): { phase: AnalysisPhase; message: string } | undefined {
  const errors = intOf(metric.consecutiveErrorLimit, CONSECUTIVE_ERRORS);
  const { consecutiveError = 0, inconclusive = 0, failed = 0 } = result;
  if (consecutiveError > errors) {
    const message = `consecutiveErrors (${consecutiveError}) > consecutiveErrorLimit (${errors})`;
    return { phase: "Error", message };
  }
  const inconclusiveLimit = intOf(metric.inconclusiveLimit);
  if (inconclusive > inconclusiveLimit) {
    const message = `inconclusive (${inconclusive}) > inconclusiveLimit (${inconclusiveLimit})`;
    return { phase: "Inconclusive", message };
  }
  const failureLimit = intOf(metric.failureLimit);
  if (failed > failureLimit) {
    return { phase: "Failed", message: `failed (${failed}) > failureLimit (${failureLimit})` };
  }
  return undefined;
}

/** Phase of a metric by its measurements (assessMetricStatus). */
function metricPhase(metric: Metric, result: MetricResult, terminating: boolean): AnalysisPhase {
  if (isPhaseOver(result.phase)) return result.phase;
  if ((result.measurements ?? []).length === 0) return terminating ? "Successful" : "Pending";
  const wrong = trouble(metric, result);
  if (wrong !== undefined) return wrong.phase;
  const count = effectiveCount(metric);
  if (count !== undefined && (result.count ?? 0) >= count) return "Successful";
  return terminating ? "Successful" : "Running";
}

/** The results with their phases, and what has ended. */
export function assessMetrics(
  run: AnalysisRun,
  metrics: readonly Metric[],
): { results: MetricResult[]; ended: MetricResult[] } {
  const terminating = isTerminating(run);
  const ended: MetricResult[] = [];
  const results = (run.status.metricResults ?? []).map((result) => {
    const metric = metrics.find(({ name }) => name === result.name);
    if (metric === undefined) return result;
    const phase = metricPhase(metric, result, terminating);
    if (phase === result.phase) return result;
    const message = result.measurements?.at(-1)?.message;
    const next = { ...result, phase, ...(message === undefined ? {} : { message }) };
    if (isPhaseOver(phase)) ended.push(next);
    return next;
  });
  return { results, ended };
}

/** Phase and message of the run, and its counts (assessRunStatus). The worst metric decides, dry runs aside. */
export function assessRun(
  run: AnalysisRun,
  metrics: readonly Metric[],
): Pick<AnalysisRunStatus, "phase" | "message" | "runSummary" | "dryRunSummary"> {
  const terminating = isTerminating(run);
  let message = run.spec.terminate === true ? "Run Terminated" : "";
  let worst: AnalysisPhase | undefined;
  let allOver = true;
  const [summary, dry] = [new Summary(), new Summary()];
  for (const metric of metrics) {
    const result = resultOf(run, metric.name);
    const counts = result?.dryRun === true ? dry : summary;
    counts.add("count");
    if (result === undefined || !isPhaseOver(result.phase)) {
      allOver = false;
      continue;
    }
    const wrong = trouble(metric, result);
    counts.add((wrong?.phase ?? "Successful").toLowerCase() as keyof RunSummaryCounts);
    if (result.dryRun === true) worst ??= "Successful";
    else if (worst === undefined || isWorse(worst, result.phase)) {
      worst = result.phase;
      if (wrong !== undefined) {
        message = `Metric "${metric.name}" assessed ${result.phase} due to ${wrong.message}`;
        if (result.message) message += `: "Error Message: ${result.message}"`;
      }
    }
  }
  const summaries = { runSummary: summary.counts, dryRunSummary: dry.counts };
  if (terminating) return { phase: worst ?? "Successful", message, ...summaries };
  if (!allOver || worst === undefined) return { phase: "Running", ...summaries };
  return { phase: worst, ...(message === "" ? {} : { message }), ...summaries };
}

class Summary {
  readonly counts: { -readonly [K in keyof RunSummaryCounts]: number } = {};

  add(key: keyof RunSummaryCounts): void {
    this.counts[key] = (this.counts[key] ?? 0) + 1;
  }
}
