import { describe, expect, it } from "vitest";
import { Kernel, type Actor } from "../kernel/kernel.ts";
import { SyncRunner, type SyncRule } from "./sync-runner.ts";

/** Asks for runs at given times, lets each take as long as given, and notes when they begin. */
class Recorded implements Actor {
  readonly name = "kube-proxy";
  state = { runner: SyncRunner.initialState(), starts: [] as number[], rules: [] as SyncRule[] };
  readonly on = {
    ask: () => this.runner.run(),
    retrySync: () => this.runner.tryRun(),
    end: () => this.runner.finished(),
  };
  readonly kernel = new Kernel(1);
  private readonly runner: SyncRunner;

  constructor(asks: readonly number[], durationsMs: readonly number[]) {
    this.kernel.register(this);
    this.runner = new SyncRunner(this.kernel, {
      actor: this.name,
      stateOf: () => this.state.runner,
      start: (rule) => {
        const durationMs = durationsMs[this.state.starts.length]!;
        this.state.starts.push(this.kernel.now);
        this.state.rules.push(rule);
        this.kernel.schedule(durationMs, this.name, "end");
      },
    });
    for (const atMs of asks) this.kernel.schedule(atMs, this.name, "ask");
    this.kernel.runUntil(60_000);
  }
}

describe("SyncRunner", () => {
  it("lets two through at once and holds the third until a second after the second's end", () => {
    const { starts, rules } = new Recorded([1000, 1100, 1200], [50, 50, 50]).state;
    expect(starts).toEqual([1000, 1100, 2150]);
    expect(rules).toEqual(["at-once", "burst", "interval"]);
  });

  it("takes up what came during a run with the next one", () => {
    const { starts } = new Recorded([1000, 1010, 1020, 1040], [50, 50]).state;
    expect(starts).toEqual([1000, 1050]);
  });

  it("never holds back one that comes alone", () => {
    const asks = [1000, 3000, 5000, 9000];
    const { starts, rules } = new Recorded(asks, [50, 50, 50, 50]).state;
    expect(starts).toEqual(asks);
    expect(new Set(rules)).toEqual(new Set(["at-once"]));
  });

  it("lets an ask through between two tries when the bucket has filled", () => {
    // The second ask left 0.2 tokens; at 2050 they are 1.05, though the timer is set for 2300.
    const { starts, rules } = new Recorded([1000, 1200, 1250, 2050], [50, 100, 50]).state;
    expect(starts).toEqual([1000, 1200, 2050]);
    expect(rules).toEqual(["at-once", "burst", "interval"]);
  });

  // Recorded on a real node: changes of the EndpointSlice, and each sync's begin and duration, in ms after the change of image.
  it.each([
    {
      run: "P1-1",
      asks: [1912, 1956, 2031, 3141, 3936, 3988, 4117, 5144, 5973, 6051, 6735],
      syncs: [
        [1913, 134],
        [2047, 181],
        [3144, 46],
        [3938, 77],
        [5016, 146],
        [5974, 129],
        [7104, 21],
      ],
    },
    {
      run: "P1-2",
      asks: [1860, 1904, 2005, 3085, 3907, 3948, 4010, 5092, 5956, 6085, 6738],
      syncs: [
        [1860, 56],
        [1917, 61],
        [2978, 61],
        [3909, 108],
        [5022, 51],
        [5957, 113],
        [7070, 61],
      ],
    },
  ])("begins its syncs when a real kube-proxy did ($run)", ({ asks, syncs }) => {
    const { starts } = new Recorded(asks, [...syncs.map(([, took]) => took!), 50, 50]).state;
    syncs.forEach(([begin], i) => expect(Math.abs(starts[i]! - begin!)).toBeLessThan(80));
  });
});
