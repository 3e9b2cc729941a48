import type { LanePhase, ReadyRecord, RequestOutcome, Timeline } from "../../simulator/record.ts";
import { failed, failedAtMs } from "../../words/findings.ts";
import { OUTCOME_ORDER } from "../../words/causes.ts";
import { PHASE_ORDER } from "../../words/phases.ts";
import { shownReady } from "./shown-ready.ts";

/** The state of a run at a time. */
export interface Moment {
  readonly atMs: number;
  readonly ready?: ReadyRecord;
  /** Whether `ready` has bounds: it is about one workload. */
  readonly bounded: boolean;
  /** Pods in each phase, those with none left out, in order of a pod's life. */
  readonly phases: readonly { readonly phase: LanePhase; readonly pods: number }[];
  /** Of the requests sent so far: how many end in each outcome. */
  readonly outcomes: readonly { readonly outcome: RequestOutcome; readonly requests: number }[];
}

/** Answers what is the state at any time in a few searches, however long the run was. */
export class Moments {
  /** Times at which something happens, in order, none twice. */
  readonly instants: readonly number[];
  private readonly begins: ReadonlyMap<LanePhase, readonly number[]>;
  private readonly ends: ReadonlyMap<LanePhase, readonly number[]>;
  private readonly sent: ReadonlyMap<RequestOutcome, readonly number[]>;
  private readonly ready: readonly ReadyRecord[];
  private readonly bounded: boolean;
  private readonly readyMs: readonly number[];

  constructor(timeline: Timeline) {
    const begins = new Map<LanePhase, number[]>(PHASE_ORDER.map((phase) => [phase, []]));
    const ends = new Map<LanePhase, number[]>(PHASE_ORDER.map((phase) => [phase, []]));
    const instants: number[] = [];
    for (const pod of timeline.pods) {
      pod.phases.forEach(({ phase, fromMs }, i) => {
        begins.get(phase)!.push(fromMs);
        instants.push(fromMs);
        const toMs = pod.phases[i + 1]?.fromMs ?? pod.goneMs;
        if (toMs !== undefined) ends.get(phase)!.push(toMs);
      });
      for (const { fromMs, toMs } of pod.listening) instants.push(fromMs, toMs ?? fromMs);
      if (pod.goneMs !== undefined) instants.push(pod.goneMs);
    }
    for (const { fromMs, toMs } of timeline.routes) instants.push(fromMs, toMs ?? fromMs);
    for (const { atMs } of [...timeline.inputs, ...timeline.decisions]) instants.push(atMs);
    const sent = new Map<RequestOutcome, number[]>(OUTCOME_ORDER.map((outcome) => [outcome, []]));
    for (const request of timeline.requests) {
      sent.get(request.outcome)!.push(request.sentMs);
      if (failed(request)) instants.push(failedAtMs(request));
    }
    for (const times of [...begins.values(), ...ends.values(), ...sent.values(), instants]) {
      times.sort((a, b) => a - b);
    }
    this.begins = begins;
    this.ends = ends;
    this.sent = sent;
    const { records, bounded } = shownReady(timeline);
    this.ready = records;
    this.bounded = bounded;
    this.readyMs = this.ready.map(({ atMs }) => atMs);
    this.instants = instants.filter((ms, i) => ms !== instants[i - 1]);
  }

  /** The state just after what happened at `ms`. */
  at(ms: number): Moment {
    const upTo = (times: readonly number[]) => countUpTo(times, ms);
    const ready = this.ready[upTo(this.readyMs) - 1];
    return {
      atMs: ms,
      ...(ready === undefined ? {} : { ready }),
      bounded: this.bounded,
      phases: PHASE_ORDER.map((phase) => ({
        phase,
        pods: upTo(this.begins.get(phase)!) - upTo(this.ends.get(phase)!),
      })).filter(({ pods }) => pods > 0),
      outcomes: OUTCOME_ORDER.map((outcome) => ({
        outcome,
        requests: upTo(this.sent.get(outcome)!),
      })).filter(({ requests, outcome }) => requests > 0 || outcome === "200"),
    };
  }

  /** The next instant after `ms`, if there is one. */
  after(ms: number): number | undefined {
    return this.instants[countUpTo(this.instants, ms)];
  }

  /** The last instant before `ms`, if there is one. */
  before(ms: number): number | undefined {
    return this.instants[countUpTo(this.instants, ms - 0.5) - 1];
  }
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
