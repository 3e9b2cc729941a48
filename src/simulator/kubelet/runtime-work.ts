import type { KubeletNode } from "./node.ts";

/** A piece of work of the container runtime. */
interface Job {
  /** What is left of it at `State.sinceMs`, in milliseconds of a calm node. */
  leftMs: number;
  /** When it is done at the present pace. */
  endsMs: number;
  /** The event that ends it; undefined while another one is sure to end before. */
  eventId: number | undefined;
  /** What the kubelet hears then. */
  readonly type: string;
  readonly data: unknown;
}

/** What a runtime is at: plain data, kept in the kubelet's state. */
export interface RuntimeWorkState {
  readonly jobs: Map<number, Job>;
  nextJob: number;
  /** How much of a calm node's millisecond each job gets done in one, since `sinceMs`. */
  pace: number;
  sinceMs: number;
  /** Ends of work whose length was settled when it began. */
  settledUntilMs: number[];
}

/**
 * The container runtime of a node, whose processors its pods share: the more of them it starts and stops at once, the longer each takes
 * (`KubeletTiming.atOnce`).
 */
export class RuntimeWork {
  readonly on = { runtimeDone: (job: number) => this.done(job) };
  private readonly node: KubeletNode;

  constructor(node: KubeletNode) {
    this.node = node;
  }

  /** Nothing to do. */
  static initialState(): RuntimeWorkState {
    return { jobs: new Map(), nextJob: 1, pace: 1, sinceMs: 0, settledUntilMs: [] };
  }

  /** Does work that takes so long on a calm node; the kubelet's event comes when it is done. */
  start(calmMs: number, type: string, data: unknown): void {
    if (calmMs === 0) {
      this.node.schedule(0, type, data);
      return;
    }
    const { runtime } = this.node.state;
    const id = runtime.nextJob;
    runtime.nextJob += 1;
    this.advance();
    runtime.jobs.set(id, { leftMs: calmMs, endsMs: 0, eventId: undefined, type, data });
    this.setPace(id);
  }

  /** How long work takes that begins now, at the pace of now: its length is wanted before it is done. */
  settle(calmMs: number): number {
    if (calmMs === 0) return 0;
    const { runtime } = this.node.state;
    const takesMs = Math.round(calmMs / this.paceOf(this.busy() + 1));
    runtime.settledUntilMs.push(this.node.now + takesMs);
    this.advance();
    this.setPace();
    return takesMs;
  }

  private done(id: number): void {
    const { jobs } = this.node.state.runtime;
    const job = jobs.get(id)!;
    this.advance();
    jobs.delete(id);
    this.setPace();
    this.node.schedule(0, job.type, job.data);
  }

  /** Takes off what has been done up to now. */
  private advance(): void {
    const { runtime } = this.node.state;
    const doneMs = (this.node.now - runtime.sinceMs) * runtime.pace;
    for (const job of runtime.jobs.values()) job.leftMs = Math.max(0, job.leftMs - doneMs);
    runtime.sinceMs = this.node.now;
  }

  /**
   * Puts the ends of all jobs where they are at the pace from now on. On a calm node they stay there. On a busy one the end of any job changes
   * the pace, and with it all other ends, so that the first alone is waited for.
   */
  private setPace(added?: number): void {
    const { runtime } = this.node.state;
    const pace = this.paceOf(this.busy());
    const isSame = pace === runtime.pace;
    runtime.pace = pace;
    for (const [id, job] of runtime.jobs) {
      if (isSame && id !== added) continue;
      job.endsMs = this.node.now + Math.ceil(job.leftMs / pace);
      this.withdraw(job);
      if (pace === 1) this.await(id, job);
    }
    if (pace < 1) this.awaitFirst(runtime.jobs);
  }

  private awaitFirst(jobs: ReadonlyMap<number, Job>): void {
    let firstId = 0;
    let firstMs = Infinity;
    for (const [id, { endsMs }] of jobs) if (endsMs < firstMs) [firstId, firstMs] = [id, endsMs];
    for (const [id, job] of jobs) {
      if (id !== firstId) this.withdraw(job);
      else if (job.eventId === undefined) this.await(id, job);
    }
  }

  private await(id: number, job: Job): void {
    job.eventId = this.node.schedule(job.endsMs - this.node.now, "runtimeDone", id);
  }

  private withdraw(job: Job): void {
    this.node.kernel.cancel(job.eventId);
    job.eventId = undefined;
  }

  private busy(): number {
    const { runtime } = this.node.state;
    runtime.settledUntilMs = runtime.settledUntilMs.filter((untilMs) => untilMs > this.node.now);
    return runtime.jobs.size + runtime.settledUntilMs.length;
  }

  private paceOf(jobs: number): number {
    return Math.min(1, this.node.timing.atOnce / jobs);
  }
}
