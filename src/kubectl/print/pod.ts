/*
 * A pod in the words of `kubectl get pods` (kubernetes pkg/printers/internalversion/printers.go printPod). STATUS is no field of the API: it
 * is what says most about the pod's containers, which is why a pod in phase Pending shows as ContainerCreating or ErrImagePull.
 */
import { isFinalPhase } from "../../simulator/api/pod-phase.ts";
import { parseTimestamp, type ContainerStatus, type Pod } from "../../simulator/index.ts";
import { age, NONE, since } from "./cells.ts";
import { columns, wideColumns, type KindPrinter, type RowCondition } from "./table.ts";

/** The cells READY, STATUS and RESTARTS of a pod. */
export interface PodSummary {
  /** Containers that are ready; sidecars count. */
  readonly ready: number;
  readonly total: number;
  readonly status: string;
  readonly restarts: number;
  /** When the last container that was restarted had ended; undefined when none was or it is not known. */
  readonly lastRestart?: string;
}

export const podPrinter: KindPrinter<Pod> = {
  columns: [
    ...columns("Name", "Ready", "Status", "Restarts", "Age"),
    ...wideColumns("IP", "Node", "Nominated Node", "Readiness Gates"),
  ],
  cells(pod, nowMs) {
    const { ready, total, status, restarts, lastRestart } = summarizePod(pod);
    const restartsText =
      restarts !== 0 && lastRestart !== undefined
        ? `${restarts} (${since(lastRestart, nowMs)} ago)`
        : String(restarts);
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      status,
      restartsText,
      age(pod, nowMs),
      pod.status.podIPs?.[0]?.ip || NONE,
      pod.spec.nodeName || NONE,
      pod.status.nominatedNodeName || NONE,
      readinessGates(pod),
    ];
  },
  conditions: ({ status }) => finished[status.phase ?? ""] ?? [],
};

const finished: Readonly<Record<string, readonly RowCondition[]>> = {
  Succeeded: completed("Succeeded", "The pod has completed successfully."),
  Failed: completed("Failed", "The pod failed."),
};

function completed(reason: string, message: string): RowCondition[] {
  return [{ type: "Completed", status: "True", reason, message }];
}

/** Counts containers and restarts, and finds the word for the pod's state. */
export function summarizePod(pod: Pod): PodSummary {
  const sidecars = new Set(
    (pod.spec.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === "Always")
      .map(({ name }) => name),
  );
  const init = summarizeInitContainers(pod, sidecars);
  const total = pod.spec.containers.length + sidecars.size;
  const initializing = init.status !== undefined && !hasCondition(pod, "Initialized");
  if (initializing) {
    const { ready, restarts } = init;
    return withLastRestart(init.restarted, {
      ready,
      total,
      status: finalStatus(pod, init.status!),
      restarts,
    });
  }
  const main = summarizeContainers(pod, init.status ?? statusOfPhase(pod));
  return withLastRestart(
    [...init.restartedSidecars, ...restartedOf(pod.status.containerStatuses)],
    {
      ready: init.ready + main.ready,
      total,
      status: finalStatus(pod, main.status),
      restarts: init.sidecarRestarts + main.restarts,
    },
  );
}

/** The phase or what overrides it, before containers are looked at. */
function statusOfPhase({ status }: Pod): string {
  const gated = (status.conditions ?? []).some(
    ({ type, reason }) => type === "PodScheduled" && reason === "SchedulingGated",
  );
  return gated ? "SchedulingGated" : status.reason || (status.phase ?? "");
}

interface InitSummary {
  readonly ready: number;
  /** `Init:…` when an init container has still to finish; undefined when all have. */
  readonly status: string | undefined;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly restarted: readonly string[];
  readonly restartedSidecars: readonly string[];
}

/** Init containers run one after the other: the first that has not finished, or as a sidecar not started, is the one to tell of. */
function summarizeInitContainers(pod: Pod, sidecars: ReadonlySet<string>): InitSummary {
  const statuses = pod.status.initContainerStatuses ?? [];
  const at = statuses.findIndex((container) => {
    const done = container.state?.terminated?.exitCode === 0;
    return !done && !(sidecars.has(container.name) && container.started === true);
  });
  const seen = at < 0 ? statuses : statuses.slice(0, at + 1);
  const passed = at < 0 ? statuses : statuses.slice(0, at);
  const seenSidecars = seen.filter(({ name }) => sidecars.has(name));
  const current = statuses[at];
  return {
    ready: passed.filter((c) => c.ready && c.state?.terminated?.exitCode !== 0).length,
    status: current && initStatus(current, `${at}/${(pod.spec.initContainers ?? []).length}`),
    restarts: sumOfRestarts(seen),
    sidecarRestarts: sumOfRestarts(seenSidecars),
    restarted: restartedOf(seen),
    restartedSidecars: restartedOf(seenSidecars),
  };
}

function initStatus({ state }: ContainerStatus, progress: string): string {
  if (state?.terminated !== undefined) return `Init:${endOf(state.terminated)}`;
  const waiting = state?.waiting?.reason;
  return waiting && waiting !== "PodInitializing" ? `Init:${waiting}` : `Init:${progress}`;
}

/** The first container with something to tell decides; one that runs beside a completed one makes the pod Running again. */
function summarizeContainers(pod: Pod, status: string) {
  const statuses = pod.status.containerStatuses ?? [];
  const running = statuses.filter(
    ({ ready, state }) => ready && state?.running && !state.waiting?.reason && !state.terminated,
  );
  const telling = statuses.find(({ state }) => state?.waiting?.reason || state?.terminated);
  const told = telling?.state.waiting?.reason || (telling && endOf(telling.state.terminated!));
  const word = told || status;
  const backToRunning = hasCondition(pod, "Ready") ? "Running" : "NotReady";
  return {
    ready: running.length,
    restarts: sumOfRestarts(statuses),
    status: word === "Completed" && running.length > 0 ? backToRunning : word,
  };
}

/** A pod that is being deleted is Terminating, until it is over; one whose node is lost is Unknown. */
function finalStatus({ metadata, status }: Pod, word: string): string {
  if (metadata.deletionTimestamp === undefined) return word;
  if (status.reason === "NodeLost") return "Unknown";
  return isFinalPhase(status.phase) ? word : "Terminating";
}

function endOf({
  reason,
  signal,
  exitCode,
}: NonNullable<ContainerStatus["state"]["terminated"]>): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`);
}

/** How many of its readiness gates are passed. */
function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  const passed = gates.filter(({ conditionType }) => hasCondition(pod, conditionType));
  return `${passed.length}/${gates.length}`;
}

function hasCondition({ status }: Pod, type: string): boolean {
  return (status.conditions ?? []).find((c) => c.type === type)?.status === "True";
}

function sumOfRestarts(statuses: readonly ContainerStatus[]): number {
  return statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** When containers that were restarted had ended. */
function restartedOf(statuses: readonly ContainerStatus[] = []): string[] {
  return statuses.flatMap(({ lastState }) => lastState?.terminated?.finishedAt ?? []);
}

function withLastRestart(times: readonly string[], summary: PodSummary): PodSummary {
  if (times.length === 0) return summary;
  const lastRestart = times.reduce((a, b) => (parseTimestamp(b) > parseTimestamp(a) ? b : a));
  return { ...summary, lastRestart };
}
