import { isFinalPhase } from "../api/pod-phase.ts";
import { named } from "../api/find.ts";
import { disruptionTarget, updatePodCondition } from "../api/pod-conditions.ts";
import { timestamp } from "../api/time.ts";
import type { ContainerStatus, Mutable, PodCondition, PodPhase, PodStatus } from "../api/types.ts";
import { areKubelets, isKubelets, kubeletConditions, timedConditions } from "./conditions.ts";
import { containerStatus, type StatusView } from "./container-status.ts";
import { podPhase } from "./phase.ts";
import type { PodState } from "./state.ts";

/*
 * A status is made anew each time, out of the parts of the one before wherever they say the same: most of it stays as it is, and what is
 * the same object need not be compared.
 */

/** The status of a pod by what the kubelet sees of its containers (kubelet_pods.go generateAPIPodStatus). */
export function generatePodStatus(pod: PodState, view: StatusView): PodStatus {
  const { failure, sandbox } = pod;
  const old = pod.status ?? pod.pod.status;
  const statuses = statusesOf(pod, false, view);
  const initStatuses = statusesOf(pod, true, view);
  const phase = phaseOf(pod, old, statuses, initStatuses, view.terminal);
  const hasSandbox = sandbox !== undefined && sandbox.readyMs <= view.viewMs;
  const sandboxReady =
    hasSandbox && !(sandbox.stoppedMs !== undefined && sandbox.stoppedMs <= view.viewMs);
  const ip = hasSandbox ? sandbox.ip : old.podIP;
  const now = timestamp(view.nowMs);
  const conditions = conditionsOf(pod, phase, statuses, initStatuses, sandboxReady, old, now);
  const { qosClass } = pod.pod.status;
  const status: Mutable<PodStatus> = { phase };
  if (failure !== undefined && phase === "Failed") {
    status.reason = failure.reason;
    status.message = failure.message;
  }
  status.conditions = conditions;
  status.hostIP = view.hostIp;
  if (ip !== undefined) {
    status.podIP = ip;
    status.podIPs = old.podIP === ip && old.podIPs?.length === 1 ? old.podIPs : [{ ip }];
  }
  status.startTime = old.startTime ?? now;
  if (initStatuses.length > 0) status.initContainerStatuses = initStatuses;
  status.containerStatuses = statuses;
  if (qosClass !== undefined) status.qosClass = qosClass;
  return status;
}

function statusesOf(pod: PodState, init: boolean, view: StatusView): readonly ContainerStatus[] {
  const { containers, initContainers = NONE } = pod.pod.spec;
  const specs = init ? initContainers : containers;
  if (specs.length === 0) return NONE;
  const old = pod.status ?? pod.pod.status;
  const before = (init ? old.initContainerStatuses : old.containerStatuses) ?? NONE;
  const statuses = specs.map((container) => {
    const told = named(before, container.name);
    return containerStatus(pod, container, init, told, view);
  });
  return keepSame(before, statuses);
}

const NONE: readonly never[] = [];

/** The list as it was if it holds the same. */
function keepSame<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  if (before.length !== now.length) return now;
  for (let i = 0; i < now.length; i += 1) if (before[i] !== now[i]) return now;
  return before;
}

/** A pod never leaves a phase that it ended in. */
function phaseOf(
  pod: PodState,
  old: PodStatus,
  statuses: readonly ContainerStatus[],
  initStatuses: readonly ContainerStatus[],
  terminal: boolean,
): PodPhase {
  if (isFinalPhase(old.phase)) return old.phase;
  if (pod.failure !== undefined && terminal) return "Failed";
  return podPhase(pod.pod, statuses, initStatuses, terminal);
}

function conditionsOf(
  pod: PodState,
  phase: PodPhase,
  statuses: readonly ContainerStatus[],
  initStatuses: readonly ContainerStatus[],
  sandboxReady: boolean,
  old: PodStatus,
  now: string,
): readonly PodCondition[] {
  const others = othersOf(pod);
  const bare = kubeletConditions(pod.pod, phase, statuses, initStatuses, sandboxReady, others);
  const before = old.conditions ?? NONE;
  const own = timedConditions(bare, before, now);
  return keepSame(before, others.length === 0 ? own : [...others, ...own]);
}

/** Conditions that others have set, and that of an eviction by the kubelet. */
function othersOf({ pod, failure }: PodState): readonly PodCondition[] {
  const others = othersAmong(pod.status.conditions ?? NONE);
  if (failure?.disruption === undefined) return others;
  const why = disruptionTarget("TerminationByKubelet", failure.disruption);
  return updatePodCondition(others, why, failure.atMs);
}

function othersAmong(conditions: readonly PodCondition[]): readonly PodCondition[] {
  return areKubelets(conditions) ? NONE : conditions.filter((c) => !isKubelets(c));
}

/** The status with one container's readiness changed (status_manager.go SetContainerReadiness). */
export function withReadiness(
  pod: PodState,
  status: PodStatus,
  container: string,
  ready: boolean,
  nowMs: number,
): PodStatus {
  const change = (s: ContainerStatus) => (s.name === container ? { ...s, ready } : s);
  const statuses = (status.containerStatuses ?? []).map(change);
  const initStatuses = (status.initContainerStatuses ?? []).map(change);
  const sandboxReady =
    status.conditions?.some(
      (c) => c.type === "PodReadyToStartContainers" && c.status === "True",
    ) === true;
  const phase = status.phase ?? "Pending";
  const now = timestamp(nowMs);
  return {
    ...status,
    conditions: conditionsOf(pod, phase, statuses, initStatuses, sandboxReady, status, now),
    ...(status.initContainerStatuses === undefined ? {} : { initContainerStatuses: initStatuses }),
    containerStatuses: statuses,
  };
}

/**
 * The last word on a terminated pod: every container has ended and the phase is a final one (status_manager.go TerminatePod).
 */
export function terminatedStatus(status: PodStatus): PodStatus {
  const initialized = status.conditions?.some(
    (c) => c.type === "Initialized" && c.status === "True",
  );
  const ended = (s: ContainerStatus): ContainerStatus =>
    s.state.terminated !== undefined || initialized !== true
      ? s
      : {
          ...s,
          state: {
            terminated: {
              exitCode: 137,
              reason: "ContainerStatusUnknown",
              message: "The container could not be located when the pod was terminated",
            },
          },
        };
  return {
    ...status,
    phase: isFinalPhase(status.phase) ? status.phase : "Failed",
    containerStatuses: (status.containerStatuses ?? []).map(ended),
  };
}
