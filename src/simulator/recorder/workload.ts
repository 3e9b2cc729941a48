import type { WatchEventType } from "../api/server.ts";
import type { DaemonSet, Deployment, ReplicaSet, Rollout, StatefulSet } from "../api/types.ts";
import { REVISION as ROLLOUT_REVISION } from "../controllers/argo-rollouts/revisions.ts";
import {
  desiredReplicas,
  maxSurge as canarySurge,
  maxUnavailable as canaryUnavailable,
} from "../controllers/argo-rollouts/rollout.ts";
import { fencepostsOf } from "../controllers/daemon-set/fenceposts.ts";
import { maxSurge, maxUnavailable } from "../controllers/deployment/fenceposts.ts";
import { controllerOf } from "../controllers/informer.ts";
import type { RolloutRecord } from "../record.ts";

/** What rolls out. */
export type WorkloadObject = Deployment | StatefulSet | DaemonSet | Rollout;

/** A workload as the recorder looks at it, whatever its kind. */
export interface Workload {
  /** `deployment/web` */
  readonly object: string;
  readonly uid: string;
  /** Available pods, as its status has them. */
  readonly available: number;
  /** Least available and most pods that its strategy allows. */
  readonly min: number;
  readonly max: number;
  /** The controller has seen the present generation. */
  readonly observed: boolean;
  /** Its revision, where it says so itself. */
  readonly revision: number;
  readonly result: RolloutRecord["result"];
}

const REVISION = "deployment.kubernetes.io/revision";

/** `deployment/web`, `rollout/web`: what a ReplicaSet is part of. */
export function ownerOf(replicaSet: ReplicaSet): string {
  const owner = controllerOf(replicaSet);
  return `${owner?.kind === "Rollout" ? "rollout" : "deployment"}/${owner?.name ?? ""}`;
}

/** Looks at a workload after a change. */
export function workloadOf(type: WatchEventType, object: WorkloadObject): Workload {
  const { metadata, status } = object;
  const revision = object.kind === "Rollout" ? ROLLOUT_REVISION : REVISION;
  const about = {
    object: `${object.kind.toLowerCase()}/${metadata.name}`,
    uid: metadata.uid,
    observed: Number(status?.observedGeneration ?? 0) >= (metadata.generation ?? 0),
    revision: Number(metadata.annotations?.[revision] ?? 0),
  };
  const gone = type === "DELETED";
  switch (object.kind) {
    case "StatefulSet":
      return { ...about, ...ofStatefulSet(object as StatefulSet, gone, about.observed) };
    case "Rollout":
      return { ...about, ...ofRollout(object as Rollout, gone, about.observed) };
    case "DaemonSet":
      return { ...about, ...ofDaemonSet(object as DaemonSet, about.observed) };
    default:
      return { ...about, ...ofDeployment(object as Deployment, gone, about.observed) };
  }
}

type Particulars = Pick<Workload, "available" | "min" | "max" | "result">;

/** pkg/controller/deployment/util DeploymentComplete, and the Progressing condition. */
function ofDeployment(deployment: Deployment, gone: boolean, observed: boolean): Particulars {
  const { spec, status } = deployment;
  const replicas = gone ? 0 : (spec.replicas ?? 1);
  const rolling = spec.strategy?.type !== "Recreate";
  const available = status?.availableReplicas ?? 0;
  const complete =
    observed &&
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    available === replicas;
  const progressing = status?.conditions?.find((condition) => condition.type === "Progressing");
  const stuck = observed && progressing?.reason === "ProgressDeadlineExceeded";
  return {
    available,
    min: rolling ? replicas - maxUnavailable(deployment) : 0,
    max: rolling ? replicas + maxSurge(deployment) : replicas,
    result: complete
      ? "complete"
      : spec.paused === true
        ? "paused"
        : stuck
          ? "stuck"
          : "progressing",
  };
}

/**
 * Complete when all pods from the partition on are updated and all are available. With OnDelete the controller does not go on by itself,
 * hence "paused".
 */
function ofStatefulSet(
  { spec, status }: StatefulSet,
  gone: boolean,
  observed: boolean,
): Particulars {
  const replicas = gone ? 0 : (spec.replicas ?? 1);
  const rolling = spec.updateStrategy?.type !== "OnDelete";
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const available = status?.availableReplicas ?? 0;
  const complete =
    observed &&
    (status.updatedReplicas ?? 0) >= replicas - partition &&
    status.replicas === replicas &&
    available === replicas;
  return {
    available,
    min: rolling ? Math.max(0, replicas - 1) : 0,
    max: replicas,
    result: complete ? "complete" : rolling ? "progressing" : "paused",
  };
}

function ofDaemonSet(daemonSet: DaemonSet, observed: boolean): Particulars {
  const { spec, status } = daemonSet;
  const desired = status?.desiredNumberScheduled ?? 0;
  const rolling = spec.updateStrategy?.type !== "OnDelete";
  const { maxUnavailable: unavailable, maxSurge: surge } = fencepostsOf(daemonSet, desired);
  const available = status?.numberAvailable ?? 0;
  const complete =
    observed && (status.updatedNumberScheduled ?? 0) >= desired && available >= desired;
  return {
    available,
    min: rolling ? Math.max(0, desired - unavailable) : 0,
    max: rolling ? desired + surge : desired,
    result: complete ? "complete" : rolling ? "progressing" : "paused",
  };
}

function ofRollout(rollout: Rollout, gone: boolean, observed: boolean): Particulars {
  const { spec, status } = rollout;
  const replicas = gone ? 0 : desiredReplicas(rollout);
  const { canary } = spec.strategy ?? {};
  const isBasic = canary !== undefined && canary.trafficRouting === undefined;
  return {
    available: status?.availableReplicas ?? 0,
    min: isBasic ? replicas - canaryUnavailable(rollout) : replicas,
    max: isBasic ? replicas + canarySurge(rollout) : 2 * replicas,
    result: observed ? rolloutResult(rollout) : "progressing",
  };
}

/**
 * Complete when the template's ReplicaSet is the stable one and serves; old pods that wait for their deadline do not count. A pause that ends
 * by itself is progress.
 */
function rolloutResult(rollout: Rollout): RolloutRecord["result"] {
  const { stableRS, currentPodHash, phase, abort } = rollout.status;
  if (abort === true) return "aborted";
  if (phase === "Healthy" && Boolean(stableRS) && stableRS === currentPodHash) return "complete";
  if (phase === "Paused") return endsByItself(rollout) ? "progressing" : "paused";
  return phase === "Degraded" ? "stuck" : "progressing";
}

function endsByItself({ spec, status }: Rollout): boolean {
  if (spec.paused === true) return false;
  const { canary, blueGreen } = spec.strategy;
  const [pause] = status.pauseConditions ?? [];
  if (pause?.reason === "CanaryPauseStep") {
    return canary?.steps?.[status.currentStepIndex ?? 0]?.pause?.duration !== undefined;
  }
  const { autoPromotionEnabled, autoPromotionSeconds = 0 } = blueGreen ?? {};
  return (
    pause?.reason === "BlueGreenPause" && autoPromotionEnabled !== false && autoPromotionSeconds > 0
  );
}
