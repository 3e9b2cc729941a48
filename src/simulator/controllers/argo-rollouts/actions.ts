import { EventRecorder } from "../../api/event-recorder.ts";
import { timestamp } from "../../api/time.ts";
import type {
  AnalysisRun,
  HTTPRoute,
  Ingress,
  KubernetesObject,
  NewObject,
  ReplicaSet,
  Rollout,
  RolloutStatus,
  Service,
} from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import { ifThere } from "../if-there.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import type { OwnWrites } from "./own-writes.ts";
import { MANAGED_BY_ROLLOUTS, ROLLOUTS_POD_TEMPLATE_HASH, SCALE_DOWN_DEADLINE } from "./rollout.ts";

/** Name of the component in events and decisions. */
export const ROLLOUTS_CONTROLLER = "rollouts-controller";

/** What the Rollout controller does to the cluster, and what it tells of it. Decides nothing. */
export class RolloutActions {
  readonly context: ControllerContext;
  private readonly client: ClientRateLimit;
  private readonly writes: OwnWrites;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, client: ClientRateLimit, writes: OwnWrites) {
    this.context = context;
    this.client = client;
    this.writes = writes;
    this.events = new EventRecorder(context.kernel, context.api, ROLLOUTS_CONTROLLER);
  }

  /** Virtual time in milliseconds. */
  get now(): number {
    return this.context.kernel.now;
  }

  createReplicaSet(replicaSet: NewObject<ReplicaSet>): ReplicaSet {
    this.call();
    return this.writes.note("replicasets", this.context.api.create("replicasets", replicaSet));
  }

  updateReplicaSet(replicaSet: ReplicaSet): ReplicaSet {
    this.call();
    return this.writes.note("replicasets", this.context.api.update("replicasets", replicaSet));
  }

  /** Sets or, without a time, takes off the time from which the ReplicaSet may lose its pods: a patch (addScaleDownDelay). */
  setScaleDownDeadline(replicaSet: ReplicaSet, atMs: number | undefined): ReplicaSet {
    const { [SCALE_DOWN_DEADLINE]: _old, ...others } = replicaSet.metadata.annotations ?? {};
    const annotations =
      atMs === undefined ? others : { ...others, [SCALE_DOWN_DEADLINE]: timestamp(atMs) };
    const metadata = { ...replicaSet.metadata, annotations, resourceVersion: "" };
    return this.updateReplicaSet({ ...replicaSet, metadata });
  }

  deleteReplicaSet({ metadata }: ReplicaSet): void {
    this.call();
    ifThere(() => this.context.api.delete("replicasets", metadata.namespace ?? "", metadata.name));
  }

  /** Points a Service at the pods of a ReplicaSet (rollout/service.go switchServiceSelector). */
  switchService(service: Service, hash: string, rollout: Rollout): void {
    this.call();
    const { annotations } = service.metadata;
    const managed = { [MANAGED_BY_ROLLOUTS]: rollout.metadata.name, ...annotations };
    const selector = { ...service.spec.selector, [ROLLOUTS_POD_TEMPLATE_HASH]: hash };
    const next = {
      ...service,
      metadata: { ...service.metadata, annotations: managed, resourceVersion: "" },
      spec: { ...service.spec, selector },
    };
    this.writes.note("services", this.context.api.update("services", next));
  }

  createIngress(ingress: NewObject<Ingress>): void {
    this.call();
    this.context.api.create("ingresses", ingress);
  }

  updateIngress(ingress: Ingress): void {
    this.call();
    this.context.api.update("ingresses", ingress);
  }

  updateHTTPRoute(route: HTTPRoute): void {
    this.call();
    this.context.api.update("httproutes", route);
  }

  createAnalysisRun(run: NewObject<AnalysisRun>): AnalysisRun {
    this.call();
    return this.context.api.create("analysisruns", run);
  }

  /** Tells an AnalysisRun to end (rollout/analysis.go cancelAnalysisRuns). */
  terminateAnalysisRun(run: AnalysisRun): void {
    this.call();
    const next = {
      ...run,
      metadata: { ...run.metadata, resourceVersion: "" },
      spec: { ...run.spec, terminate: true },
    };
    ifThere(() => this.context.api.update("analysisruns", next));
  }

  deleteAnalysisRun({ metadata }: AnalysisRun): void {
    this.call();
    ifThere(() => this.context.api.delete("analysisruns", metadata.namespace ?? "", metadata.name));
  }

  updateRollout(rollout: Rollout): Rollout {
    this.call();
    return this.context.api.update("rollouts", rollout);
  }

  /** Writes the status: a patch, hence whichever version of the Rollout it was worked out from. */
  writeStatus(rollout: Rollout, status: RolloutStatus): Rollout {
    this.call();
    const metadata = { ...rollout.metadata, resourceVersion: "" };
    return this.context.api.updateStatus("rollouts", { ...rollout, metadata, status });
  }

  event(
    about: KubernetesObject,
    reason: string,
    message: string,
    type: "Normal" | "Warning" = "Normal",
  ): void {
    this.events.event(about, type, reason, message);
  }

  /** Adds to the decision log. */
  tell({ metadata }: Rollout, { code, values, upstream }: Reason): void {
    const object = `rollout/${metadata.name}`;
    const actor = ROLLOUTS_CONTROLLER;
    this.context.decisions.decide({ actor, object, code, values, upstream });
  }

  private call(): void {
    this.client.reserve(this.now);
  }
}
