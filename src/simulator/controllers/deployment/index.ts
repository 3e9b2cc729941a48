import { objectKey, type WatchEvent } from "../../api/server.ts";
import type { Deployment, Pod, ReplicaSet, Resource, ResourceTypes } from "../../api/types.ts";
import type { Spread } from "../../kernel/random.ts";
import { adopt, claimOf, release } from "../controller-ref.ts";
import { ClientRateLimit, type ClientRateLimitState } from "../client-rate-limit.ts";
import { BY_CONTROLLER, controllerOf, ORPHANS } from "../informer.ts";
import type { Controller, ControllerContext } from "../kube-controller-manager.ts";
import { resolveController, selecting } from "../resolve-controller.ts";
import type { ToldWaits } from "../told-waits.ts";
import { WorkQueue, type WorkQueueState } from "../work-queue.ts";
import { DeploymentActions } from "./actions.ts";
import { DeploymentSync } from "./sync.ts";

/** --concurrent-deployment-syncs */
const WORKERS = 5;
/** From a change that the controller has seen to its decision, as in recordings of a real control plane. */
const SYNC_DELAY: Spread = { min: 30, median: 42, max: 120 };
/** A key is given up after so many failures in a row (deployment_controller.go maxRetries). */
const MAX_RETRIES = 15;

interface State {
  queue: WorkQueueState;
  client: ClientRateLimitState;
  waits: ToldWaits;
}

/** Runs Deployments by creating and scaling ReplicaSets (pkg/controller/deployment/deployment_controller.go). */
class DeploymentController implements Controller {
  readonly name = "deployment-controller";
  state: State = {
    queue: WorkQueue.emptyState(),
    client: ClientRateLimit.emptyState(),
    waits: new Map(),
  };
  readonly on = {
    sync: (key: string) => this.sync(key),
    enqueue: (key: string) => this.queue.add(key),
  };
  private readonly context: ControllerContext;
  private readonly queue: WorkQueue;
  private readonly client: ClientRateLimit;
  private readonly deployments: DeploymentSync;

  constructor(context: ControllerContext) {
    this.context = context;
    this.client = new ClientRateLimit(() => this.state.client);
    const actions = new DeploymentActions(context, this.client);
    this.deployments = new DeploymentSync(actions, () => this.state.waits);
    this.queue = new WorkQueue(context.kernel, {
      actor: this.name,
      workers: WORKERS,
      syncDelay: SYNC_DELAY,
      stateOf: () => this.state.queue,
    });
  }

  onChange(event: WatchEvent, old: ResourceTypes[Resource] | undefined): void {
    if (event.resource === "deployments") {
      this.queue.add(event.key);
      if (event.type === "DELETED") this.state.waits.delete(event.key);
    } else if (event.resource === "replicasets") {
      this.onReplicaSet(event as WatchEvent<"replicasets">, old as ReplicaSet | undefined);
    } else if (event.resource === "pods" && event.type === "DELETED") {
      this.onPodDeleted(event.object as Pod);
    }
  }

  /** addReplicaSet, updateReplicaSet, deleteReplicaSet */
  private onReplicaSet(event: WatchEvent<"replicasets">, old: ReplicaSet | undefined): void {
    const { object: replicaSet, type } = event;
    const owner = this.ownerOf(replicaSet);
    if (owner !== undefined) this.queue.add(objectKey(owner));
    if (type === "DELETED") return;
    const changedOwner =
      old !== undefined && controllerOf(old)?.uid !== controllerOf(replicaSet)?.uid;
    const formerOwner = changedOwner ? this.ownerOf(old) : undefined;
    if (formerOwner !== undefined) this.queue.add(objectKey(formerOwner));
    const orphan = controllerOf(replicaSet) === undefined;
    const relabelled = old !== undefined && old.metadata.labels !== replicaSet.metadata.labels;
    if (!orphan || !(type === "ADDED" || relabelled || changedOwner)) return;
    for (const deployment of selecting(this.context.informers, "deployments", replicaSet)) {
      this.queue.add(objectKey(deployment));
    }
  }

  /** deletePod: Recreate goes on when the last old pod is gone. */
  private onPodDeleted(pod: Pod): void {
    const replicaSet = resolveController(this.context.informers, "replicasets", pod);
    if (replicaSet === undefined) return;
    const deployment = this.ownerOf(replicaSet);
    if (deployment?.spec.strategy?.type !== "Recreate") return;
    const pods = this.context.informers.of("pods");
    const replicaSets = this.context.informers
      .of("replicasets")
      .by(BY_CONTROLLER, deployment.metadata.uid);
    if (replicaSets.every((rs) => pods.by(BY_CONTROLLER, rs.metadata.uid).length === 0)) {
      this.queue.add(objectKey(deployment));
    }
  }

  private ownerOf(replicaSet: ReplicaSet): Deployment | undefined {
    return resolveController(this.context.informers, "deployments", replicaSet);
  }

  private sync(key: string): void {
    const { kernel, informers } = this.context;
    if (this.queue.holdUp(key, this.client.debt(kernel.now))) return;
    const deployment = informers.of("deployments").get(key);
    const sync = () => (deployment === undefined ? undefined : this.syncDeployment(deployment));
    this.queue.work(key, sync, { most: MAX_RETRIES });
  }

  private syncDeployment(deployment: Deployment): number | undefined {
    const replicaSets = this.claimReplicaSets(deployment);
    const pods = this.context.informers.of("pods");
    return this.deployments.sync(
      deployment,
      replicaSets,
      () => new Map(replicaSets.map(({ metadata: { uid } }) => [uid, pods.by(BY_CONTROLLER, uid)])),
    );
  }

  /** getReplicaSetsForDeployment: its own, with adoption and release. */
  private claimReplicaSets(deployment: Deployment): ReplicaSet[] {
    const { api, informers } = this.context;
    const all = informers.of("replicasets");
    const { uid, namespace = "" } = deployment.metadata;
    const claimed: ReplicaSet[] = [];
    for (const replicaSet of [...all.by(BY_CONTROLLER, uid), ...all.by(ORPHANS, namespace)]) {
      const claim = claimOf(deployment, deployment.spec.selector, replicaSet);
      if (claim === "keep") claimed.push(replicaSet);
      else if (claim === "release") release(api, "replicasets", deployment, replicaSet);
      else if (claim === "adopt") {
        const adopted = adopt(api, "replicasets", deployment, replicaSet);
        if (adopted !== undefined) claimed.push(adopted);
      }
    }
    return claimed;
  }
}

/** The registration of the controller. */
export function deploymentController(context: ControllerContext): Controller {
  return new DeploymentController(context);
}
