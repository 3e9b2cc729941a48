/*
 * What the verbs change of a Rollout: patches of its spec or of its status (argo-rollouts pkg/kubectl-argo-rollouts/cmd). Pure.
 */
import { timestamp, type Rollout } from "../../simulator/index.ts";
import { ArgoError } from "./client.ts";

/** A Rollout after a change; the status goes to its own subresource. */
export interface Change {
  readonly spec?: Rollout["spec"];
  readonly status?: Rollout["status"];
}

/** cmd/abort: `{"status":{"abort":true}}` */
export function abort({ status }: Rollout): Change {
  return { status: { ...status, abort: true } };
}

/** cmd/retry: `{"status":{"abort":false}}` */
export function retry({ status }: Rollout): Change {
  const { abort: _over, ...others } = status;
  return { status: others };
}

/** cmd/pause: `{"spec":{"paused":true}}` */
export function pause({ spec }: Rollout): Change {
  return { spec: { ...spec, paused: true } };
}

/** cmd/restart: pods that were created before now are replaced. */
export function restart({ spec }: Rollout, nowMs: number): Change {
  return { spec: { ...spec, restartAt: timestamp(nowMs) } };
}

/**
 * cmd/promote getPatches: out of a pause; or, where there is none, past the step at hand; with `full` past everything, analyses and pauses among
 * them.
 */
export function promote(rollout: Rollout, full: boolean): Change {
  const { spec, status } = rollout;
  if (full) {
    if (status.currentPodHash === status.stableRS) return {};
    return { status: { ...status, promoteFull: true } };
  }
  const unpaused = spec.paused === true ? { spec: { ...spec, paused: false } } : {};
  const { pauseConditions = [], ...others } = status;
  const next = nextStepIndex(rollout);
  const analysis = status.canary?.currentStepAnalysisRunStatus?.status;
  if (analysis === "Inconclusive" && pauseConditions.length > 0 && status.controllerPause) {
    return {
      ...unpaused,
      status: { ...others, controllerPause: false, ...stepAt(next) },
    };
  }
  if (pauseConditions.length > 0) return { ...unpaused, status: others };
  if (spec.strategy.canary === undefined || next === undefined) return unpaused;
  return { ...unpaused, status: { ...others, ...stepAt(next) } };
}

function nextStepIndex({ spec, status }: Rollout): number | undefined {
  const steps = spec.strategy.canary?.steps?.length ?? 0;
  if (steps === 0) return undefined;
  return Math.min(steps, (status.currentStepIndex ?? 0) + 1);
}

function stepAt(index: number | undefined) {
  return index === undefined ? {} : { currentStepIndex: index };
}

/** cmd/set/set_image.go newRolloutSetImage */
export function setImage({ spec }: Rollout, container: string, image: string): Change {
  const pod = spec.template?.spec;
  let found = false;
  const withImage = <C extends { readonly name: string }>(one: C): C => {
    if (one.name !== container && container !== "*") return one;
    found = true;
    return { ...one, image };
  };
  const containers = (pod?.containers ?? []).map(withImage);
  const initContainers = pod?.initContainers?.map(withImage);
  if (!found) throw new ArgoError(`unable to find container named "${container}"`);
  const changed = {
    ...pod,
    containers,
    ...(initContainers === undefined ? {} : { initContainers }),
  };
  return { spec: { ...spec, template: { ...spec.template, spec: changed } } };
}
