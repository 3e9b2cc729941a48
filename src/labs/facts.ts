import type {
  Decision,
  InputRecord,
  PodRecord,
  RolloutRecord,
  Run,
  Timeline,
} from "../simulator/index.ts";
import { capacityFacts, type CapacityFacts } from "./workload-facts.ts";

/** How one pod was brought down. Seconds count from the moment its deletion was accepted; -1: not before the run's end. */
export interface TerminationFacts {
  readonly pod: string;
  /** terminationGracePeriodSeconds as it was in force. */
  readonly graceSeconds: number;
  /** What became of its preStop hook. */
  readonly hook: "none" | "done" | "cut" | "failed";
  /** How long the hook ran. */
  readonly hookSeconds: number;
  /** When the stop signal was sent. */
  readonly signalAfter: number;
  /** What was left of the grace period for the application at the stop signal; never less than 2. */
  readonly leftSeconds: number;
  /** When the last router ceased to choose the pod. */
  readonly routersDroppedAfter: number;
  /** When its port ceased to accept connections. */
  readonly listenerClosedAfter: number;
  /** When the process ended. */
  readonly exitAfter: number;
  readonly sigkill: boolean;
}

export interface RolloutFacts {
  readonly object: string;
  readonly revision: number;
  readonly result: string;
  readonly complete: boolean;
  /** From the change to completion; -1 when it did not complete. */
  readonly seconds: number;
  readonly minReady: number;
  readonly maxPods: number;
}

/** An Event object. */
export interface EventFacts {
  /** When, in seconds from the run's start. */
  readonly at: number;
  /** `pod/web-5958b5bcc6-hzhj6` */
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** A step of the lab's scenario: what the team, its pipeline or its operators did. */
export interface StepFacts {
  /** When, in seconds from the run's start. */
  readonly at: number;
  /** `kubectl drain node-2` */
  readonly command: string;
  /** Its exit status; 0 while it runs. */
  readonly code: number;
  /** How long it took; -1: it still runs at the run's end. */
  readonly seconds: number;
}

/** What checks judge: one run in numbers. */
export interface RunFacts extends CapacityFacts {
  readonly seed: number;
  readonly requests: {
    readonly total: number;
    readonly ok: number;
    readonly failed: number;
    readonly byOutcome: Readonly<Record<string, number>>;
    readonly byCause: Readonly<Record<string, number>>;
    /** Answers by the version that gave them, and failed requests by the version that they were sent to. */
    readonly byVersion: Readonly<Record<string, number>>;
    readonly failedByVersion: Readonly<Record<string, number>>;
  };
  /** In the order of their beginning. */
  readonly rollouts: readonly RolloutFacts[];
  /** The last of them. */
  readonly rollout: RolloutFacts;
  /** preStop hooks: started, run to their end, cut off by the end of the grace period, failed. */
  readonly hooks: {
    readonly run: number;
    readonly done: number;
    readonly cut: number;
    readonly failed: number;
  };
  /** Containers ended by SIGKILL. */
  readonly kills: { readonly sigkill: number };
  /** Restarts because of a liveness or startup probe. */
  readonly restarts: number;
  readonly terminations: readonly TerminationFacts[];
  /** Images of the pods that are ready at the end, sorted. */
  readonly versions: readonly string[];
  /** In order of time; repeated ones as often as they were reported. */
  readonly events: readonly EventFacts[];
  /** API objects as they stand at the end, by `deployment/web`. */
  readonly live: Readonly<Record<string, unknown>>;
  /** The scenario's steps in order of time. What a learner types is not among them: a slip of the fingers is no part of the answer. */
  readonly steps: readonly StepFacts[];
  /** How many of them failed. */
  readonly stepsFailed: number;
  readonly warnings: readonly string[];
}

const NO_ROLLOUT: RolloutFacts = {
  object: "",
  revision: 0,
  result: "none",
  complete: false,
  seconds: -1,
  minReady: 0,
  maxPods: 0,
};

/** The facts of a run that checks, messages and hints speak of. */
export function runFacts({ summary, timeline, live }: Run): RunFacts {
  const count = (code: string) => timeline.decisions.filter((d) => d.code === code).length;
  const { total, ok, failed, byOutcome, byCause, byVersion } = summary.requests;
  const failedByVersion = failuresByVersion(timeline);
  const rollouts = summary.rollouts.map(rolloutFacts);
  const steps = timeline.inputs.filter(({ typed }) => typed !== true).map(stepFacts);
  return {
    seed: summary.seed,
    requests: { total, ok, failed, byOutcome, byCause, byVersion, failedByVersion },
    rollouts,
    rollout: rollouts.at(-1) ?? NO_ROLLOUT,
    ...capacityFacts(timeline),
    hooks: {
      run: count("kubelet.hook-start"),
      done: count("kubelet.hook-done"),
      cut: count("kubelet.hook-cut"),
      failed: count("kubelet.hook-failed"),
    },
    kills: { sigkill: count("kubelet.sigkill") },
    restarts: count("kubelet.liveness-restart"),
    terminations: timeline.pods
      .filter((pod) => pod.deletedMs !== undefined)
      .map((pod) => terminationFacts(pod, timeline)),
    versions: versionsAtEnd(timeline.pods),
    events: timeline.events.map(({ atMs, object, type, reason, message }) => ({
      at: atMs / 1000,
      object,
      type,
      reason,
      message,
    })),
    live,
    steps,
    stepsFailed: steps.filter(({ code }) => code !== 0).length,
    warnings: summary.warnings,
  };
}

function stepFacts({ atMs, label, code, endMs }: InputRecord): StepFacts {
  const seconds = endMs === undefined ? -1 : (endMs - atMs) / 1000;
  return { at: atMs / 1000, command: label, code, seconds };
}

function rolloutFacts(rollout: RolloutRecord): RolloutFacts {
  const { object, revision, result, startMs, completeMs, minReady, maxPods } = rollout;
  const seconds = completeMs === undefined ? -1 : (completeMs - startMs) / 1000;
  return { object, revision, result, complete: result === "complete", seconds, minReady, maxPods };
}

/**
 * A request that failed belongs to the version of the pod that it was sent to; one that found no pod, to none. A StatefulSet's pods bear the
 * names of those before them: it was the last one made by then.
 */
function failuresByVersion({ requests, pods }: Timeline): Record<string, number> {
  const byName = new Map<string, PodRecord[]>();
  for (const pod of pods) byName.set(pod.name, [...(byName.get(pod.name) ?? []), pod]);
  const counts: Record<string, number> = {};
  for (const { cause, pod, sentMs } of requests) {
    if (cause === undefined || pod === undefined) continue;
    const version = byName.get(pod)?.findLast(({ createdMs }) => createdMs <= sentMs)?.image;
    if (version !== undefined) counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}

function terminationFacts(pod: PodRecord, { decisions, routes }: Timeline): TerminationFacts {
  const deletedMs = pod.deletedMs!;
  const after = (ms: number | undefined) => (ms === undefined ? -1 : (ms - deletedMs) / 1000);
  const own = decisions.filter((d) => d.object === `pod/${pod.name}` && d.atMs >= deletedMs);
  const value = (decision: Decision | undefined, name: string) =>
    Number(decision?.values[name] ?? 0);
  const find = (code: string) => own.find((decision) => decision.code === code);
  const hookEnd =
    find("kubelet.hook-cut") ?? find("kubelet.hook-failed") ?? find("kubelet.hook-done");
  const signal = find("kubelet.stop-signal");
  const routed = routes.filter((route) => route.pod === pod.name);
  const dropped = routed.some(({ toMs }) => toMs === undefined)
    ? undefined
    : Math.max(deletedMs, ...routed.map(({ toMs }) => toMs!));
  return {
    pod: pod.name,
    graceSeconds: value(find("api.delete-accepted") ?? signal, "graceSeconds"),
    hook: (hookEnd?.code.replace("kubelet.hook-", "") ?? "none") as TerminationFacts["hook"],
    hookSeconds: value(hookEnd, "tookMs") / 1000,
    signalAfter: after(signal?.atMs),
    leftSeconds: value(signal, "remainingSeconds"),
    routersDroppedAfter: after(dropped),
    listenerClosedAfter: after(pod.listening.at(-1)?.toMs),
    exitAfter: after(pod.exit?.atMs),
    sigkill: pod.exit?.bySigkill ?? false,
  };
}

function versionsAtEnd(pods: readonly PodRecord[]): string[] {
  const ready = pods.filter(
    (pod) => pod.goneMs === undefined && pod.phases.at(-1)?.phase === "ready",
  );
  return [...new Set(ready.map(({ image }) => image))].sort();
}
