import { describe, expect, it } from "vitest";
import type { Pod, Service } from "../../../api/types.ts";
import type { RequestOutcome } from "../../../record.ts";
import { holds, type Value } from "./condition.ts";
import { answer } from "./query.ts";
import { statusOf, type Sample } from "./series.ts";

const pod = (name: string, hash: string) =>
  ({
    metadata: {
      name,
      namespace: "shop",
      labels: { app: "web", "rollouts-pod-template-hash": hash },
      ownerReferences: [{ name: `web-${hash}`, controller: true }],
    },
  }) as unknown as Pod;
const service = { metadata: { name: "web", namespace: "shop" } } as unknown as Service;

let id = 0;
function request(doneMs: number, outcome: RequestOutcome, hash = "old", tookMs = 100): Sample {
  const record = { id: (id += 1), source: "users", sentMs: doneMs - tookMs, doneMs, outcome };
  return {
    record,
    status: statusOf(outcome),
    pod: pod(`web-${hash}-1`, hash),
    services: [service],
  };
}

/** A minute of one request a second; of the new version every fourth is 500, and one is refused. */
const samples = Array.from({ length: 60 }, (_, i) => {
  const isNew = i % 2 === 1;
  const outcome = isNew && i % 8 === 1 ? "500" : i === 59 ? "connection-refused" : "200";
  return request(i * 1000 + 500, outcome, isNew ? "new" : "old", isNew ? 400 : 100);
});

describe("a query at the end of the minute", () => {
  it.each<[string, number[]]>([
    ["sum(rate(http_requests_total[1m]))", [1]],
    ["sum(increase(http_requests_total[30s]))", [30]],
    ['sum(increase(x_requests_total{code=~"5.*"}[1m]))', [9]],
    ['sum(increase(x_requests_total{code="500"}[1m]))', [8]],
    [
      'sum(increase(istio_requests_total{destination_service="web.shop.svc.cluster.local"}[1m]))',
      [60],
    ],
    ['sum(increase(http_requests_total{service=~"api|web",pod=~"web-new-.*"}[1m]))', [30]],
    ['sum(increase(http_requests_total{rollouts_pod_template_hash="new"}[1m]))', [30]],
    [
      'sum(increase(http_requests_total{destination_workload="web-old",reporter="source"}[1m]))',
      [30],
    ],
    ['sum(increase(http_requests_total{app!="web"}[1m]))', []],
    ['sum(increase(http_requests_total{app="api"}[1m])) or vector(0)', [0]],
    [
      'sum(rate(r_requests_total{code!~"5.*",rollouts_pod_template_hash="new"}[1m])) / sum(rate(r_requests_total{rollouts_pod_template_hash="new"}[1m]))',
      [0.7],
    ],
    [
      'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{rollouts_pod_template_hash="old"}[1m])))',
      [0.1],
    ],
    [
      "histogram_quantile(0.5, sum(rate(istio_request_duration_milliseconds_bucket[1m])) by (le))",
      [100],
    ],
    ["100 * (1 + 2) - 4 / 2", [298]],
    // Requests that were long ago: the series is there, and says 0; 0 / 0 is no number.
    ['sum(rate(x_requests_total{app="web",code!="503"}[1s]))', [0]],
    [
      'sum(rate(x_requests_total{code="200"}[1s])) / sum(rate(x_requests_total{code="200"}[1s]))',
      [Number.NaN],
    ],
  ])("%s", (query, expected) => {
    expect(answer(query, samples, 60_000)).toEqual(expected);
  });

  it.each<[string, string]>([
    ["avg_over_time(up[5m])", "avg_over_time is not simulated"],
    ["sum(rate(cpu_seconds[5m]))", "metric cpu_seconds is not simulated"],
    ["sum(rate(http_requests_total[5 parsecs]))", '"5parsecs" is no range such as 5m'],
    ["sum(rate(http_requests_total{code}[5m]))", "wanted =, !=, =~ or !~"],
    ["sum(rate(http_requests_total[5m])", 'wanted ")" and found the end at 34'],
    ["", "wanted a number, a function or a metric and found the end at 1"],
  ])("that is wrong is told where: %s", (query, message) => {
    expect(() => answer(query, samples, 60_000)).toThrow(message);
  });
});

describe("a condition", () => {
  it.each<[string, Value, boolean]>([
    ["result[0] >= 0.95", [0.96], true],
    ["result[0] >= 0.95 && result[0] <= 1", [1.2], false],
    ["result < 3", 2, true],
    ["len(result) == 0 || result[0] < 0.1", [], true],
    ["isNaN(result[0]) || result[0] > 0.9", [Number.NaN], true],
    ["default(result, 0) == 0", [], true],
    ["!(result[0] > 1) and true", [0], true],
    ["result[0] * 100 - 5 > 90", [0.96], true],
    ["result[-1] == 2", [1, 2], true],
  ])("%s for %j is %s", (condition, result, expected) => {
    expect(holds(condition, result)).toBe(expected);
  });

  it.each<[string, Value, string]>([
    ["result[0] > 0.9", [], "slice index out of range"],
    ["result[0]", [1], "expected bool, but got float64"],
    ["reslt > 1", [1], "unknown name reslt"],
    ["result[0] > ", [1], "wanted a value and found the end"],
  ])("%s for %j cannot be worked out", (condition, result, message) => {
    expect(() => holds(condition, result)).toThrow(message);
  });
});
