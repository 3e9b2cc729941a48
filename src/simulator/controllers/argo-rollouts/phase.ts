import type { CanaryStep, Rollout, RolloutPhase, RolloutStatus } from "../../api/types.ts";
import { desiredReplicas, isFullyPromoted } from "./rollout.ts";

/** Phase and message of a Rollout. */
export interface PhaseAndMessage {
  readonly phase: RolloutPhase;
  readonly message: string;
}

/** What `status.phase` and `status.message` are to say (argo-rollouts utils/rollout CalculateRolloutPhase). */
export function calculatePhase(rollout: Rollout, status: RolloutStatus): PhaseAndMessage {
  for (const { type, reason = "", message } of status.conditions ?? []) {
    if (type === "InvalidSpec") return { phase: "Degraded", message: `InvalidSpec: ${message}` };
    if (reason === "RolloutAborted" || reason === "ProgressDeadlineExceeded") {
      return { phase: "Degraded", message: `${reason}: ${message}` };
    }
  }
  const { spec } = rollout;
  if (spec.paused === true) return { phase: "Paused", message: "manually paused" };
  const [pause] = status.pauseConditions ?? [];
  if (pause !== undefined) return { phase: "Paused", message: pause.reason };
  const waiting = whatIsMissing({ ...rollout, status });
  return waiting === undefined
    ? { phase: "Healthy", message: "" }
    : { phase: "Progressing", message: waiting };
}

function whatIsMissing(rollout: Rollout): string | undefined {
  const { spec, status } = rollout;
  const { updatedReplicas = 0, availableReplicas = 0, replicas = 0 } = status;
  if (spec.restartAt !== undefined && spec.restartAt !== status.restartedAt) {
    return "rollout is restarting";
  }
  if (updatedReplicas < desiredReplicas(rollout)) return "more replicas need to be updated";
  if (availableReplicas < updatedReplicas) return "updated replicas are still becoming available";
  const promoted = Boolean(status.stableRS) && isFullyPromoted(rollout);
  const { blueGreen, canary } = spec.strategy;
  if (blueGreen !== undefined) {
    const active = status.blueGreen?.activeSelector ?? "";
    if (active === "" || active !== status.currentPodHash) return "active service cutover pending";
    if (promoted) return undefined;
    return isWaitingForAnalysis(rollout)
      ? "waiting for analysis to complete"
      : "waiting for post-promotion verification to complete";
  }
  if (canary?.trafficRouting === undefined && replicas > updatedReplicas) {
    return "old replicas are pending termination";
  }
  return promoted ? undefined : "waiting for all steps to complete";
}

function isWaitingForAnalysis({ spec, status }: Rollout): boolean {
  if (spec.strategy.blueGreen?.postPromotionAnalysis === undefined) return false;
  const phase = status.blueGreen?.postPromotionAnalysisRunStatus?.status ?? "";
  return phase === "" || phase === "Pending" || phase === "Running";
}

/** Phase and message as clients tell them: a spec that has not been looked at yet counts as progress (GetRolloutPhase). */
export function phaseToClients(rollout: Rollout): PhaseAndMessage {
  const { metadata, status } = rollout;
  const observed = Number(status.observedGeneration ?? Number.NaN);
  if (!Number.isNaN(observed) && observed < (metadata.generation ?? 0)) {
    return { phase: "Progressing", message: "waiting for rollout spec update to be observed" };
  }
  if (status.controllerPause === true && (status.pauseConditions ?? []).length === 0) {
    return { phase: "Progressing", message: "waiting for rollout to unpause" };
  }
  if (status.phase !== undefined) return { phase: status.phase, message: status.message ?? "" };
  return calculatePhase(rollout, status);
}

/** A step in a line (CanaryStepString). */
export function stepText({ setWeight, pause, setCanaryScale, ...others }: CanaryStep): string {
  if (setWeight !== undefined) return `setWeight: ${setWeight}`;
  if (pause !== undefined) {
    return pause.duration === undefined ? "pause" : `pause: ${pause.duration}`;
  }
  if (others.experiment !== undefined) return "experiment";
  if (others.analysis !== undefined) return "analysis";
  const { weight, replicas, matchTrafficWeight } = setCanaryScale ?? {};
  if (weight !== undefined) return `setCanaryScale{weight: ${weight}}`;
  if (matchTrafficWeight === true) return "setCanaryScale{matchTrafficWeight: true}";
  if (replicas !== undefined) return `setCanaryScale{replicas: ${replicas}}`;
  return "invalid";
}
