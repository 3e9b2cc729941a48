import { isSidecar } from "../api/containers.ts";
import { named, ofType } from "../api/find.ts";
import { DISRUPTION_TARGET, timedCondition, type BareCondition } from "../api/pod-conditions.ts";
import type { ContainerStatus, Pod, PodCondition, PodPhase } from "../api/types.ts";

/** Conditions that the kubelet owns (kubelet types/pod_status.go PodConditionByKubelet); all others are left as they are. */
const KUBELET_CONDITIONS: readonly string[] = [
  "PodReadyToStartContainers",
  "Initialized",
  "Ready",
  "ContainersReady",
  "PodScheduled",
];

/** Is it one of the conditions that the kubelet owns? */
export function isKubelets({ type }: PodCondition): boolean {
  return KUBELET_CONDITIONS.includes(type);
}

/** Are all of them the kubelet's own? */
export function areKubelets(conditions: readonly PodCondition[]): boolean {
  for (const condition of conditions) if (!isKubelets(condition)) return false;
  return true;
}

/** Does the kubelet set it, among others (kubelet types/pod_status.go PodConditionSharedByKubelet)? */
export function isShared({ type }: PodCondition): boolean {
  return type === DISRUPTION_TARGET;
}

/**
 * The conditions that the kubelet sets, in its order (kubelet_pods.go generateAPIPodStatus, status/generate.go).
 * `others`: conditions of readiness gates and the like.
 */
export function kubeletConditions(
  pod: Pod,
  phase: PodPhase,
  statuses: readonly ContainerStatus[],
  initStatuses: readonly ContainerStatus[],
  sandboxReady: boolean,
  others: readonly PodCondition[],
): BareCondition[] {
  const all = initStatuses.length === 0 ? statuses : [...initStatuses, ...statuses];
  const containersReady = containersReadyCondition(pod, all, phase);
  return [
    sandboxReady ? SANDBOX_READY : SANDBOX_NOT_READY,
    initializedCondition(pod, initStatuses, statuses, phase),
    readyCondition(pod, others, containersReady),
    containersReady,
    SCHEDULED,
  ];
}

/** Most conditions are one of these. */
const SANDBOX_READY: BareCondition = { type: "PodReadyToStartContainers", status: "True" };
const SANDBOX_NOT_READY: BareCondition = { type: "PodReadyToStartContainers", status: "False" };
const SCHEDULED: BareCondition = { type: "PodScheduled", status: "True" };
const INITIALIZED: BareCondition = { type: "Initialized", status: "True" };
const CONTAINERS_READY: BareCondition = { type: "ContainersReady", status: "True" };
const READY: BareCondition = { type: "Ready", status: "True" };

/** ContainersReady (status/generate.go GenerateContainersReadyCondition). */
function containersReadyCondition(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  phase: PodPhase,
): BareCondition {
  const { containers, initContainers } = pod.spec;
  const looked =
    initContainers === undefined
      ? containers
      : [...initContainers.filter(isSidecar), ...containers];
  const type = "ContainersReady";
  let unknown = "";
  let unready = "";
  for (const { name } of looked) {
    const status = named(statuses, name);
    if (status === undefined) unknown = joined(unknown, name);
    else if (!status.ready) unready = joined(unready, name);
  }
  if (phase === "Succeeded" && unknown === "") {
    return { type, status: "False", reason: "PodCompleted" };
  }
  if (phase === "Failed") return { type, status: "False", reason: "PodFailed" };
  const message = listed(unknown, "unknown", unready, "unready");
  if (message === "") return CONTAINERS_READY;
  return { type, status: "False", reason: "ContainersNotReady", message };
}

/** Ready: all containers are, and all readiness gates are True (status/generate.go GeneratePodReadyCondition). */
function readyCondition(
  pod: Pod,
  conditions: readonly PodCondition[],
  containersReady: BareCondition,
): BareCondition {
  if (containersReady.status !== "True") return { ...containersReady, type: "Ready" };
  if (pod.spec.readinessGates === undefined) return READY;
  const messages: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates) {
    const condition = ofType(conditions, conditionType);
    if (condition === undefined) {
      messages.push(
        `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
      );
    } else if (condition.status !== "True") {
      messages.push(
        `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`,
      );
    }
  }
  if (messages.length === 0) return READY;
  return {
    type: "Ready",
    status: "False",
    reason: "ReadinessGatesNotReady",
    message: messages.join(", "),
  };
}

function initializedCondition(
  pod: Pod,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
  phase: PodPhase,
): BareCondition {
  const type = "Initialized";
  const { initContainers = [] } = pod.spec;
  if (initContainers.length === 0 && phase !== "Succeeded") return INITIALIZED;
  let unknown = "";
  let incomplete = "";
  for (const container of initContainers) {
    const { name } = container;
    const status = named(initStatuses, name);
    if (status === undefined) unknown = joined(unknown, name);
    else if (!(isSidecar(container) ? status.started === true : status.ready)) {
      incomplete = joined(incomplete, name);
    }
  }
  if (phase === "Succeeded" && unknown === "") {
    return { type, status: "True", reason: "PodCompleted" };
  }
  const hasStarted = statuses.some(
    (s) =>
      s.state.running !== undefined ||
      s.state.terminated !== undefined ||
      s.lastState.terminated !== undefined,
  );
  if (hasStarted) return INITIALIZED;
  const message = listed(unknown, "unknown", incomplete, "incomplete");
  if (message === "") return INITIALIZED;
  return { type, status: "False", reason: "ContainersNotInitialized", message };
}

/** Names as Go prints a list of them, without its brackets. */
function joined(names: string, name: string): string {
  return names === "" ? name : `${names} ${name}`;
}

function listed(first: string, firstWord: string, second: string, secondWord: string): string {
  const firstPart = first === "" ? "" : `containers with ${firstWord} status: [${first}]`;
  if (second === "") return firstPart;
  const secondPart = `containers with ${secondWord} status: [${second}]`;
  return firstPart === "" ? secondPart : `${firstPart}, ${secondPart}`;
}

/**
 * The conditions with their times: lastTransitionTime stays while the status does (status_manager.go updateLastTransitionTime). One that
 * says the same as before is the one that was.
 */
export function timedConditions(
  bare: readonly BareCondition[],
  old: readonly PodCondition[],
  now: string,
): readonly PodCondition[] {
  if (sayTheSame(old, bare)) return old;
  return bare.map((condition, i) => {
    const { type } = condition;
    const inPlace = old[i];
    const before = inPlace?.type === type ? inPlace : ofType(old, type);
    if (before !== undefined && isToldBy(before, condition)) return before;
    return timedCondition(condition, before, now);
  });
}

function sayTheSame(old: readonly PodCondition[], bare: readonly BareCondition[]): boolean {
  if (old.length !== bare.length) return false;
  for (let i = 0; i < bare.length; i += 1) if (!isToldBy(old[i]!, bare[i]!)) return false;
  return true;
}

function isToldBy(known: PodCondition, { type, status, reason, message }: BareCondition): boolean {
  return (
    known.type === type &&
    known.status === status &&
    known.reason === reason &&
    known.message === message &&
    known.lastProbeTime === null
  );
}

/** Has a readiness gate changed, so that Ready is no longer what it should be (status_manager.go NeedToReconcilePodReadiness)? */
export function needsReadinessReconciled(pod: Pod): boolean {
  if ((pod.spec.readinessGates ?? []).length === 0) return false;
  const { conditions = [], containerStatuses = [], initContainerStatuses = [], phase } = pod.status;
  const statuses = [...initContainerStatuses, ...containerStatuses];
  const containersReady = containersReadyCondition(pod, statuses, phase ?? "Pending");
  const current = ofType(conditions, "Ready");
  if (current === undefined) return false;
  const wanted = readyCondition(pod, conditions, containersReady);
  return current.status !== wanted.status || current.message !== wanted.message;
}
