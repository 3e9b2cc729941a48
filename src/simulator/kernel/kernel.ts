import { cloneState } from "./clone.ts";
import { EventQueue, type QueuedEvent } from "./event-queue.ts";
import { RandomStream, seedStream, type StreamState } from "./random.ts";

/** From so many on, withdrawn events are taken out of the queue as soon as they are half of it. */
const MANY = 256;

/** Handlers of an actor by event type. */
export type Handlers = Readonly<Record<string, (data: never) => void>>;

/**
 * A part of the cluster that lives in virtual time: the API server, a controller manager, a kubelet. All that it remembers stands in
 * `state` (plain data, see `cloneState`), so that a snapshot holds it; it is replaced as a whole when a snapshot is restored, hence an
 * actor reads `this.state` afresh in each handler.
 */
export interface Actor {
  /** Unique, stable: `kubelet/node-1`. */
  readonly name: string;
  state: object;
  /** What to do for each type of event scheduled for this actor. */
  readonly on: Handlers;
}

/** A log that only grows; a snapshot remembers its length alone. */
export interface AppendOnlyLog {
  readonly name: string;
  readonly length: number;
  truncate(length: number): void;
}

/** An instant that can be gone back to, exactly. */
export interface Snapshot {
  readonly now: number;
  readonly nextSeq: number;
  readonly processed: number;
  readonly queue: readonly QueuedEvent[];
  readonly cancelled: ReadonlySet<number>;
  readonly streams: ReadonlyMap<string, StreamState>;
  readonly actors: ReadonlyMap<string, object>;
  readonly logs: ReadonlyMap<string, number>;
}

/** Virtual time, the event queue and the random streams of one cluster. Knows nothing of Kubernetes. */
export class Kernel {
  readonly seed: number;
  private time = 0;
  private nextSeq = 1;
  private eventsProcessed = 0;
  private readonly queue = new EventQueue();
  private cancelled = new Set<number>();
  private streams = new Map<string, StreamState>();
  private readonly generators = new Map<string, RandomStream>();
  private readonly actors = new Map<string, Actor>();
  /** What each of them does: read with every event, where actors of so many shapes would be slow to read. */
  private readonly handlers = new Map<string, Handlers>();
  private readonly logs = new Map<string, AppendOnlyLog>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Virtual time in whole milliseconds. */
  get now(): number {
    return this.time;
  }

  /** How many events have been handled. */
  get processed(): number {
    return this.eventsProcessed;
  }

  /** Adds an actor. Names are unique. */
  register<A extends Actor>(actor: A): A {
    if (this.actors.has(actor.name)) throw this.fault(`actor ${actor.name} is registered twice`);
    this.actors.set(actor.name, actor);
    this.handlers.set(actor.name, actor.on);
    return actor;
  }

  /** Removes an actor; events still scheduled for it are dropped when their time comes. */
  unregister(name: string): void {
    this.actors.delete(name);
    this.handlers.delete(name);
  }

  /** Adds a log whose growth is undone when a snapshot is restored. */
  registerLog(log: AppendOnlyLog): void {
    this.logs.set(log.name, log);
  }

  /** Schedules an event after `delayMs` (rounded to whole milliseconds, at least 0) and returns a number that `cancel` takes. */
  schedule(delayMs: number, actor: string, type: string, data?: unknown): number {
    const delay = Math.round(delayMs);
    if (!(delay >= 0)) throw this.fault(`${actor}.${type} scheduled after ${delayMs} ms`);
    const seq = this.nextSeq;
    this.nextSeq += 1;
    this.queue.push({ at: this.time + delay, seq, actor, type, data });
    return seq;
  }

  /** Withdraws a scheduled event; does nothing when it has already run. */
  cancel(id: number | undefined): void {
    if (id === undefined) return;
    this.cancelled.add(id);
    if (this.cancelled.size < MANY || this.cancelled.size * 2 < this.queue.size) return;
    // What is not in the queue has run already.
    this.queue.remove(this.cancelled);
    this.cancelled.clear();
  }

  /** The stream of that name; the same name gives the same stream, which may be kept: when a snapshot is restored it goes back too. */
  random(name: string): RandomStream {
    const known = this.generators.get(name);
    if (known !== undefined) return known;
    const stream = new RandomStream(this.streamState(name));
    this.generators.set(name, stream);
    return stream;
  }

  private streamState(name: string): StreamState {
    const state = this.streams.get(name) ?? seedStream(this.seed, name);
    this.streams.set(name, state);
    return state;
  }

  /** Time of the next event, or undefined when nothing waits. */
  nextAt(): number | undefined {
    return this.queue.peek()?.at;
  }

  /** The events that wait, without those that were withdrawn. */
  waiting(): QueuedEvent[] {
    return this.queue
      .snapshot()
      .filter(({ seq, actor }) => !this.cancelled.has(seq) && this.actors.has(actor));
  }

  /** Handles the next event if it is due at or before `untilMs`; says whether there was one. */
  step(untilMs: number): boolean {
    const next = this.queue.peek();
    if (next === undefined || next.at > untilMs) return false;
    this.queue.pop();
    if (next.at < this.time) throw this.fault(`time went back from ${this.time} to ${next.at}`);
    this.time = next.at;
    if (this.cancelled.size > 0 && this.cancelled.delete(next.seq)) return true;
    const handlers = this.handlers.get(next.actor);
    if (handlers === undefined) return true;
    const handler = handlers[next.type];
    if (handler === undefined) throw this.fault(`actor ${next.actor} does not handle ${next.type}`);
    this.eventsProcessed += 1;
    handler(next.data as never);
    return true;
  }

  /** Handles all events up to and including `untilMs`; then the time is `untilMs`. */
  runUntil(untilMs: number): void {
    while (this.step(untilMs));
    if (untilMs > this.time) this.time = untilMs;
  }

  /** The present instant, to be gone back to with `restore`, in this kernel or in one with the same actors. */
  snapshot(): Snapshot {
    const actors = new Map<string, object>();
    for (const [name, actor] of this.actors) actors.set(name, cloneState(actor.state));
    const logs = new Map<string, number>();
    for (const [name, log] of this.logs) logs.set(name, log.length);
    return {
      now: this.time,
      nextSeq: this.nextSeq,
      processed: this.eventsProcessed,
      queue: this.queue.snapshot(),
      cancelled: new Set(this.cancelled),
      streams: cloneState(this.streams),
      actors,
      logs,
    };
  }

  /** Goes back to a snapshot. What happens next is what would have happened then. */
  restore(snapshot: Snapshot): void {
    this.time = snapshot.now;
    this.nextSeq = snapshot.nextSeq;
    this.eventsProcessed = snapshot.processed;
    this.queue.restore(snapshot.queue);
    this.cancelled = new Set(snapshot.cancelled);
    this.streams = cloneState(snapshot.streams) as Map<string, StreamState>;
    for (const [name, stream] of this.generators) stream.reset(this.streamState(name));
    for (const [name, actor] of this.actors) {
      const state = snapshot.actors.get(name);
      if (state === undefined) throw this.fault(`the snapshot knows no actor ${name}`);
      actor.state = cloneState(state);
    }
    for (const [name, log] of this.logs) log.truncate(snapshot.logs.get(name) ?? 0);
  }

  /** An error of the program itself, with what is needed to see it again. */
  fault(message: string): Error {
    return new Error(`${message} (seed ${this.seed}, t=${this.time} ms)`);
  }
}
