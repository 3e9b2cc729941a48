/* Taking a measurement (argo-rollouts metricproviders/prometheus, utils/evaluate). */
import { timestamp } from "../../../api/time.ts";
import type { AnalysisArgument, AnalysisPhase, Measurement, Metric } from "../../../api/types.ts";
import { holds } from "./condition.ts";
import { answer } from "./query.ts";
import type { Sample } from "./series.ts";
import { ExpressionError } from "./tokens.ts";

/** A metric with the arguments filled in, or an ExpressionError (utils/analysis ResolveMetricArgs). */
export function resolveMetric(metric: Metric, args: readonly AnalysisArgument[]): Metric {
  return JSON.parse(
    JSON.stringify(metric).replace(/\{\{\s*args\.([\w-]+)\s*\}\}/g, (_, name: string) => {
      const arg = args.find((one) => one.name === name);
      if (arg?.value === undefined) {
        throw new ExpressionError(`failed to resolve {{args.${name}}}`);
      }
      return JSON.stringify(arg.value).slice(1, -1);
    }),
  ) as Metric;
}

/** Asks the metric's query now. It never throws: what goes wrong is an Error of the measurement. */
export function measure(metric: Metric, samples: readonly Sample[], nowMs: number): Measurement {
  const now = timestamp(nowMs);
  const times = { startedAt: now, finishedAt: now };
  try {
    const { prometheus, ...others } = metric.provider;
    if (prometheus === undefined) {
      const [name = ""] = Object.keys(others);
      throw new ExpressionError(
        `provider ${name} is not simulated: known is prometheus, which is asked about the requests of this run`,
      );
    }
    const values = answer(prometheus.query ?? "", samples, nowMs);
    return { phase: evaluate(metric, values), value: `[${values.join(",")}]`, ...times };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { phase: "Error", message: error.message, ...times };
  }
}

/** What the conditions say of a result (EvaluateResult). */
function evaluate(
  { successCondition = "", failureCondition = "" }: Metric,
  result: readonly number[],
): AnalysisPhase {
  const isSuccess = successCondition !== "" && holds(successCondition, result);
  const isFailure = failureCondition !== "" && holds(failureCondition, result);
  if (successCondition === "" && failureCondition === "") return "Successful";
  if (failureCondition === "") return isSuccess ? "Successful" : "Failed";
  if (isFailure) return "Failed";
  if (successCondition === "") return "Successful";
  return isSuccess ? "Successful" : "Inconclusive";
}
