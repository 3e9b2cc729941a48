import { typed, untouched, type Files, type Lab } from "../../labs/index.ts";
import type { Input } from "../../simulator/index.ts";
import type { Stand } from "../run-worker/play-lab.ts";

export type { Stand } from "../run-worker/play-lab.ts";

/** All stands so far; the last is what the page shows. Never empty. */
export type History = readonly [Stand, ...Stand[]];

/** The cluster before anything was done: in mode deploy nothing has been deployed yet, in mode operate the scenario's steps play. */
export function begin(lab: Lab): History {
  return [{ attempt: untouched(lab), deploys: lab.mode === "operate", seed: lab.scenario.seed }];
}

/** The stand that the page shows. */
export function current(history: History): Stand {
  return history.at(-1)!;
}

/** Plays the lab's steps from the start with these files. */
export function deploy(history: History, files: Files, seed: number): History {
  return [...history, { attempt: { files, inputs: [] }, deploys: true, seed }];
}

/** The same that was done with another seed: other delays, other arrivals. */
export function reseed(history: History, stand: Stand, seed: number): History {
  return [...history, { ...stand, seed }];
}

/** Does something at a time; what was done later belongs to a future that is cut off. */
export function doAt(history: History, input: Input): History {
  const stand = current(history);
  const kept = stand.attempt.inputs.filter(({ atMs }) => atMs <= input.atMs);
  return [...history, { ...stand, attempt: { ...stand.attempt, inputs: [...kept, input] } }];
}

/** Types a line at a time. */
export function typeAt(history: History, atMs: number, line: string, files: Files): History {
  return doAt(history, typed(atMs, line, files));
}

/** As it stood before the last change; the same where there was none. */
export function undo(history: History): History {
  const [first, ...rest] = history;
  return [first, ...rest.slice(0, -1)];
}

/** Whether there is something to take back. */
export function canUndo(history: History): boolean {
  return history.length > 1;
}
