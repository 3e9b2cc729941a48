import { isFinalPhase } from "../api/pod-phase.ts";
import type { PodPhase, Probe } from "../api/types.ts";
import type { ProbeResult, ProbeType, ProbeWorker } from "./state.ts";

/** What the status manager says about the container when its probe is due. */
export interface ProbeSituation {
  readonly nowMs: number;
  /** Undefined: no status of the pod is known. */
  readonly phase?: PodPhase;
  readonly podDeleted: boolean;
  /** Undefined: the container has not been created. */
  readonly container?: {
    readonly id: string;
    readonly state: "running" | "waiting" | "terminated";
    /** In whole seconds, as the status has it. */
    readonly startedMs: number;
    /** Its startup probe has passed, or it has none. */
    readonly started: boolean;
    /** A terminated one will be started again. */
    readonly restarts: boolean;
  };
}

/** What to do at a tick; `updated`: the recorded result is another one. */
export interface ProbeDue {
  readonly next: "stop" | "wait" | "probe";
  readonly updated: boolean;
}

/** Results before the first run (prober/worker.go newWorker). */
const INITIAL_RESULT: Readonly<Record<ProbeType, ProbeResult>> = {
  readiness: "Failure",
  liveness: "Success",
  startup: "Unknown",
};

/** A worker whose ticker starts now. */
export function newProbeWorker(type: ProbeType, container: string, nowMs: number): ProbeWorker {
  return {
    type,
    container,
    containerId: "",
    result: undefined,
    lastResult: undefined,
    resultRun: 0,
    onHold: false,
    stopped: false,
    anchorMs: nowMs,
    timer: undefined,
    timerAtMs: -1,
    timerIsManual: false,
    inFlight: false,
    manualPending: false,
    skipped: undefined,
  };
}

/** Is the probe to be run now? The part of prober/worker.go doProbe before the probe itself. */
export function probeDue(worker: ProbeWorker, probe: Probe, now: ProbeSituation): ProbeDue {
  if (now.phase === undefined) return { next: "wait", updated: false };
  if (isFinalPhase(now.phase)) return { next: "stop", updated: false };
  const { container } = now;
  if (container === undefined) return { next: "wait", updated: false };
  let updated = false;
  if (worker.containerId !== container.id) {
    worker.containerId = container.id;
    worker.result = undefined;
    updated = setResult(worker, INITIAL_RESULT[worker.type]);
    worker.onHold = false;
  }
  if (worker.onHold) return { next: "wait", updated };
  if (container.state !== "running") {
    updated = setResult(worker, "Failure") || updated;
    const goesOn = container.state !== "terminated" || container.restarts;
    return { next: goesOn ? "wait" : "stop", updated };
  }
  if (now.podDeleted && worker.type !== "readiness") {
    return { next: "stop", updated: setResult(worker, "Success") || updated };
  }
  // Whole seconds are compared, of a start time that is cut to the second.
  const age = Math.floor((now.nowMs - container.startedMs) / 1000);
  if (age < (probe.initialDelaySeconds ?? 0)) return { next: "wait", updated };
  if (container.started === (worker.type === "startup")) return { next: "wait", updated };
  return { next: "probe", updated };
}

/**
 * Takes in a probe's result: the recorded one changes after failureThreshold or successThreshold equal results in a row. The part of
 * prober/worker.go doProbe after the probe; says whether the recorded result changed.
 */
export function takeResult(
  worker: ProbeWorker,
  probe: Probe,
  result: "Success" | "Failure",
): boolean {
  worker.resultRun = worker.lastResult === result ? worker.resultRun + 1 : 1;
  worker.lastResult = result;
  if (worker.resultRun < threshold(probe, result)) return false;
  const changed = setResult(worker, result);
  // Until there is a new container, so that a container is not killed twice.
  if (worker.type === "startup" || (worker.type === "liveness" && result === "Failure")) {
    worker.onHold = true;
    worker.resultRun = 0;
  }
  return changed;
}

/** How many equal results in a row count. */
export function threshold(probe: Probe, result: "Success" | "Failure"): number {
  return result === "Failure" ? (probe.failureThreshold ?? 3) : (probe.successThreshold ?? 1);
}

/** First tick of the worker's ticker after a time. */
export function tickAfter(worker: ProbeWorker, periodMs: number, timeMs: number): number {
  return worker.anchorMs + (Math.floor((timeMs - worker.anchorMs) / periodMs) + 1) * periodMs;
}

function setResult(worker: ProbeWorker, result: ProbeResult): boolean {
  if (worker.result === result) return false;
  worker.result = result;
  return true;
}
