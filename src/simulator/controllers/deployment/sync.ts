import { deepEqual, objectKey } from "../../api/server.ts";
import type { Deployment, DeploymentStatus, Pod, ReplicaSet } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import { tellWaits, type ToldWaits } from "../told-waits.ts";
import { getCondition } from "../workload-conditions.ts";
import type { DeploymentActions } from "./actions.ts";
import { createCurrent, keepCurrent } from "./current-replica-set.ts";
import { desiredReplicas } from "./fenceposts.ts";
import { findNewReplicaSet, findOldReplicaSets } from "./pod-template-hash.ts";
import { pauseCondition, requeueAfterMs, rolloutStatus } from "./progress.ts";
import { oldPodsRunning, scaleDownForRecreate, scaleUpForRecreate } from "./recreate.ts";
import { activeReplicaSets } from "./replica-counts.ts";
import { reconcileNewReplicaSet, reconcileOldReplicaSets } from "./rolling.ts";
import { rollback } from "./rollback.ts";
import { isScalingEvent, scale } from "./scaling.ts";
import { calculateStatus, deploymentComplete, withCondition } from "./status.ts";

/** Pods by the uid of their ReplicaSet, listed only where they are needed. */
type PodsByReplicaSet = () => ReadonlyMap<string, readonly Pod[]>;

/** The ReplicaSets of a Deployment: the one of its template, and all others. */
interface ReplicaSets {
  readonly current: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
  readonly all: readonly ReplicaSet[];
}

/**
 * One sync of a Deployment: looks at all, does one change, writes the status and returns; the change brings it back. What is to be done is
 * decided by the functions of this room, and done by `DeploymentActions`.
 */
export class DeploymentSync {
  private readonly actions: DeploymentActions;
  private readonly waitsOf: () => ToldWaits;

  constructor(actions: DeploymentActions, waitsOf: () => ToldWaits) {
    this.actions = actions;
    this.waitsOf = waitsOf;
  }

  /** Returns after how many milliseconds to come back even if nothing changes (deployment_controller.go syncDeployment). */
  sync(
    given: Deployment,
    replicaSets: readonly ReplicaSet[],
    pods: PodsByReplicaSet,
  ): number | undefined {
    if (Object.keys(given.spec.selector).length === 0) return this.refuseSelectingAll(given);
    if (given.metadata.deletionTimestamp !== undefined) {
      this.updateStatus(given, split(given, replicaSets), false);
      return undefined;
    }
    const deployment = this.tellPause(given);
    if (deployment.spec.paused === true) return this.rescale(deployment, replicaSets);
    const undone = rollback(deployment, replicaSets);
    if (undone !== undefined) {
      this.actions.event(deployment, undone.type, undone.reason, undone.message);
      this.actions.updateDeployment(undone.deployment);
      return undefined;
    }
    if (isScalingEvent(deployment, replicaSets)) return this.rescale(deployment, replicaSets);
    return deployment.spec.strategy?.type === "Recreate"
      ? this.recreate(deployment, replicaSets, pods)
      : this.roll(deployment, replicaSets);
  }

  /** rolling.go rolloutRolling */
  private roll(given: Deployment, found: readonly ReplicaSet[]): number | undefined {
    const { deployment, sets, current } = this.withCurrent(given, found);
    const up = reconcileNewReplicaSet(deployment, current, sets.all);
    const old = activeReplicaSets(sets.old);
    const step =
      up.scale.length > 0 ? up : reconcileOldReplicaSets(deployment, current, old, sets.all);
    if (step.scale.length > 0) this.actions.scale(deployment, step.scale);
    else {
      this.tellWaits(deployment, [up.wait, step.wait]);
      if (deploymentComplete(deployment, deployment.status)) {
        this.actions.cleanUp(deployment, sets.old);
      }
    }
    return this.updateStatus(deployment, sets, true);
  }

  /** recreate.go rolloutRecreate */
  private recreate(
    given: Deployment,
    found: readonly ReplicaSet[],
    pods: PodsByReplicaSet,
  ): number | undefined {
    const before = split(given, found);
    const down = scaleDownForRecreate(before.old);
    if (down.length > 0) {
      this.actions.scale(given, down);
      return this.updateStatus(given, before, true);
    }
    const running = oldPodsRunning(before.current, before.old, pods());
    if (running > 0) {
      const upstream = "pkg/controller/deployment/recreate.go oldPodsRunning";
      this.tellWaits(given, [
        { code: "deployment.recreate-wait", values: { pods: running }, upstream },
      ]);
      return this.updateStatus(given, before, true);
    }
    this.tellWaits(given, []);
    const { deployment, sets, current } = this.withCurrent(given, found);
    this.actions.scale(deployment, scaleUpForRecreate(current, desiredReplicas(deployment)));
    if (deploymentComplete(deployment, deployment.status))
      this.actions.cleanUp(deployment, sets.old);
    return this.updateStatus(deployment, sets, true);
  }

  /** sync.go sync: a change of the size, or a paused Deployment; no ReplicaSet is created. */
  private rescale(given: Deployment, found: readonly ReplicaSet[]): undefined {
    const before = split(given, found);
    const kept =
      before.current === undefined
        ? undefined
        : keepCurrent(this.actions, given, before.current, before.old);
    const deployment = kept?.deployment ?? given;
    this.actions.scale(deployment, scale(deployment, kept?.replicaSet, before.old));
    if (deployment.spec.paused === true) this.actions.cleanUp(deployment, before.old);
    this.updateStatus(deployment, before, false);
  }

  /** sync.go getAllReplicaSetsAndSyncRevision, with the new ReplicaSet created if there is none. */
  private withCurrent(
    given: Deployment,
    found: readonly ReplicaSet[],
  ): { deployment: Deployment; sets: ReplicaSets; current: ReplicaSet } {
    const { current: existing, old } = split(given, found);
    const { deployment, replicaSet: current } =
      existing === undefined
        ? createCurrent(this.actions, given, old)
        : keepCurrent(this.actions, given, existing, old);
    return { deployment, current, sets: { current, old, all: [...old, current] } };
  }

  /** The Deployment with the condition that tells of its pause or of the end of it. */
  private tellPause(deployment: Deployment): Deployment {
    const pause = pauseCondition(deployment, this.actions.now);
    if (pause === undefined) return deployment;
    const status = withCondition(deployment.status, pause);
    this.actions.writeStatus(deployment, status);
    return { ...deployment, status };
  }

  /** progress.go syncRolloutStatus or, without `progress`, sync.go syncDeploymentStatus. */
  private updateStatus(
    deployment: Deployment,
    { current, all }: ReplicaSets,
    progress: boolean,
  ): number | undefined {
    const { now } = this.actions;
    const status = (progress ? rolloutStatus : calculateStatus)(deployment, current, all, now);
    if (!deepEqual(status, deployment.status)) {
      this.actions.writeStatus(deployment, status);
      this.tellProgress(deployment, current, status);
      return undefined;
    }
    const after = progress ? requeueAfterMs(deployment, status, now) : undefined;
    if (after === undefined) return undefined;
    // A second is added because the condition's time has whole seconds; "at once" is by the queue's rate limit.
    return after === 0 ? 5 : after + 1000;
  }

  private tellProgress(
    deployment: Deployment,
    current: ReplicaSet | undefined,
    status: DeploymentStatus,
  ): void {
    const before = getCondition(deployment.status.conditions, "Progressing")?.reason;
    const reason = getCondition(status.conditions, "Progressing")?.reason;
    if (reason === before || current === undefined) return;
    const replicaSet = current.metadata.name;
    const upstream = "pkg/controller/deployment/progress.go syncRolloutStatus";
    if (reason === "NewReplicaSetAvailable") {
      const values = { replicaSet, replicas: desiredReplicas(deployment) };
      this.actions.tell(deployment, { code: "deployment.complete", values, upstream });
    } else if (reason === "ProgressDeadlineExceeded") {
      const values = { replicaSet, seconds: deployment.spec.progressDeadlineSeconds ?? 0 };
      this.actions.tell(deployment, { code: "deployment.progress-deadline", values, upstream });
    }
  }

  private tellWaits(deployment: Deployment, reasons: readonly (Reason | undefined)[]): void {
    tellWaits(this.waitsOf(), objectKey(deployment), reasons, (reason) =>
      this.actions.tell(deployment, reason),
    );
  }

  private refuseSelectingAll(deployment: Deployment): undefined {
    const message = "This deployment is selecting all pods. A non-empty selector is required.";
    this.actions.event(deployment, "Warning", "SelectingAll", message);
    const { generation } = deployment.metadata;
    if ((deployment.status.observedGeneration ?? 0) < (generation ?? 0)) {
      this.actions.writeStatus(deployment, {
        ...deployment.status,
        observedGeneration: generation,
      });
    }
  }
}

/** Which of its ReplicaSets is the one of the Deployment's template. */
function split(deployment: Deployment, found: readonly ReplicaSet[]): ReplicaSets {
  const { template } = deployment.spec;
  const current = findNewReplicaSet(template, found, deployment.status.collisionCount);
  const old = findOldReplicaSets(current, found);
  return { current, old, all: current === undefined ? old : [...old, current] };
}
