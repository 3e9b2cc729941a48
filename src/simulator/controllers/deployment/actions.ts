import { EventRecorder } from "../../api/event-recorder.ts";
import type { Deployment, DeploymentStatus, NewObject, ReplicaSet } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import type { ClientRateLimit } from "../client-rate-limit.ts";
import { ifThere } from "../if-there.ts";
import type { ControllerContext } from "../kube-controller-manager.ts";
import { replicasOf } from "./replica-counts.ts";
import { replicaSetsToCleanUp, withReplicasOf } from "./revisions.ts";
import type { Scale } from "./scale-decision.ts";

const NAME = "deployment-controller";

/** What the Deployment controller does to the cluster, and what it tells of it. Decides nothing. */
export class DeploymentActions {
  readonly context: ControllerContext;
  private readonly client: ClientRateLimit;
  private readonly events: EventRecorder;

  constructor(context: ControllerContext, client: ClientRateLimit) {
    this.context = context;
    this.client = client;
    this.events = new EventRecorder(context.kernel, context.api, NAME);
  }

  /** Virtual time in milliseconds. */
  get now(): number {
    return this.context.kernel.now;
  }

  /** Brings ReplicaSets to their sizes (sync.go scaleReplicaSet). */
  scale(deployment: Deployment, scales: readonly Scale[]): void {
    for (const { replicaSet, to, reason } of scales) {
      const from = replicasOf(replicaSet);
      const own = replicaSet.metadata.annotations ?? {};
      const annotations = withReplicasOf(deployment, own);
      if (from === to && annotations === own) continue;
      this.updateReplicaSet({
        ...replicaSet,
        metadata: { ...replicaSet.metadata, annotations },
        spec: { ...replicaSet.spec, replicas: to },
      });
      if (from === to) continue;
      this.tell(deployment, reason);
      const direction = from < to ? "up" : "down";
      const { name } = replicaSet.metadata;
      const message = `Scaled ${direction} replica set ${name} from ${from} to ${to}`;
      this.event(deployment, "Normal", "ScalingReplicaSet", message);
    }
  }

  createReplicaSet(replicaSet: NewObject<ReplicaSet>): ReplicaSet {
    this.call();
    return this.context.api.create("replicasets", replicaSet);
  }

  updateReplicaSet(replicaSet: ReplicaSet): ReplicaSet {
    this.call();
    return this.context.api.update("replicasets", replicaSet);
  }

  updateDeployment(deployment: Deployment): void {
    this.call();
    this.context.api.update("deployments", deployment);
  }

  /** Writes the status and, with it, the annotations. */
  writeStatus(deployment: Deployment, status: DeploymentStatus): void {
    this.call();
    this.context.api.updateStatus("deployments", { ...deployment, status });
  }

  /** Deletes old ReplicaSets beyond the history limit (sync.go cleanupDeployment). */
  cleanUp(deployment: Deployment, old: readonly ReplicaSet[]): void {
    for (const { metadata } of replicaSetsToCleanUp(old, deployment.spec.revisionHistoryLimit)) {
      this.call();
      const { namespace = "", name } = metadata;
      ifThere(() => this.context.api.delete("replicasets", namespace, name));
    }
  }

  event(deployment: Deployment, type: "Normal" | "Warning", reason: string, message: string): void {
    this.events.event(deployment, type, reason, message);
  }

  /** Adds to the decision log. */
  tell({ metadata }: Deployment, { code, values, upstream }: Reason): void {
    const object = `deployment/${metadata.name}`;
    this.context.decisions.decide({ actor: NAME, object, code, values, upstream });
  }

  private call(): void {
    this.client.reserve(this.now);
  }
}
