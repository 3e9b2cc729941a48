import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "./event-queue.ts";
import { Kernel, type Actor } from "./kernel.ts";

/** An actor that notes a random number and schedules itself again after a random time. */
class Walker implements Actor {
  readonly name: string;
  state: { seen: [number, number][] } = { seen: [] };
  readonly on = { step: () => this.step() };
  private readonly kernel: Kernel;

  constructor(kernel: Kernel, name: string) {
    this.kernel = kernel;
    this.name = name;
    kernel.register(this);
    kernel.schedule(0, name, "step");
  }

  private step(): void {
    const random = this.kernel.random(this.name);
    this.state.seen.push([this.kernel.now, random.uint32()]);
    this.kernel.schedule(random.integer(0, 20), this.name, "step");
  }
}

describe("EventQueue", () => {
  it("gives events by time, and those of one time in the order of scheduling", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (times) => {
        const queue = new EventQueue();
        times.forEach((at, seq) => queue.push({ at, seq, actor: "a", type: "t", data: null }));
        const order = times.map(() => queue.pop()!).map(({ at, seq }) => [at, seq]);
        const sorted = times
          .map((at, seq) => [at, seq])
          .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
        expect(order).toEqual(sorted);
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });
});

describe("Kernel", () => {
  it("runs the same from a snapshot as it ran the first time, in itself and in another kernel", () => {
    const kernel = new Kernel(7);
    const walker = new Walker(kernel, "walker");
    kernel.runUntil(500);
    const snapshot = kernel.snapshot();
    kernel.runUntil(2000);
    const first = walker.state.seen;
    kernel.restore(snapshot);
    expect(walker.state.seen.length).toBeLessThan(first.length);
    kernel.runUntil(2000);
    expect(walker.state.seen).toEqual(first);

    const fork = new Kernel(7);
    const forked = new Walker(fork, "walker");
    fork.restore(snapshot);
    fork.runUntil(2000);
    expect(forked.state.seen).toEqual(first);
  });

  it("gives a consumer the same numbers whoever else draws", () => {
    const alone = new Kernel(3);
    const together = new Kernel(3);
    const a = new Walker(alone, "a");
    new Walker(together, "newcomer");
    const b = new Walker(together, "a");
    alone.runUntil(300);
    together.runUntil(300);
    expect(b.state.seen).toEqual(a.state.seen);
  });

  it("gives other numbers for another seed", () => {
    const [one, two] = [1, 2].map((seed) => {
      const kernel = new Kernel(seed);
      const walker = new Walker(kernel, "walker");
      kernel.runUntil(100);
      return walker.state.seen;
    });
    expect(one).not.toEqual(two);
  });

  it("does not run what was cancelled", () => {
    const kernel = new Kernel(1);
    const ran: string[] = [];
    kernel.register({
      name: "a",
      state: {},
      on: { note: (what: string) => void ran.push(`${what} at ${kernel.now}`) },
    });
    const id = kernel.schedule(10, "a", "note", "first");
    kernel.schedule(20, "a", "note", "second");
    kernel.cancel(id);
    kernel.runUntil(100);
    expect(ran).toEqual(["second at 20"]);
  });

  it.each([
    ["a delay below zero", -1],
    ["a delay that is no number", Number.NaN],
  ])("names seed and time when it is given %s", (_, delay) => {
    const kernel = new Kernel(42);
    kernel.runUntil(5);
    expect(() => kernel.schedule(delay, "a", "t")).toThrow(/seed 42, t=5 ms/);
  });
});
