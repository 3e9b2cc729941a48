import { EventRecorder } from "../../api/event-recorder.ts";
import { resourceByKind } from "../../api/resources/index.ts";
import { selectorMatches } from "../../api/selectors.ts";
import type { WatchEvent } from "../../api/server.ts";
import { isStatus } from "../../api/status-error.ts";
import type {
  HorizontalPodAutoscaler,
  KubernetesObject,
  LabelSelector,
  Pod,
  Resource,
} from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import type { MetricSource } from "../../scenario.ts";
import type {
  Controller,
  ControllerContext,
  ControllerFactory,
} from "../kube-controller-manager.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { AutoscalerStatus } from "./autoscaler-status.ts";
import { MetricsClient } from "./metrics-client.ts";
import { proposalOf } from "./proposals.ts";
import { normalize, remember, type Memory } from "./scaling-rules.ts";

/** --horizontal-pod-autoscaler-sync-period: keys always wait so long (NewDefaultHPARateLimiter). */
const SYNC_PERIOD_MS = 15_000;
/** --concurrent-horizontal-pod-autoscaler-syncs */
const WORKERS = 5;
/** From a key's turn to the decision, with the answers of the metrics API. */
const SYNC_DELAY: Spread = { min: 5, median: 15, max: 60 };
const UPSTREAM = "pkg/controller/podautoscaler/horizontal.go";

interface State {
  queue: WorkQueueState;
  memory: Map<string, Memory>;
}

/** Something that has a scale. */
interface Scalable extends KubernetesObject {
  readonly spec: { readonly replicas?: number; readonly selector?: LabelSelector };
  readonly status?: { readonly replicas?: number };
}

/** What the metrics, taken together, want. */
type Wish =
  | {
      readonly replicas: number;
      readonly metric: string;
      readonly statuses: readonly object[];
    }
  | undefined;

/**
 * Scales the target of each HorizontalPodAutoscaler, every 15 seconds, by the metrics that the scenario gives
 * (pkg/controller/podautoscaler/horizontal.go). Simplified: two autoscalers whose targets share pods are not found out.
 */
class PodAutoscalerController implements Controller {
  readonly name = "horizontal-pod-autoscaler";
  readonly resources = ["horizontalpodautoscalers"] as const;
  state: State = { queue: WorkQueue.emptyState(), memory: new Map() };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
  };
  private readonly context: ControllerContext;
  private readonly metrics: MetricsClient;
  private readonly queue: WorkQueue;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, metrics: MetricsClient) {
    this.context = context;
    this.metrics = metrics;
    this.events = new EventRecorder(context.kernel, context.api, this.name);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange({ type, key }: WatchEvent): void {
    if (type !== "DELETED") this.queue.addAfter(key, SYNC_PERIOD_MS);
  }

  private sync(key: string): void {
    const autoscaler = this.context.informers.of("horizontalpodautoscalers").get(key);
    if (autoscaler === undefined) this.state.memory.delete(key);
    else this.reconcile(key, autoscaler);
    this.queue.succeeded(key, autoscaler === undefined ? undefined : SYNC_PERIOD_MS);
  }

  /** reconcileAutoscaler */
  private reconcile(key: string, autoscaler: HorizontalPodAutoscaler): void {
    const { kernel } = this.context;
    const { minReplicas = 1, maxReplicas } = autoscaler.spec;
    const status = new AutoscalerStatus(autoscaler, kernel.now);
    const found = this.targetOf(autoscaler);
    if (typeof found === "string") {
      this.say(autoscaler, "Warning", "FailedGetScale", found);
      const message = `the HPA controller was unable to get the target's current scale: ${found}`;
      status.set("AbleToScale", { status: "False", reason: "FailedGetScale", message });
      this.write(autoscaler, status.withoutProposal());
      return;
    }
    status.set("AbleToScale", {
      status: "True",
      reason: "SucceededGetScale",
      message: "the HPA controller was able to get the target's current scale",
    });
    const current = found.object.spec.replicas ?? 1;
    this.state.memory.set(key, this.memoryOf(key, current));
    if (current === 0 && minReplicas !== 0) {
      const message = "scaling is disabled since the replica count of the target is zero";
      status.set("ScalingActive", { status: "False", reason: "ScalingDisabled", message });
      this.write(autoscaler, status.proposing(current, 0, [], false));
    } else if (current > maxReplicas) {
      const reason = "Current number of replicas above Spec.MaxReplicas";
      this.rescale(key, autoscaler, found, status, { to: maxReplicas, reason, statuses: [] });
    } else if (current < minReplicas) {
      const reason = "Current number of replicas below Spec.MinReplicas";
      this.rescale(key, autoscaler, found, status, { to: minReplicas, reason, statuses: [] });
    } else this.byMetrics(key, autoscaler, found, status);
  }

  private byMetrics(
    key: string,
    autoscaler: HorizontalPodAutoscaler,
    found: { readonly resource: Resource; readonly object: Scalable },
    status: AutoscalerStatus,
  ): void {
    const { spec } = autoscaler;
    const current = found.object.spec.replicas ?? 1;
    const wish = this.wishOf(autoscaler, found.object, status);
    if (wish === undefined) {
      this.write(autoscaler, status.keepingProposal(current));
      return;
    }
    const memory = this.memoryOf(key, current);
    const { now: nowMs } = this.context.kernel;
    const normalized = normalize({ spec, memory, current, desired: wish.replicas, nowMs });
    this.state.memory.set(key, { ...memory, recommendations: normalized.recommendations });
    status.set("AbleToScale", normalized.ableToScale);
    status.set("ScalingLimited", normalized.scalingLimited);
    const { statuses } = wish;
    const to = normalized.replicas;
    if (to === current) {
      this.write(autoscaler, status.proposing(current, current, statuses, false));
      return;
    }
    const reason =
      wish.replicas > current
        ? `${wish.metric} above target`
        : wish.replicas < current
          ? "All metrics below target"
          : "";
    this.rescale(key, autoscaler, found, status, { to, reason, statuses });
  }

  /** computeReplicasForMetrics: the most that a metric asks for; less only if none fails. */
  private wishOf(
    autoscaler: HorizontalPodAutoscaler,
    object: Scalable,
    status: AutoscalerStatus,
  ): Wish {
    const { metrics = [] } = autoscaler.spec;
    const specReplicas = object.spec.replicas ?? 1;
    const situation = {
      target: {
        namespace: autoscaler.metadata.namespace ?? "",
        ref: autoscaler.spec.scaleTargetRef,
      },
      specReplicas,
      statusReplicas: object.status?.replicas ?? 0,
      pods: this.podsOf(object),
      nowMs: this.context.kernel.now,
    };
    const outcomes = metrics.map((metric) => proposalOf(metric, this.metrics, situation));
    const failed = outcomes.filter((outcome) => "problem" in outcome);
    for (const { reason, problem } of failed) this.say(autoscaler, "Warning", reason, problem);
    let best: { replicas: number; name: string } = { replicas: 0, name: "" };
    for (const outcome of outcomes) {
      if ("problem" in outcome) continue;
      if (best.replicas === 0 || outcome.replicas > best.replicas) best = outcome;
    }
    const [first] = failed;
    if (first !== undefined && (failed.length >= metrics.length || best.replicas < specReplicas)) {
      const message = `the HPA was unable to compute the replica count: ${first.problem}`;
      status.set("ScalingActive", { status: "False", reason: first.reason, message });
      const summary = `invalid metrics (${failed.length} invalid out of ${metrics.length}), first error is: ${first.summary}`;
      this.say(autoscaler, "Warning", "FailedComputeMetricsReplicas", summary);
      return undefined;
    }
    status.set("ScalingActive", {
      status: "True",
      reason: "ValidMetricFound",
      message: `the HPA was able to successfully calculate a replica count from ${best.name}`,
    });
    // A metric that failed leaves an empty status in its place.
    const statuses = outcomes.map((o) => ("problem" in o ? { type: "" } : o.status));
    return { replicas: best.replicas, metric: best.name, statuses };
  }

  private rescale(
    key: string,
    autoscaler: HorizontalPodAutoscaler,
    { resource, object }: { readonly resource: Resource; readonly object: Scalable },
    status: AutoscalerStatus,
    { to, reason, statuses }: { to: number; reason: string; statuses: readonly object[] },
  ): void {
    const { api, decisions, kernel } = this.context;
    const from = object.spec.replicas ?? 1;
    api.update(resource, { ...object, spec: { ...object.spec, replicas: to } } as never);
    status.set("AbleToScale", {
      status: "True",
      reason: "SucceededRescale",
      message: `the HPA controller was able to update the target scale to ${to}`,
    });
    this.say(autoscaler, "Normal", "SuccessfulRescale", `New size: ${to}; reason: ${reason}`);
    const memory = this.memoryOf(key, from);
    this.state.memory.set(key, remember(memory, autoscaler.spec, from, to, kernel.now));
    decisions.decide({
      actor: this.name,
      object: `${object.kind.toLowerCase()}/${object.metadata.name}`,
      code: "autoscaler.rescale",
      values: { from, to, reason },
      upstream: `${UPSTREAM} reconcileAutoscaler`,
    });
    this.write(autoscaler, status.proposing(from, to, statuses, true));
  }

  /** The target, or why its scale cannot be had. */
  private targetOf({
    metadata,
    spec: { scaleTargetRef },
  }: HorizontalPodAutoscaler): { resource: Resource; object: Scalable } | string {
    const { kind, name, apiVersion = "v1" } = scaleTargetRef;
    const definition = resourceByKind(apiVersion, kind);
    const [group] = apiVersion.includes("/") ? apiVersion.split("/") : [""];
    if (definition === undefined) return `no matches for kind "${kind}" in group "${group}"`;
    if (!definition.subresources?.includes("scale")) {
      return "the server could not find the requested resource";
    }
    const resource = definition.plural as Resource;
    const object = this.context.api.find(resource, metadata.namespace ?? "", name);
    if (object !== undefined) return { resource, object: object as Scalable };
    return `${definition.plural}.${definition.group} "${name}" not found`;
  }

  private podsOf({ metadata, spec }: Scalable): Pod[] {
    const pods = this.context.informers.of("pods").list();
    return pods.filter(
      (pod) =>
        pod.metadata.namespace === metadata.namespace &&
        selectorMatches(spec.selector, pod.metadata.labels),
    );
  }

  /** What is remembered; at first that the size was right as it is (recordInitialRecommendation). */
  private memoryOf(key: string, current: number): Memory {
    const { now: atMs } = this.context.kernel;
    const recommendations = [{ replicas: current, atMs }];
    return this.state.memory.get(key) ?? { recommendations, scaleUps: [], scaleDowns: [] };
  }

  private write(
    autoscaler: HorizontalPodAutoscaler,
    status: HorizontalPodAutoscaler["status"],
  ): void {
    if (status === undefined) return;
    try {
      this.context.api.updateStatus("horizontalpodautoscalers", { ...autoscaler, status });
    } catch (error) {
      if (!isStatus(error)) throw error;
      this.say(autoscaler, "Warning", "FailedUpdateStatus", error.message);
    }
  }

  private say(
    autoscaler: HorizontalPodAutoscaler,
    type: "Normal" | "Warning",
    reason: string,
    message: string,
  ): void {
    this.events.event(autoscaler, type, reason, message);
  }
}

/** How the controller is made. */
export function podAutoscalerController(sources: readonly MetricSource[]): ControllerFactory {
  const metrics = new MetricsClient(sources);
  return (context) => new PodAutoscalerController(context, metrics);
}
