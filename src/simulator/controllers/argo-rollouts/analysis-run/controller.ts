import { EventRecorder } from "../../../api/event-recorder.ts";
import { deepEqual, type WatchEvent } from "../../../api/server.ts";
import { timestamp } from "../../../api/time.ts";
import type {
  AnalysisPhase,
  AnalysisRun,
  AnalysisRunStatus,
  Metric,
  MetricResult,
} from "../../../api/types.ts";
import type { Spread } from "../../../kernel/random.ts";
import type { Controller, ControllerContext } from "../../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../../work-queue.ts";
import {
  assessMetrics,
  assessRun,
  nextMeasurementMs,
  resultOf,
  withMeasurement,
} from "./assess.ts";
import { measure, resolveMetric } from "./measure.ts";
import { metricsProblem } from "./metric-rules.ts";
import { isPhaseOver } from "./phases.ts";
import { NO_REQUESTS, type RequestLog } from "./requests.ts";
import { samplesOf } from "./samples.ts";
import type { Sample } from "./series.ts";
import { ExpressionError } from "./tokens.ts";

const NAME = "analysis-controller";
const UPSTREAM = "argo-rollouts analysis/analysis.go";
/** --analysis-threads */
const WORKERS = 30;
/** Simplified: as the Rollout controller's. */
const SYNC_DELAY: Spread = { min: 5, median: 15, max: 60 };

interface State {
  queue: WorkQueueState;
}

/** Measures what AnalysisRuns ask for, until they have ended (argo-rollouts analysis/controller.go). */
class AnalysisRunController implements Controller {
  readonly name = NAME;
  readonly resources = ["analysisruns"] as const;
  state: State = { queue: WorkQueue.emptyState() };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
  };
  private readonly context: ControllerContext;
  private readonly requests: RequestLog;
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, requests: RequestLog) {
    this.context = context;
    this.requests = requests;
    this.events = new EventRecorder(context.kernel, context.api, "rollouts-controller/analysis");
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange({ type, key }: WatchEvent): void {
    if (type !== "DELETED") this.queue.add(key);
  }

  private sync(key: string): void {
    const [namespace = "", name = ""] = key.split("/");
    const run = this.context.api.find("analysisruns", namespace, name);
    if (run !== undefined && !isPhaseOver(run.status.phase)) this.reconcile(key, run);
    this.queue.succeeded(key);
  }

  /** reconcileAnalysisRun */
  private reconcile(key: string, run: AnalysisRun): void {
    const { now } = this.context.kernel;
    let metrics: Metric[];
    try {
      metrics = run.spec.metrics.map((metric) => resolveMetric(metric, run.spec.args ?? []));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.end(run, `Unable to resolve metric arguments: ${error.message}`);
      return;
    }
    const problem = metricsProblem(metrics);
    if (problem !== undefined) {
      this.end(run, `Analysis spec invalid: ${problem}`);
      return;
    }
    const measured = this.takeMeasurements(run, metrics);
    const { results, ended } = assessMetrics(measured, metrics);
    for (const result of ended) this.tellMetric(run, result);
    const assessed = { ...measured, status: { ...measured.status, metricResults: results } };
    const { phase, ...others } = assessRun(assessed, metrics);
    const isOver = isPhaseOver(phase);
    const status: AnalysisRunStatus = {
      ...assessed.status,
      ...others,
      startedAt: run.status.startedAt ?? timestamp(now),
      phase: phase!,
      ...(isOver ? { completedAt: timestamp(now) } : {}),
    };
    const written = this.write(run, status);
    if (isOver) {
      this.tellCompletion(written, phase!);
      return;
    }
    const next = metrics
      .map((metric) => nextMeasurementMs(written, metric, now))
      .filter((at) => at !== undefined);
    // Upstream asks whether the interval is over, which it is a moment later.
    if (next.length > 0) this.queue.addAfter(key, Math.max(0, Math.min(...next) - now) + 1);
  }

  /** runMeasurements: those that are due. */
  private takeMeasurements(run: AnalysisRun, metrics: readonly Metric[]): AnalysisRun {
    const { now } = this.context.kernel;
    let samples: Sample[] | undefined;
    let next = run;
    for (const metric of metrics) {
      const dueMs = nextMeasurementMs(run, metric, now);
      if (dueMs === undefined || dueMs > now) continue;
      samples ??= this.samples();
      const measurement = measure(metric, samples, now);
      this.context.decisions.decide({
        actor: NAME,
        object: `analysisrun/${run.metadata.name}`,
        code: "analysis.measure",
        values: {
          metric: metric.name,
          value: measurement.value ?? measurement.message ?? "",
          phase: measurement.phase,
          condition: metric.successCondition ?? metric.failureCondition ?? "",
        },
        upstream: `${UPSTREAM} runMeasurements`,
      });
      const result = withMeasurement(
        resultOf(run, metric.name),
        metric,
        measurement,
        isDryRun(run, metric.name),
      );
      const others = (next.status.metricResults ?? []).filter(({ name }) => name !== metric.name);
      next = { ...next, status: { ...next.status, metricResults: [...others, result] } };
    }
    return next;
  }

  private samples(): Sample[] {
    const { informers } = this.context;
    return samplesOf({
      requests: this.requests,
      pods: informers.of("pods").list(),
      services: informers.of("services").list(),
    });
  }

  private tellMetric(run: AnalysisRun, { name, phase }: MetricResult): void {
    const type = isBad(phase) ? "Warning" : "Normal";
    const message = `Metric '${name}' Completed. Result: ${phase}`;
    this.events.event(run, type, `Metric${phase}`, message);
  }

  private tellCompletion(run: AnalysisRun, phase: AnalysisPhase): void {
    const type = isBad(phase) ? "Warning" : "Normal";
    const message = `Analysis Completed. Result: ${phase}`;
    this.events.event(run, type, `AnalysisRun${phase}`, message);
  }

  private end(run: AnalysisRun, message: string): void {
    const now = timestamp(this.context.kernel.now);
    const times = { startedAt: run.status.startedAt ?? now, completedAt: now };
    const written = this.write(run, { ...run.status, ...times, phase: "Error", message });
    this.tellCompletion(written, "Error");
  }

  private write(run: AnalysisRun, status: AnalysisRunStatus): AnalysisRun {
    if (deepEqual(status, run.status)) return run;
    const metadata = { ...run.metadata, resourceVersion: "" };
    return this.context.api.updateStatus("analysisruns", { ...run, metadata, status });
  }
}

function isDryRun({ spec }: AnalysisRun, metric: string): boolean {
  return (spec.dryRun ?? []).some(({ metricName }) => new RegExp(metricName).test(metric));
}

function isBad(phase: AnalysisPhase): boolean {
  return phase === "Failed" || phase === "Error";
}

/** The registration of the controller. */
export function analysisRunController(
  requests: RequestLog = NO_REQUESTS,
): (context: ControllerContext) => Controller {
  return (context) => new AnalysisRunController(context, requests);
}
