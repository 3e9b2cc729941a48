import { describe, expect, it } from "vitest";
import { execute } from "../../src/kubectl/execute.ts";
import { Cluster } from "../../src/simulator/index.ts";
import { manifest, scenarioOf } from "./scenarios.ts";

interface Autoscaled {
  /** Lines of `metrics:`; none: a cluster without metrics-server. */
  readonly metrics?: string;
  readonly spec?: string;
  readonly requests?: string;
  readonly replicas?: number;
  readonly target?: string;
}

/** A Deployment of pods that request a core each, with an autoscaler of 2 to 12 pods for half of it. */
function autoscaled(options: Autoscaled = {}) {
  const { metrics, spec = "", requests = "{ cpu: 1 }", replicas = 2, target = "web" } = options;
  const web = manifest({ replicas, container: `resources: { requests: ${requests} }` });
  const autoscaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }
  minReplicas: 2
  maxReplicas: 12
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }]
  ${spec}
`;
  const scenario = scenarioOf(
    `
duration: 30m
nodes: 3
images: [{ name: "web:1" }]
${metrics === undefined ? "" : `metrics: [${metrics}]`}
steps: [{ at: 0s, apply: [web.yaml] }]`,
    web + autoscaler,
  );
  const cluster = new Cluster({ scenario, seed: 3 });
  const sizes: string[] = [];
  cluster.api.observe(({ resource, object }) => {
    if (resource !== "deployments") return;
    const size = String((object as { spec: { replicas: number } }).spec.replicas);
    if (sizes.at(-1) !== size) sizes.push(size);
  });
  cluster.perform(scenario.steps[0]!.action, execute);
  return { cluster, sizes };
}

const autoscaler = (cluster: Cluster) =>
  cluster.api.get("horizontalpodautoscalers", "default", "web");
const conditions = (cluster: Cluster) =>
  Object.fromEntries(
    autoscaler(cluster).status!.conditions!.map(({ type, status, reason }) => [
      type,
      `${status} ${reason}`,
    ]),
  );
const events = (cluster: Cluster) =>
  cluster.api
    .list("events")
    .filter(({ involvedObject }) => involvedObject.kind === "HorizontalPodAutoscaler")
    .map(({ reason, message }) => `${reason}: ${message}`);

describe("an autoscaler", () => {
  const series =
    "{ target: deployment/web, series: [{ at: 0s, value: 1 }, { at: 3m, value: 4 }, { at: 8m, value: 1 }] }";

  it("follows the load up at once, and down after five minutes", () => {
    const { cluster, sizes } = autoscaled({ metrics: series });
    cluster.runUntil(170_000);
    expect(sizes).toEqual(["2"]);
    expect(conditions(cluster)).toEqual({
      AbleToScale: "True ReadyForNewScale",
      ScalingActive: "True ValidMetricFound",
      ScalingLimited: "False DesiredWithinRange",
    });
    cluster.runUntil(300_000);
    expect(sizes).toEqual(["2", "4", "8"]);
    expect(events(cluster)).toContain(
      "SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target",
    );
    expect(autoscaler(cluster).status).toMatchObject({
      currentReplicas: 8,
      desiredReplicas: 8,
      currentMetrics: [
        {
          type: "Resource",
          resource: { name: "cpu", current: { averageUtilization: 50, averageValue: "500m" } },
        },
      ],
    });
    cluster.runUntil(700_000);
    expect(sizes.at(-1)).toBe("8");
    expect(conditions(cluster).AbleToScale).toBe("True ScaleDownStabilized");
    cluster.runUntil(860_000);
    expect(sizes.at(-1)).toBe("2");
    expect(events(cluster)).toContain(
      "SuccessfulRescale: New size: 2; reason: All metrics below target",
    );
  });

  it("goes by the pace that behavior gives", () => {
    const spec =
      "behavior: { scaleUp: { policies: [{ type: Pods, value: 1, periodSeconds: 60 }] } }";
    const { cluster, sizes } = autoscaled({ metrics: series, spec });
    cluster.runUntil(330_000);
    expect(sizes).toEqual(["2", "3", "4", "5"]);
    expect(conditions(cluster).ScalingLimited).toBe("True ScaleUpLimit");
  });

  it("brings a size outside of its bounds back without any metric", () => {
    const { cluster, sizes } = autoscaled({ replicas: 1 });
    cluster.runUntil(20_000);
    expect(sizes).toEqual(["1", "2"]);
    expect(events(cluster)).toEqual([
      "SuccessfulRescale: New size: 2; reason: Current number of replicas below Spec.MinReplicas",
    ]);
  });

  it("leaves what was scaled to zero alone", () => {
    const { cluster, sizes } = autoscaled({ replicas: 0, metrics: series });
    cluster.runUntil(100_000);
    expect(sizes).toEqual(["0"]);
    expect(conditions(cluster).ScalingActive).toBe("False ScalingDisabled");
  });

  it.each<[string, Autoscaled, string, string]>([
    [
      "without metrics-server",
      {},
      "ScalingActive: the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)",
      "FailedGetResourceMetric",
    ],
    [
      "without requests",
      { metrics: series, requests: "{ memory: 1Mi }" },
      "ScalingActive: the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container web of Pod ",
      "FailedGetResourceMetric",
    ],
    [
      "of a target that is not there",
      { target: "shop" },
      `AbleToScale: the HPA controller was unable to get the target's current scale: deployments.apps "shop" not found`,
      "FailedGetScale",
    ],
  ])("%s does nothing and says why", (_, options, text, reason) => {
    const { cluster, sizes } = autoscaled(options);
    cluster.runUntil(120_000);
    expect(sizes).toEqual(["2"]);
    const told = autoscaler(cluster).status!.conditions!.map((c) => `${c.type}: ${c.message}`);
    expect(told.some((line) => line.startsWith(text))).toBe(true);
    expect(events(cluster).some((line) => line.startsWith(`${reason}: `))).toBe(true);
  });

  it("goes on as it would have gone on after a snapshot", () => {
    const { cluster } = autoscaled({ metrics: series });
    cluster.runUntil(230_000);
    const snapshot = cluster.snapshot();
    const end = () => {
      cluster.runUntil(900_000);
      return JSON.stringify(cluster.run({ requests: false }).timeline);
    };
    const first = end();
    cluster.restore(snapshot);
    expect(end()).toBe(first);
  });
});
