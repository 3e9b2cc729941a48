import { isSidecar } from "../api/containers.ts";
import type { Container, ContainerStatus, Pod, PodPhase } from "../api/types.ts";

interface Counts {
  waiting: number;
  running: number;
  stopped: number;
  succeeded: number;
  unknown: number;
}

/**
 * Phase of a pod by its containers (kubelet_pods.go getPhase). `terminal`: none will be started again. A sidecar counts while it runs, so
 * that the pod is not over before it; one that has ended does not.
 */
export function podPhase(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  initStatuses: readonly ContainerStatus[],
  terminal: boolean,
): PodPhase {
  const { containers, initContainers = [], restartPolicy = "Always" } = pod.spec;
  const counts: Counts = { waiting: 0, running: 0, stopped: 0, succeeded: 0, unknown: 0 };
  for (const { name } of containers) {
    count(
      counts,
      statuses.find((s) => s.name === name),
    );
  }
  const hasStarted = counts.running + counts.stopped > 0;
  const init = countInit(initContainers, initStatuses, counts);
  if (init.failed && restartPolicy === "Never") return "Failed";
  if (init.pending > 0 || (init.pendingSidecars > 0 && !hasStarted)) return "Pending";
  if (counts.waiting > 0) return "Pending";
  if (counts.running > 0 && counts.unknown === 0) return "Running";
  if (counts.running > 0 || counts.stopped === 0 || counts.unknown > 0) return "Pending";
  const succeeded = counts.stopped === counts.succeeded;
  if (terminal) return succeeded ? "Succeeded" : "Failed";
  if (restartPolicy === "Always") return "Running";
  if (succeeded) return "Succeeded";
  return restartPolicy === "Never" ? "Failed" : "Running";
}

function count(counts: Counts, status: ContainerStatus | undefined): void {
  if (status?.state.running !== undefined) counts.running += 1;
  else if (status?.state.terminated !== undefined) {
    counts.stopped += 1;
    if (status.state.terminated.exitCode === 0) counts.succeeded += 1;
  } else if (status?.state.waiting !== undefined) {
    if (status.lastState.terminated !== undefined) counts.stopped += 1;
    else counts.waiting += 1;
  } else counts.unknown += 1;
}

/** How many init containers have yet to do their part, and whether one has failed; adds the sidecars to the counts. */
function countInit(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  counts: Counts,
): { pending: number; pendingSidecars: number; failed: boolean } {
  let [pending, pendingSidecars, failed] = [0, 0, false];
  for (const container of containers) {
    const status = statuses.find((s) => s.name === container.name);
    const end = status?.state.terminated ?? (status?.state.waiting && status.lastState.terminated);
    if (!isSidecar(container)) {
      if (end === undefined) pending += 1;
      else if (end.exitCode !== 0) failed = true;
    } else if (status === undefined) counts.unknown += 1;
    else if (end === undefined) {
      if (status.started !== true) pendingSidecars += 1;
      count(counts, status);
    }
  }
  return { pending, pendingSidecars, failed };
}
