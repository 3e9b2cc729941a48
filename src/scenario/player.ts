import type { Answer, Program, Step } from "../kubectl/program.ts";
import { requestsOf } from "../kubectl/requests.ts";
import { NEW_SHELL, type ShellState } from "../shell/index.ts";
import type { Cluster, Input, StepAction, TypedLine } from "../simulator/index.ts";

/** What a step or input starts. */
export interface Begun {
  /** What to call it on the timeline. */
  readonly label: string;
  readonly program: Program;
  /** What its terminal remembers after it. */
  shell?(): ShellState;
}

/** Makes a program of something that is done to the cluster. */
export type Begin = (cluster: Cluster, action: StepAction | TypedLine, shell: ShellState) => Begun;

/** A program on its way, and what it waits for. */
interface Running {
  /** Its number among the inputs. */
  readonly input: number;
  readonly program: Program;
  readonly isTyped: boolean;
  readonly shell: Begun["shell"];
  wait: Wait;
  printed: number;
  /** Steps that it has taken at the instant `lastMs`. */
  steps: number;
  lastMs: number;
}

type Wait =
  | { readonly kind: "time"; readonly atMs: number }
  | { readonly kind: "change"; readonly since: number; readonly untilMs: number }
  | { readonly kind: "editor" };

/** Limits of one program; who passes them is ended. */
const PROGRAM_LIMITS = {
  /** Characters printed. */
  output: 1_000_000,
  /** Steps without that time passes. */
  stepsAtOnce: 100_000,
} as const;

/** Exit status of who is ended by Ctrl+C: 128 + SIGINT. */
const INTERRUPTED = 130;
/** Of who is killed for passing a limit: 128 + SIGKILL. */
const KILLED = 137;

/**
 * Carries out steps and inputs on a cluster, and lets time pass with the programs that they started: a program goes on at its time, after
 * all events up to then, or at once when something has changed. So the same inputs give the same run, however time is cut up.
 * Programs cannot be put into a snapshot: who goes back does so to an instant without any (`isBusy`), and forgets those of the future.
 */
export class Player {
  private readonly cluster: Cluster;
  private readonly begin: Begin;
  private running: Running[] = [];
  /** What the terminal remembers: part of the instants that can be gone back to. */
  shell: ShellState = NEW_SHELL;

  constructor(cluster: Cluster, begin: Begin) {
    this.cluster = cluster;
    this.begin = begin;
    // Watches are told of changes from here on.
    requestsOf(cluster.api);
  }

  /** Whether a program runs. */
  get isBusy(): boolean {
    return this.running.length > 0;
  }

  /** Whether a program will go on at a time, come what may. Those that wait for a change alone do not keep a run going. */
  get isWaiting(): boolean {
    return this.running.some(
      ({ wait }) => wait.kind === "time" || (wait.kind === "change" && wait.untilMs !== Infinity),
    );
  }

  /** Ends all programs without a trace: the cluster has gone back to before their start. */
  forget(shell: ShellState): void {
    this.running = [];
    this.shell = shell;
  }

  /** Does something to the cluster now. */
  perform(action: Input["action"]): void {
    if (action.kind === "interrupt") this.interrupt();
    else if (action.kind === "edited") this.edited(action.text);
    else {
      const { label, program, shell } = this.begin(this.cluster, action, this.shell);
      const isTyped = action.kind === "shell";
      const input = this.cluster.inputs.begin(label, isTyped);
      const started: Running = {
        input,
        program,
        isTyped,
        shell,
        wait: { kind: "time", atMs: this.cluster.now },
        printed: 0,
        steps: 0,
        lastMs: this.cluster.now,
      };
      this.running.push(started);
      this.resume(started, undefined);
    }
    this.resumeDue();
  }

  /** Lets time pass up to and including that millisecond. */
  runUntil(ms: number): void {
    for (;;) {
      const due = Math.min(ms, ...this.running.map(dueMs));
      const isWatched = this.running.some(({ wait }) => wait.kind === "change");
      if (isWatched) this.cluster.runUntilChange(due);
      else this.cluster.runUntil(due);
      this.resumeDue();
      if (this.cluster.now >= ms && !this.cluster.hasEventsUpTo(ms)) return;
    }
  }

  /** Plays the rest. */
  finish(): void {
    this.cluster.finish(
      (ms) => this.runUntil(ms),
      () => !this.isWaiting,
    );
  }

  private interrupt(): void {
    const typed = this.running.findLast(({ isTyped }) => isTyped);
    if (typed === undefined) return;
    this.cluster.inputs.told(typed.input, "stderr", "^C\n");
    this.end(typed, INTERRUPTED);
  }

  private edited(text: string | undefined): void {
    const typed = this.running.findLast(({ wait }) => wait.kind === "editor");
    if (typed === undefined) return;
    this.cluster.inputs.editing(typed.input, undefined);
    this.resume(typed, text);
  }

  /** Goes on with every program whose time has come or whose change has happened, and with those that these wake in turn. */
  private resumeDue(): void {
    for (;;) {
      const due = this.running.find((program) => this.isDue(program));
      if (due === undefined) return;
      this.resume(due, undefined);
    }
  }

  private isDue({ wait }: Running): boolean {
    const { now, api } = this.cluster;
    if (wait.kind === "time") return wait.atMs <= now && !this.cluster.hasEventsUpTo(wait.atMs);
    if (wait.kind === "editor") return false;
    if (api.resourceVersion !== wait.since) return true;
    return wait.untilMs <= now && !this.cluster.hasEventsUpTo(wait.untilMs);
  }

  /** Runs a program to its next wait or its end. */
  private resume(running: Running, answer: Answer): void {
    let reply = answer;
    if (running.lastMs !== this.cluster.now) running.steps = 0;
    running.lastMs = this.cluster.now;
    for (; running.steps < PROGRAM_LIMITS.stepsAtOnce; running.steps += 1) {
      const { done, value } = running.program.next(reply);
      if (done === true) {
        this.end(running, value);
        return;
      }
      reply = undefined;
      const wait = this.carryOut(running, value);
      if (running.printed > PROGRAM_LIMITS.output) {
        this.kill(running, `more than ${PROGRAM_LIMITS.output} characters printed`);
        return;
      }
      if (wait !== undefined) {
        running.wait = wait;
        return;
      }
    }
    this.kill(running, `more than ${PROGRAM_LIMITS.stepsAtOnce} steps without that time passes`);
  }

  /** Does what a step says; a wait is returned. */
  private carryOut(running: Running, step: Step): Wait | undefined {
    const { inputs, now, api } = this.cluster;
    const { input } = running;
    if ("stdout" in step || "stderr" in step) {
      const text = "stdout" in step ? step.stdout : step.stderr;
      running.printed += text.length;
      inputs.told(input, "stdout" in step ? "stdout" : "stderr", text);
      return undefined;
    }
    if ("write" in step) {
      running.printed += step.write.text.length;
      inputs.wrote(input, step.write.path, step.write.text);
      return undefined;
    }
    if ("edit" in step) {
      inputs.editing(input, step.edit);
      return { kind: "editor" };
    }
    // At least a millisecond, so that no program goes on forever without that time passes.
    if ("waitMs" in step) return { kind: "time", atMs: now + Math.max(1, Math.round(step.waitMs)) };
    return { kind: "change", since: api.resourceVersion, untilMs: step.untilMs ?? Infinity };
  }

  private kill(running: Running, why: string): void {
    this.cluster.inputs.told(running.input, "stderr", `Killed: ${why}\n`);
    this.end(running, KILLED);
  }

  private end(running: Running, code: number): void {
    running.program.return(code);
    if (running.shell !== undefined) this.shell = { ...running.shell(), status: code };
    this.running = this.running.filter((other) => other !== running);
    this.cluster.inputs.ended(running.input, code);
  }
}

function dueMs({ wait }: Running): number {
  if (wait.kind === "time") return wait.atMs;
  return wait.kind === "change" ? wait.untilMs : Infinity;
}
