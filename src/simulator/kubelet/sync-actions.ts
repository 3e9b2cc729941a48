import { isSidecar } from "../api/containers.ts";
import type { Container } from "../api/types.ts";
import { shouldBeRestarted } from "./container-status.ts";
import {
  hasExited,
  latestRun,
  type ContainerRun,
  type KillReason,
  type PodState,
  type ProbeResult,
  type ProbeType,
  type SyncAction,
} from "./state.ts";

/** What the plan is made from: the runtime as it was at `viewMs`, and the results of probes. */
export interface SyncView {
  readonly viewMs: number;
  result(type: ProbeType, container: string, id: string): ProbeResult | undefined;
  /** Does the container run with its startup probe passed, if it has one? */
  started(container: Container, run: ContainerRun): boolean;
}

/**
 * What SyncPod has to do so that the runtime runs what the spec says (kuberuntime_manager.go computePodActions): in order, the sandbox,
 * containers to be killed, containers to be started.
 */
export function computePodActions(pod: PodState, view: SyncView): SyncAction[] {
  if (pod.pod.metadata.deletionTimestamp !== undefined) return [];
  const kills: SyncAction[] = [];
  const starts: SyncAction[] = [];
  const initialized = planInitContainers(pod, view, kills, starts);
  if (initialized) {
    const { containers } = pod.pod.spec;
    const begun = starts.length;
    for (const c of containers) planContainer(pod, c, view, kills, starts);
    const isOver = containers.every(({ name }) => !isRunning(pod, name, view.viewMs));
    if (isOver && starts.length === begun) return killsOfAll(pod, view);
  }
  const actions = kills.length === 0 ? starts : [...kills, ...starts];
  return pod.sandbox === undefined ? [SANDBOX, ...actions] : actions;
}

const SANDBOX: SyncAction = { kind: "sandbox" };

/** No container is to run any more: the sidecars go, the last one first (computePodActions KillPod). */
function killsOfAll(pod: PodState, { viewMs }: SyncView): SyncAction[] {
  return (pod.pod.spec.initContainers ?? [])
    .filter(({ name }) => isRunning(pod, name, viewMs))
    .reverse()
    .map(({ name }) => {
      return {
        kind: "kill",
        container: name,
        message: `Stopping container ${name}`,
        reason: "unknown",
      };
    });
}

function isRunning(pod: PodState, container: string, viewMs: number): boolean {
  const run = latestRun(pod, container, viewMs);
  return run !== undefined && !hasExited(run, viewMs);
}

function planContainer(
  pod: PodState,
  container: Container,
  view: SyncView,
  kills: SyncAction[],
  starts: SyncAction[],
): void {
  const run = latestRun(pod, container.name, view.viewMs);
  const { name } = container;
  if (run === undefined || hasExited(run, view.viewMs)) {
    if (shouldBeRestarted(pod.pod, container, run, view.viewMs)) {
      starts.push({ kind: "start", container: name });
    }
    return;
  }
  const why = reasonToKill(container, run, view);
  if (why === undefined) return;
  const restarts = why.always || isSidecar(container) || pod.pod.spec.restartPolicy !== "Never";
  const message = restarts ? `${why.message}, will be restarted` : why.message;
  kills.push({ kind: "kill", container: name, message, reason: why.reason });
  if (restarts) starts.push({ kind: "start", container: name });
}

function reasonToKill(
  container: Container,
  run: ContainerRun,
  view: SyncView,
): { message: string; reason: KillReason; always: boolean } | undefined {
  const { name } = container;
  if (run.image !== container.image) {
    return { message: `Container ${name} definition changed`, reason: "unknown", always: true };
  }
  if (view.result("liveness", name, run.id) === "Failure") {
    return {
      message: `Container ${name} failed liveness probe`,
      reason: "livenessProbe",
      always: false,
    };
  }
  if (view.result("startup", name, run.id) === "Failure") {
    return {
      message: `Container ${name} failed startup probe`,
      reason: "startupProbe",
      always: false,
    };
  }
  return undefined;
}

/**
 * Plans the init containers (kuberuntime_container.go computeInitContainerActions): one after the other, each once; a sidecar has to be
 * started before the next one, and is kept running ever after. They are looked through from the last one back: whatever stands before one
 * that has begun has had its turn, and only its sidecars matter still. Says whether the pod is initialized: a main container runs, or the
 * last init container has done its part.
 */
function planInitContainers(
  pod: PodState,
  view: SyncView,
  kills: SyncAction[],
  starts: SyncAction[],
): boolean {
  const { containers, initContainers = [], restartPolicy } = pod.pod.spec;
  if (initContainers.length === 0) return true;
  let initialized = containers.some(({ name }) => isRunning(pod, name, view.viewMs));
  let isPast = initialized;
  const due: number[] = [];
  const passed = (at: number) => {
    if (at === initContainers.length - 1) initialized = true;
    else if (!isPast) due.push(at + 1);
  };
  for (let at = initContainers.length - 1; at >= 0; at -= 1) {
    const container = initContainers[at]!;
    const sidecar = isSidecar(container);
    const run = latestRun(pod, container.name, view.viewMs);
    if (run === undefined) {
      if (isPast && sidecar) due.push(at);
      continue;
    }
    if (isPast && !sidecar) continue;
    const runs = !hasExited(run, view.viewMs);
    if (sidecar && runs) {
      if (view.started(container, run)) passed(at);
      const why = reasonToKill(container, run, view);
      if (why !== undefined) {
        const message = `Init c${why.message.slice(1)}`;
        kills.push({ kind: "kill", container: container.name, message, reason: why.reason });
        due.push(at);
      }
    } else if (sidecar) due.push(at);
    else if (!runs) {
      if (run.exit?.code === 0) passed(at);
      else if (restartPolicy === "Never") return false;
      else due.push(at);
    }
    isPast = true;
  }
  if (!isPast) due.push(0);
  for (const at of due.reverse()) {
    starts.push({ kind: "start", container: initContainers[at]!.name });
  }
  return initialized;
}
