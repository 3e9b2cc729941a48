/*
 * A command as a program in virtual time: it prints, and waits, and ends with an exit status. Who runs it decides when it goes on; it has
 * no clock of its own.
 */

/** What a program does next. */
export type Step =
  | { readonly stdout: string }
  | { readonly stderr: string }
  /** Time passes. */
  | { readonly waitMs: number }
  /** Until an object of the API changes, at the latest at that virtual time. */
  | { readonly waitForChange: true; readonly untilMs?: number }
  /** A file is written. */
  | { readonly write: { readonly path: string; readonly text: string } }
  /** An editor opens with that text; the answer is the text that was saved. */
  | { readonly edit: { readonly name: string; readonly text: string } };

/** What a step answers: for `edit` the text saved, undefined when the editor was left without saving. */
export type Answer = string | undefined;

/** A running command. It returns its exit status. */
export type Program = Generator<Step, number, Answer>;

/** What came of a program that was not given time. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order of printing. */
  readonly output: string;
}

/** Runs a program up to where it waits for the first time, which ends it with status 0. */
export function runAtOnce(program: Program): Ended {
  const streams = { stdout: "", stderr: "", output: "" };
  for (;;) {
    const { done, value } = program.next();
    if (done === true) return { code: value, ...streams };
    if ("stdout" in value) {
      streams.stdout += value.stdout;
      streams.output += value.stdout;
    } else if ("stderr" in value) {
      streams.stderr += value.stderr;
      streams.output += value.stderr;
    } else if (!("write" in value)) return { code: 0, ...streams };
  }
}
