import { isSidecar } from "../../api/containers.ts";
import { formatQuantity, quantityMilli } from "../../api/schema/quantity.ts";
import type { MetricSpec, MetricTarget, Pod } from "../../api/types.ts";
import type { MetricsClient, Target } from "./metrics-client.ts";
import {
  byAverageValue,
  byShareOfValue,
  byUtilization,
  byValue,
  MetricError,
  type Proposal,
} from "./replica-calculator.ts";

/** What the proposals go by. */
export interface Situation {
  readonly target: Target;
  /** Of the target's scale. */
  readonly specReplicas: number;
  readonly statusReplicas: number;
  /** The target's pods. */
  readonly pods: readonly Pod[];
  readonly nowMs: number;
}

/** What one metric proposes, or why it cannot. */
export type MetricOutcome =
  | { readonly replicas: number; readonly name: string; readonly status: object }
  | {
      /** Reason of the event and of the condition. */
      readonly reason: string;
      readonly problem: string;
      /** The problem as the summary of all metrics tells it. */
      readonly summary: string;
    };

/** What a metric proposes (horizontal.go computeReplicasForMetric). */
export function proposalOf(
  spec: MetricSpec,
  client: MetricsClient,
  situation: Situation,
): MetricOutcome {
  switch (spec.type) {
    case "Resource":
      return ofResource(spec.resource!, undefined, client, situation);
    case "ContainerResource":
      return ofResource(
        spec.containerResource!,
        spec.containerResource!.container,
        client,
        situation,
      );
    case "Pods":
      return ofPods(spec.pods!, client, situation);
    case "Object":
      return ofObject(spec.object!, client, situation);
    default:
      return ofExternal(spec.external!, client, situation);
  }
}

function ofResource(
  { name: resource, target }: { readonly name: string; readonly target: MetricTarget },
  container: string | undefined,
  client: MetricsClient,
  { target: scaled, specReplicas, pods, nowMs }: Situation,
): MetricOutcome {
  const isOfContainer = container !== undefined;
  const word = isOfContainer ? "container resource" : "resource";
  const isValue = target.averageValue !== undefined;
  const failure = {
    reason: isOfContainer ? "FailedGetContainerResourceMetric" : "FailedGetResourceMetric",
    of: isValue ? `${resource} usage` : `${resource} utilization`,
    summary: `failed to get ${resource} ${isOfContainer ? "container" : "resource"} metric value`,
  };
  return attempt(failure, () => {
    const metrics = client.ofResource(resource, scaled, pods, nowMs);
    const proposal = isValue
      ? byAverageValue(specReplicas, milliOf(target.averageValue), pods, metrics, resource, nowMs)
      : byUtilization(
          specReplicas,
          target.averageUtilization ?? 0,
          pods,
          metrics,
          requestsOf(pods, resource, container),
          resource,
          nowMs,
        );
    const current = {
      ...(isValue ? {} : { averageUtilization: proposal.usage }),
      averageValue: quantity(proposal.rawMilli),
    };
    const status = isOfContainer
      ? {
          type: "ContainerResource",
          containerResource: { name: resource, container, current },
        }
      : { type: "Resource", resource: { name: resource, current } };
    const suffix = isValue ? "" : " utilization (percentage of request)";
    return { proposal, name: `${resource} ${word}${suffix}`, status };
  });
}

function ofPods(
  { metric, target }: NonNullable<MetricSpec["pods"]>,
  client: MetricsClient,
  { target: scaled, specReplicas, pods, nowMs }: Situation,
): MetricOutcome {
  const failure = { reason: "FailedGetPodsMetric", summary: "failed to get pods metric value" };
  return attempt(failure, () => {
    const metrics = client.ofPods(metric.name, scaled, pods, nowMs);
    const wanted = milliOf(target.averageValue);
    const proposal = byAverageValue(specReplicas, wanted, pods, metrics, "", nowMs);
    const current = { averageValue: quantity(proposal.usage) };
    const status = { type: "Pods", pods: { metric, current } };
    return { proposal, name: `pods metric ${metric.name}`, status };
  });
}

function ofObject(
  { describedObject, metric, target }: NonNullable<MetricSpec["object"]>,
  client: MetricsClient,
  situation: Situation,
): MetricOutcome {
  const { kind, name } = describedObject;
  const failure = { reason: "FailedGetObjectMetric", summary: "failed to get object metric value" };
  return attempt(failure, () => {
    const value = client.valueOf(metric.name, situation.target, situation.nowMs);
    if (value === undefined) {
      throw new MetricError(
        `unable to get metric ${metric.name}: ${kind} on ${situation.target.namespace} ${name}/unable to fetch metrics from custom metrics API: the server could not find the metric ${metric.name}`,
      );
    }
    const { proposal, current } = ofValue(target, value, situation);
    const status = { type: "Object", object: { describedObject, metric, current } };
    return { proposal, name: `${kind} metric ${metric.name}`, status };
  });
}

function ofExternal(
  { metric, target }: NonNullable<MetricSpec["external"]>,
  client: MetricsClient,
  situation: Situation,
): MetricOutcome {
  const failure = {
    reason: "FailedGetExternalMetric",
    summary: `failed to get ${metric.name} external metric value`,
  };
  const selector = metric.selector === undefined ? "nil" : JSON.stringify(metric.selector);
  return attempt(failure, () => {
    const value = client.valueOf(metric.name, situation.target, situation.nowMs);
    if (value === undefined) {
      throw new MetricError(
        `unable to get external metric ${situation.target.namespace}/${metric.name}/${selector}: no metrics returned from external metrics API`,
      );
    }
    const { proposal, current } = ofValue(target, value, situation);
    const status = { type: "External", external: { metric, current } };
    return { proposal, name: `external metric ${metric.name}(${selector})`, status };
  });
}

/** By the value itself, or by each pod's share of it. */
function ofValue(target: MetricTarget, value: number, situation: Situation) {
  if (target.value !== undefined && target.type !== "AverageValue") {
    const { specReplicas, pods } = situation;
    const proposal = byValue(specReplicas, milliOf(target.value), value, pods);
    return { proposal, current: { value: quantity(proposal.usage) } };
  }
  const wanted = milliOf(target.averageValue);
  const proposal = byShareOfValue(situation.statusReplicas, wanted, value);
  return { proposal, current: { averageValue: quantity(proposal.usage) } };
}

function attempt(
  failure: { readonly reason: string; readonly of?: string | undefined; readonly summary: string },
  act: () => { readonly proposal: Proposal; readonly name: string; readonly status: object },
): MetricOutcome {
  try {
    const { proposal, name, status } = act();
    return { replicas: proposal.replicas, name, status };
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    const { reason, of, summary } = failure;
    const problem = of === undefined ? error.message : `failed to get ${of}: ${error.message}`;
    return { reason, problem, summary: `${summary}: ${problem}` };
  }
}

/** What the pods request, in milli units; each container has to (replica_calculator.go calculatePodRequests). */
function requestsOf(
  pods: readonly Pod[],
  resource: string,
  container: string | undefined,
): Map<string, number> {
  const requests = new Map<string, number>();
  for (const { metadata, spec } of pods) {
    const sidecars = (spec.initContainers ?? []).filter(isSidecar);
    let sum = 0;
    for (const { name, resources } of [...spec.containers, ...sidecars]) {
      if (container !== undefined && name !== container) continue;
      const request = resources?.requests?.[resource];
      if (request === undefined) {
        throw new MetricError(
          `missing request for ${resource} in container ${name} of Pod ${metadata.name}`,
        );
      }
      sum += quantityMilli(request);
    }
    requests.set(metadata.name, sum);
  }
  return requests;
}

function milliOf(value: string | number | undefined): number {
  return quantityMilli(value ?? 0);
}

function quantity(milli: number): string {
  return formatQuantity(BigInt(milli) * 1_000_000n, "decimal");
}
