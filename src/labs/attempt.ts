import { filesInMemory } from "../scenario/read-files.ts";
import { buildScenario, type Build } from "../scenario/read-spec.ts";
import type { Input } from "../simulator/index.ts";
import type { Lab, LabFile, WorkedOut } from "./lab.ts";

/** Texts of a lab's files by their names. */
export type Files = Readonly<Record<string, string>>;

/** All that a learner has done: with a lab and a seed, it decides the run. */
export interface Attempt {
  /** The files that the scenario begins with; in mode operate they are those of the start, whatever is given. */
  readonly files: Files;
  /** What was typed into the terminal, or what a button typed for the learner; in order of time. */
  readonly inputs: readonly Input[];
}

/** A line as typed at a time, with the files as they were then. */
export function typed(atMs: number, line: string, files: Files): Input {
  return { atMs, action: { kind: "shell", line, files } };
}

/** Files in the order of their tabs as texts by name. */
export function filesByName(files: readonly LabFile[]): Files {
  return Object.fromEntries(files.map(({ name, text }) => [name, text]));
}

/** What a learner has done who has done nothing. */
export function untouched(lab: Lab): Attempt {
  return { files: filesByName(lab.start), inputs: [] };
}

/** A solution or a wrong answer as an attempt. */
export function attemptOf({ files, commands }: WorkedOut): Attempt {
  const byName = filesByName(files);
  return { files: byName, inputs: commands.map(({ at, run }) => typed(at, run, byName)) };
}

/** The scenario that an attempt plays, besides what was typed; or what is wrong with its files. */
export function scenarioOf(lab: Lab, attempt: Attempt): Build {
  const files = lab.mode === "operate" ? filesByName(lab.start) : attempt.files;
  const given = Object.entries(files).map(([name, text]) => [`start/${name}`, text]);
  return buildScenario(lab.scenario, {
    name: lab.id,
    file: "lab.yaml",
    readFile: filesInMemory({ ...lab.files, ...Object.fromEntries(given) }),
  });
}
