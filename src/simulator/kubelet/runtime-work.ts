import type { KubeletNode } from "./node.ts";

/** A piece of work of the container runtime. */
interface Job {
  /** What `State.workedMs` reads when it is done. */
  readonly doneAt: number;
  /** What the kubelet hears then. */
  readonly type: string;
  readonly data: unknown;
}

/** What a runtime is at: plain data, kept in the kubelet's state. */
export interface RuntimeWorkState {
  /** In the order of their ends, which no change of the pace changes: all jobs go at the same one. */
  readonly jobs: Job[];
  /** Milliseconds of a calm node that each job under way has got done up to `sinceMs`, counted from when there was none. */
  workedMs: number;
  /** How much of a calm node's millisecond each job gets done in one, since `sinceMs`. */
  pace: number;
  sinceMs: number;
  /** Ends of work whose length was settled when it began. */
  settledUntilMs: number[];
  /** The event that ends the first job. */
  next: { readonly atMs: number; readonly event: number } | undefined;
}

/** What is left of a job may differ from a whole number of milliseconds by as much because of rounding. */
const ROUNDING_MS = 1e-6;

/**
 * The container runtime of a node, whose processors its pods share: the more of them it starts and stops at once, the longer each takes
 * (`KubeletTiming.atOnce`).
 */
export class RuntimeWork {
  readonly on = { runtimeDone: () => this.done() };
  private readonly node: KubeletNode;

  constructor(node: KubeletNode) {
    this.node = node;
  }

  /** Nothing to do. */
  static initialState(): RuntimeWorkState {
    return { jobs: [], workedMs: 0, pace: 1, sinceMs: 0, settledUntilMs: [], next: undefined };
  }

  /** Does work that takes so long on a calm node; the kubelet's event comes when it is done. */
  start(calmMs: number, type: string, data: unknown): void {
    if (calmMs === 0) {
      this.node.schedule(0, type, data);
      return;
    }
    this.advance();
    const { jobs, workedMs } = this.node.state.runtime;
    const job: Job = { doneAt: workedMs + calmMs, type, data };
    let place = jobs.length;
    while (place > 0 && jobs[place - 1]!.doneAt > job.doneAt) place -= 1;
    jobs.splice(place, 0, job);
    this.setPace();
  }

  /** How long work takes that begins now, at the pace of now: its length is wanted before it is done. */
  settle(calmMs: number): number {
    if (calmMs === 0) return 0;
    this.advance();
    const takesMs = Math.round(calmMs / this.paceOf(this.busy() + 1));
    this.node.state.runtime.settledUntilMs.push(this.node.now + takesMs);
    this.setPace();
    return takesMs;
  }

  /** The first job has come to its end, and perhaps others in the same millisecond. */
  private done(): void {
    const { runtime } = this.node.state;
    runtime.next = undefined;
    this.advance();
    const { jobs, workedMs } = runtime;
    let count = 0;
    while (count < jobs.length && jobs[count]!.doneAt <= workedMs + ROUNDING_MS) count += 1;
    const ended = jobs.splice(0, count);
    this.setPace();
    for (const { type, data } of ended) this.node.handle(type, data);
  }

  /** Adds what has been done up to now. */
  private advance(): void {
    const { runtime } = this.node.state;
    const { now } = this.node;
    if (runtime.jobs.length === 0) runtime.workedMs = 0;
    else runtime.workedMs += (now - runtime.sinceMs) * runtime.pace;
    runtime.sinceMs = now;
  }

  /** Goes on at the pace of as many as there are now, and waits for the first of them. */
  private setPace(): void {
    const { runtime } = this.node.state;
    runtime.pace = this.paceOf(this.busy());
    const atMs = this.firstEndMs();
    if (runtime.next?.atMs === atMs) return;
    this.node.kernel.cancel(runtime.next?.event);
    runtime.next = undefined;
    if (atMs === undefined) return;
    const event = this.node.schedule(atMs - this.node.now, "runtimeDone", undefined);
    runtime.next = { atMs, event };
  }

  private firstEndMs(): number | undefined {
    const { jobs, workedMs, pace } = this.node.state.runtime;
    const [first] = jobs;
    if (first === undefined) return undefined;
    return this.node.now + Math.max(0, Math.ceil((first.doneAt - workedMs) / pace - ROUNDING_MS));
  }

  private busy(): number {
    const { runtime } = this.node.state;
    const { now } = this.node;
    if (runtime.settledUntilMs.some((untilMs) => untilMs <= now))
      runtime.settledUntilMs = runtime.settledUntilMs.filter((untilMs) => untilMs > now);
    return runtime.jobs.length + runtime.settledUntilMs.length;
  }

  private paceOf(jobs: number): number {
    return Math.min(1, this.node.timing.atOnce / jobs);
  }
}
