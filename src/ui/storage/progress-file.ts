import { Misshapen, object, readAttempt, readFiles } from "../../labs/read-attempt.ts";
import type { LabProgress, Labs } from "./progress.ts";

/** A file that holds the progress in all labs, to be taken in by another browser. */
const SCHEMA = "rollout-lab/progress/v1";
/** What is handed in to somebody who wants to see that labs were solved: it can be taken in as well. */
const RECORD_SCHEMA = "rollout-lab/record/v1";

/** Bytes of a file that are read at most. All labs with the longest texts that are saved come to less. */
export const FILE_MAX = 8_000_000;
const LABS_MAX = 200;
/** Ids of checks that a lab may have passed. */
const PASSED_MAX = 100;

/** Why nothing of a file was taken in. */
export type FileProblem =
  | { readonly kind: "too-large" }
  /** It is no JSON: another kind of file, or one that was cut off. */
  | { readonly kind: "no-json" }
  /** It is JSON of something else. */
  | { readonly kind: "foreign" }
  /** A newer edition of the site wrote it. */
  | { readonly kind: "newer" };

/** A file's labs, and the names of those of which it says nothing that could be read. */
export interface ProgressReading {
  readonly labs: Labs;
  readonly unreadable: readonly string[];
}

/** The text of the file. */
export function writeProgress(labs: Labs): string {
  return `${JSON.stringify({ schema: SCHEMA, labs }, null, 2)}\n`;
}

/** Reads a file from anywhere. What is in it is only ever replayed on a simulated cluster; a lab whose entry is misshapen is passed over. */
export function readProgress(text: string): ProgressReading | FileProblem {
  if (text.length > FILE_MAX) return { kind: "too-large" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "no-json" };
  }
  const entries = entriesOf(value);
  if ("kind" in entries) return entries;
  const labs: [string, LabProgress][] = [];
  const unreadable: string[] = [];
  for (const { id, progress } of entries.entries) {
    try {
      if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) throw new Misshapen("id");
      labs.push([id, progress()]);
    } catch (error) {
      if (!(error instanceof Misshapen)) throw error;
      unreadable.push(id.slice(0, 63));
    }
  }
  return { labs: Object.fromEntries(labs), unreadable };
}

interface Entry {
  readonly id: string;
  /** Throws `Misshapen`. */
  readonly progress: () => LabProgress;
}

function entriesOf(value: unknown): { readonly entries: readonly Entry[] } | FileProblem {
  if (typeof value !== "object" || value === null) return { kind: "foreign" };
  const { schema, labs } = value as { schema?: unknown; labs?: unknown };
  if (typeof schema !== "string" || typeof labs !== "object" || labs === null) {
    return { kind: "foreign" };
  }
  if (schema === RECORD_SCHEMA && Array.isArray(labs) && labs.length <= LABS_MAX) {
    return { entries: labs.map((lab: unknown) => entryOfRecord(lab)) };
  }
  if (schema === SCHEMA && !Array.isArray(labs) && Object.keys(labs).length <= LABS_MAX) {
    const entries = Object.entries(labs).map(([id, lab]) => ({
      id,
      progress: () => readLab(lab),
    }));
    return { entries };
  }
  const isNewer = /^rollout-lab\/(progress|record)\/v([2-9]|[1-9]\d+)$/.test(schema);
  return { kind: isNewer ? "newer" : "foreign" };
}

function entryOfRecord(lab: unknown): Entry {
  const { id, at, attempt } = (lab ?? {}) as { id?: unknown; at?: unknown; attempt?: unknown };
  return {
    id: typeof id === "string" ? id : "?",
    progress: () => {
      const solved = { at: timeOf(at ?? 0, "at"), attempt: readAttempt(attempt, "attempt") };
      return { at: 0, passed: [], solved };
    },
  };
}

function readLab(value: unknown): LabProgress {
  const { attempt, at, passed, solved, draft } = object(value, "lab");
  const isList = Array.isArray(passed) && passed.length <= PASSED_MAX;
  if (!isList || !passed.every((id) => typeof id === "string")) throw new Misshapen("passed");
  return {
    at: timeOf(at, "at"),
    passed: passed as string[],
    ...(attempt === undefined ? {} : { attempt: readAttempt(attempt, "attempt") }),
    ...(solved === undefined ? {} : { solved: readSolved(solved) }),
    ...(draft === undefined ? {} : { draft: readFiles(draft, "draft") }),
  };
}

function readSolved(value: unknown): LabProgress["solved"] {
  const { at, attempt } = object(value, "solved");
  return { at: timeOf(at, "solved.at"), attempt: readAttempt(attempt, "solved.attempt") };
}

/** A day that the browser can write. */
function timeOf(value: unknown, at: string): number {
  if (typeof value !== "number" || Number.isNaN(new Date(value).getTime())) {
    throw new Misshapen(`${at}: wanted a time`);
  }
  return value;
}
