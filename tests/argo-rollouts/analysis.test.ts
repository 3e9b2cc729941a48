import { describe, expect, it } from "vitest";
import { Played, scenarioIn, type Changes } from "./play.ts";

const play = (changes: Changes = []) => new Played(scenarioIn("canary-with-analysis", changes));

const GOOD: Changes = [[", errorRate: 0.3", ""]];
/** Goes on from the two lines of the success rate to another query. */
const queried = (query: string, condition: string): Changes => [
  [/query: \|\n(?: {12}.*\n)+/, `query: ${JSON.stringify(query)}\n`],
  ["result[0] >= 0.95", condition],
];

function runOf(played: Played) {
  return played.cluster.api.list("analysisruns")[0]!;
}

describe("an analysis of the canary's success rate", () => {
  const played = play().until(100);

  it("fails on the run's own requests and aborts the update", () => {
    const { metricResults, phase, message } = runOf(played).status;
    expect(phase).toBe("Failed");
    expect(message).toBe(
      'Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)',
    );
    const [first] = metricResults![0]!.measurements!;
    expect(Number(first!.value!.slice(1, -1))).toBeCloseTo(0.7, 1);
    expect(played.status).toContain(
      'RolloutAborted: Rollout aborted update to revision 2: Metric "success-rate" assessed Failed',
    );
  });

  it("and the traffic is back with the stable version", () => {
    expect(played.sizes).toBe("5,0");
    expect(played.share("shop-web:1.0", 70, 100)).toBe(1);
    expect(played.run.timeline.rollouts).toMatchObject([{ result: "aborted" }]);
    expect(played.events).toContain("AnalysisRunFailed");
  });

  it("the query is asked with the argument filled in", () => {
    const { metadata } = runOf(played).status.metricResults![0]!;
    expect(metadata!.ResolvedPrometheusQuery).toContain(played.rollout.status.currentPodHash!);
  });
});

describe("a good canary", () => {
  it("passes three measurements 10 s apart, and goes on", () => {
    const played = play(GOOD).until(150);
    expect(played.status).toBe("Healthy");
    const { phase, metricResults, startedAt, completedAt } = runOf(played).status;
    expect(phase).toBe("Successful");
    expect(metricResults![0]).toMatchObject({ successful: 3, count: 3, phase: "Successful" });
    expect(startedAt! < completedAt!).toBe(true);
  });

  it.each<[string, string, string]>([
    [
      "the 95th percentile of latency",
      'histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{service="web"}[30s])) by (le))',
      "result[0] < 0.5",
    ],
    [
      "errors a second by Service",
      'sum(rate(istio_requests_total{destination_service=~"web.default.svc.cluster.local",response_code=~"5.*"}[1m])) or vector(0)',
      "result[0] < 1",
    ],
  ])("is told by %s", (_, query, condition) => {
    const played = play([...GOOD, ...queried(query, condition)]).until(150);
    expect(runOf(played).status.phase).toBe("Successful");
    expect(played.status).toBe("Healthy");
  });
});

describe("a query that is not simulated", () => {
  it("is an error of the measurement that says what is known, and aborts after five in a row", () => {
    const changes = queried("avg_over_time(up[5m])", "result[0] > 0");
    const played = play([...GOOD, ...changes]).until(120);
    const run = runOf(played);
    expect(run.status.phase).toBe("Error");
    expect(run.status.message).toContain("consecutiveErrors (5) > consecutiveErrorLimit (4)");
    expect(run.status.message).toContain("avg_over_time is not simulated: known are sum, rate");
    expect(played.sizes).toBe("5,0");
  });
});

describe("a result that is neither a success nor a failure", () => {
  it("pauses the update until somebody decides", () => {
    const inconclusive = "result[0] > 2\n      failureCondition: result[0] < 0.1";
    const played = play([...GOOD, ["result[0] >= 0.95", inconclusive]]).until(80);
    expect(played.status).toBe("Paused - InconclusiveAnalysisRun");
    played.kubectl("argo rollouts promote web");
    expect(played.until(150).status).toBe("Healthy");
  });
});

describe("an analysis in the background", () => {
  const background: Changes = [
    [/ {8}- analysis:\n(?: {12}.*\n)+/, ""],
    [
      "      steps:\n",
      "      analysis:\n        templates: [{ templateName: success-rate }]\n        startingStep: 1\n        args: [{ name: hash, valueFrom: { podTemplateHashValue: Latest } }]\n      steps:\n",
    ],
    ["      count: 3\n", ""],
  ];

  it("aborts whatever step the update is at", () => {
    const played = play(background).until(90);
    expect(played.status).toContain("RolloutAborted");
    expect(played.sizes).toBe("5,0");
  });

  it("without end is stopped when the update is complete", () => {
    const played = play([...GOOD, ...background]).until(150);
    expect(played.status).toBe("Healthy");
    expect(runOf(played)).toMatchObject({
      spec: { terminate: true },
      status: { phase: "Successful" },
    });
  });
});
