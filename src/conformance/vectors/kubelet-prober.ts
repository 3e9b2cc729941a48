import type { PodPhase, Probe } from "../../simulator/api/types.ts";
import {
  newProbeWorker,
  probeDue,
  takeResult,
  type ProbeSituation,
} from "../../simulator/kubelet/probe-worker.ts";
import type { ProbeType, ProbeWorker } from "../../simulator/kubelet/state.ts";
import { same, type Verdict } from "./verdict.ts";

interface Step {
  readonly probe: "Success" | "Failure";
  readonly secondsSinceContainerStart?: number;
  readonly newContainerID?: boolean;
  readonly containerStarted?: boolean;
}

interface Input {
  readonly probeType: ProbeType;
  readonly podStatus?: string;
  readonly deletionTimestampSet?: boolean;
  readonly initialDelaySeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly restartPolicy?: string;
  readonly probeReturns?: "Success" | "Failure";
  readonly initialResult?: "Success" | "Failure" | "Unknown" | null;
  readonly steps?: readonly Step[];
}

interface Case {
  readonly input: Input;
  readonly expected: {
    readonly keepRunning: boolean;
    readonly result?: string | null;
    readonly steps?: readonly { readonly [field: string]: unknown }[];
  };
}

export function run(given: unknown): Verdict {
  const { input, expected } = given as Case;
  const worker = newProbeWorker(input.probeType, "container", 0);
  if (input.initialResult != null) worker.result = input.initialResult;
  const steps = input.steps ?? [{ probe: input.probeReturns ?? "Success" }];
  const results: Record<string, unknown>[] = [];
  let keepRunning = true;
  let containers = 1;
  for (const [i, step] of steps.entries()) {
    if (step.newContainerID === true) containers += 1;
    keepRunning = runOnce(worker, input, step, `container-${containers}`) && keepRunning;
    const all: Record<string, unknown> = {
      result: worker.result,
      onHold: worker.onHold,
      resultRun: worker.resultRun,
    };
    // A step asserts some of these.
    const asked = Object.entries(expected.steps?.[i] ?? {}).filter(([, value]) => value !== null);
    results.push(Object.fromEntries(asked.map(([name]) => [name, all[name]])));
  }
  if (expected.steps === undefined) {
    const { result } = expected;
    return same(
      { keepRunning, result: worker.result ?? null },
      { keepRunning: expected.keepRunning, result },
    );
  }
  const wanted = expected.steps.map((step) =>
    Object.fromEntries(Object.entries(step).filter(([, value]) => value !== null)),
  );
  return same(
    { keepRunning, steps: results },
    { keepRunning: expected.keepRunning, steps: wanted },
  );
}

/** One run of the worker's loop; says whether it goes on. */
function runOnce(worker: ProbeWorker, input: Input, step: Step, id: string): boolean {
  const probe: Probe = {
    initialDelaySeconds: input.initialDelaySeconds ?? 0,
    successThreshold: input.successThreshold ?? 1,
    failureThreshold: input.failureThreshold ?? 1,
  };
  const due = probeDue(worker, probe, situationOf(input, step, id));
  if (due.next === "probe") takeResult(worker, probe, step.probe);
  return due.next !== "stop";
}

function situationOf(input: Input, step: Step, id: string): ProbeSituation {
  const words = input.podStatus ?? "container running";
  const nowMs = (step.secondsSinceContainerStart ?? 0) * 1000;
  const podDeleted = input.deletionTimestampSet === true;
  const ended = /(?:phase|pod) (Failed|Succeeded)/.exec(words)?.[1] as PodPhase | undefined;
  if (/^no (pod )?status( known)?$/.test(words)) return { nowMs, podDeleted };
  const phase = ended ?? "Running";
  if (/^no (status for|container status)/.test(words)) return { nowMs, podDeleted, phase };
  const state = ended === undefined ? stateOf(words) : "running";
  const started = step.containerStarted ?? input.probeType !== "startup";
  const restarts = (input.restartPolicy ?? "Never") !== "Never";
  return { nowMs, podDeleted, phase, container: { id, state, startedMs: 0, started, restarts } };
}

function stateOf(words: string): "waiting" | "terminated" | "running" {
  if (/not running|waiting/.test(words)) return "waiting";
  if (words.includes("terminated")) return "terminated";
  if (words.includes("running")) return "running";
  throw new Error(`no rule for pod status "${words}"`);
}
