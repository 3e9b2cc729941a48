/** One thing that will happen: plain data, so that a queue can be copied into a snapshot. */
export interface QueuedEvent {
  /** Virtual time in milliseconds. */
  readonly at: number;
  /** Order of scheduling; breaks ties, so that events of one instant run in the order they were scheduled. */
  readonly seq: number;
  /** Name of the actor that handles it. */
  readonly actor: string;
  /** Which of the actor's handlers. */
  readonly type: string;
  /** What the handler is given. Never mutated after scheduling. */
  readonly data: unknown;
}

/**
 * A binary heap of events, earliest first, ties in the order of scheduling. The times stand beside the events in a list of their own: most
 * comparisons need nothing else, and a long queue is gone through without a look at the events.
 */
export class EventQueue {
  private heap: QueuedEvent[] = [];
  private times: number[] = [];

  /** Number of events waiting. */
  get size(): number {
    return this.heap.length;
  }

  /** The next event without taking it. */
  peek(): QueuedEvent | undefined {
    return this.heap[0];
  }

  /** Adds an event. */
  push(event: QueuedEvent): void {
    const { heap, times } = this;
    const { at } = event;
    let hole = heap.length;
    heap.push(event);
    times.push(at);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = times[parent]!;
      if (at > above || (at === above && event.seq > heap[parent]!.seq)) break;
      heap[hole] = heap[parent]!;
      times[hole] = above;
      hole = parent;
    }
    heap[hole] = event;
    times[hole] = at;
  }

  /** Takes the next event. */
  pop(): QueuedEvent | undefined {
    const heap = this.heap;
    const first = heap[0];
    const last = heap.pop();
    this.times.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.sink(0, last);
    return first;
  }

  /** Takes out the events of those numbers. */
  remove(seqs: ReadonlySet<number>): void {
    this.restore(this.heap.filter(({ seq }) => !seqs.has(seq)));
    for (let i = (this.heap.length >> 1) - 1; i >= 0; i -= 1) this.sink(i, this.heap[i]!);
  }

  /** Puts an event in the place of another one, or below it. */
  private sink(place: number, event: QueuedEvent): void {
    const { heap, times } = this;
    const size = heap.length;
    const { at } = event;
    let hole = place;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && this.isBefore(child + 1, child)) child += 1;
      const below = times[child]!;
      if (at < below || (at === below && event.seq < heap[child]!.seq)) break;
      heap[hole] = heap[child]!;
      times[hole] = below;
      hole = child;
    }
    heap[hole] = event;
    times[hole] = at;
  }

  private isBefore(a: number, b: number): boolean {
    const { heap, times } = this;
    return times[a]! < times[b]! || (times[a] === times[b] && heap[a]!.seq < heap[b]!.seq);
  }

  /** A copy of what waits. Events are immutable and shared. */
  snapshot(): readonly QueuedEvent[] {
    return this.heap.slice();
  }

  /** Puts the queue back to what `snapshot` returned. */
  restore(snapshot: readonly QueuedEvent[]): void {
    this.heap = snapshot.slice();
    this.times = this.heap.map(({ at }) => at);
  }
}
