import { Cluster } from "../simulator/index.ts";
import type { Input, Run, Scenario, Snapshot } from "../simulator/index.ts";
import type { ShellState } from "../shell/index.ts";
import { begin } from "./begin.ts";
import { Player } from "./player.ts";
import { inOrder } from "./simulate.ts";

/** An instant before something was done, kept to go back to. No program runs then: a generator cannot be put into a snapshot. */
interface Waypoint {
  readonly atMs: number;
  /** How many of the steps and inputs, in order, had been carried out. */
  readonly performed: number;
  readonly snapshot: Snapshot;
  /** What the terminal remembered. */
  readonly shell: ShellState;
}

/** Distance of the waypoints in virtual time: going back replays at most so much. */
const WAYPOINT_EVERY_MS = 30_000;

/**
 * A cluster that a learner acts on. An input at a time cuts off what came after it and goes on from there; `undo` takes the last one
 * back. Going back restores a snapshot, and gives the very run that `simulate` gives for the same inputs.
 */
export class Session {
  readonly scenario: Scenario;
  readonly seed: number;
  private readonly cluster: Cluster;
  private readonly player: Player;
  private learnerInputs: readonly Input[] = [];
  private waypoints: Waypoint[];

  constructor(scenario: Scenario, seed = scenario.seed) {
    this.scenario = scenario;
    this.seed = seed;
    this.cluster = new Cluster({ scenario, seed });
    this.player = new Player(this.cluster, begin);
    this.waypoints = [
      { atMs: 0, performed: 0, snapshot: this.cluster.snapshot(), shell: this.player.shell },
    ];
    this.play(0);
  }

  /** What the learner has done so far, in order of time. */
  get inputs(): readonly Input[] {
    return this.learnerInputs;
  }

  /** Does something at a time; inputs that came later are dropped with the future that they belonged to. */
  input(input: Input): void {
    const kept = this.learnerInputs.filter((earlier) => earlier.atMs <= input.atMs);
    this.change([...kept, input], input.atMs);
  }

  /** Takes the last input back; says whether there was one. */
  undo(): boolean {
    const last = this.learnerInputs.at(-1);
    if (last === undefined) return false;
    this.change(this.learnerInputs.slice(0, -1), last.atMs);
    return true;
  }

  /** The run as it stands. */
  run(): Run {
    return this.cluster.run({ requests: false });
  }

  private change(inputs: readonly Input[], atMs: number): void {
    this.learnerInputs = inputs;
    // A waypoint at the very time may stand behind an input of that time, so only earlier ones are sure; the first is at 0.
    const usable = this.waypoints.filter((w, i) => i === 0 || w.atMs < atMs);
    const from = usable.at(-1)!;
    this.waypoints = usable;
    this.player.forget(from.shell);
    this.cluster.restore(from.snapshot);
    this.play(from.performed);
  }

  private play(performed: number): void {
    const all = inOrder(this.scenario, this.learnerInputs);
    for (let i = performed; i < all.length; i += 1) {
      const { atMs, action } = all[i]!;
      this.runTo(atMs, i);
      this.player.perform(action);
    }
    this.runTo(this.scenario.durationMs, all.length);
    this.player.finish();
  }

  private runTo(atMs: number, performed: number): void {
    for (;;) {
      const { now } = this.cluster;
      const next = Math.min(atMs, now - (now % WAYPOINT_EVERY_MS) + WAYPOINT_EVERY_MS);
      if (next <= now) return;
      this.player.runUntil(next);
      if (next % WAYPOINT_EVERY_MS === 0 && !this.player.isBusy) {
        this.waypoints.push({
          atMs: next,
          performed,
          snapshot: this.cluster.snapshot(),
          shell: this.player.shell,
        });
      }
    }
  }
}
