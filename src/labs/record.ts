import { judge, type Judgement, type Progress, type Simulate } from "./judge.ts";
import type { Attempt } from "./attempt.ts";
import type { Lab } from "./lab.ts";
import { Misshapen, object, readAttempt } from "./read-attempt.ts";

/** What a learner hands in: for each lab that was solved, what was done. It proves nothing by itself; replaying it does. */
export interface CompletionRecord {
  readonly schema: "rollout-lab/record/v1";
  /** Whose it is, as the learner wrote it; not checked. */
  readonly name?: string;
  readonly labs: readonly SolvedLab[];
}

export interface SolvedLab {
  readonly id: string;
  /** When it was solved, as milliseconds since 1970; by the learner's own clock, not checked. */
  readonly at?: number;
  readonly attempt: Attempt;
}

/** What came of replaying one lab of a record. */
export interface Verdict {
  readonly id: string;
  readonly passed: boolean;
  /** Why not; empty when it passed. */
  readonly why: string;
}

/** Limits that a record is held to, so that a hostile one cannot keep a machine busy. */
const RECORD_LIMITS = {
  /** Characters of the whole document. */
  size: 2_000_000,
  labs: 200,
} as const;

/** A record read, or what is wrong with it: the place of the fault in the document, and what was wanted there. */
export type RecordReading = { readonly record: CompletionRecord } | { readonly problem: string };

/** Reads a record. What is in it is only ever replayed on a simulated cluster; nothing of it is trusted. */
export function readRecord(text: string): RecordReading {
  if (text.length > RECORD_LIMITS.size) {
    return {
      problem: `the record has ${text.length} characters; at most ${RECORD_LIMITS.size} are read`,
    };
  }
  try {
    return { record: asRecord(JSON.parse(text)) };
  } catch (error) {
    if (error instanceof Misshapen) return { problem: error.message };
    if (error instanceof SyntaxError) return { problem: `is not JSON: ${error.message}` };
    throw error;
  }
}

/**
 * Replays a record: judges each lab's attempt with the lab's own checks, as the page did. Yields as runs are done. `labOf` gives the labs
 * that there are; a record of another edition may name one that is gone.
 */
export function* verifyRecord(
  { labs }: CompletionRecord,
  labOf: (id: string) => Lab | undefined,
  simulate: Simulate,
): Generator<Progress & { readonly id: string }, readonly Verdict[], void> {
  const verdicts: Verdict[] = [];
  for (const { id, attempt } of labs) {
    const lab = labOf(id);
    if (lab === undefined) {
      verdicts.push({ id, passed: false, why: "there is no such lab" });
      continue;
    }
    const judging = judge(lab, filled(lab, attempt), simulate);
    for (;;) {
      const step = judging.next();
      if (step.done === true) {
        verdicts.push({ id, ...told(step.value) });
        break;
      }
      yield { ...step.value, id };
    }
  }
  return verdicts;
}

/** Only the lab's own files count, and those that the record leaves out are as at the start. */
function filled(lab: Lab, attempt: Attempt): Attempt {
  const files = lab.start.map(({ name, text }) => [name, attempt.files[name] ?? text] as const);
  return { files: Object.fromEntries(files), inputs: attempt.inputs };
}

function told(judgement: Judgement): Pick<Verdict, "passed" | "why"> {
  if (judgement.kind === "refused") {
    const { file, line, column, message } = judgement.diagnostics[0]!;
    return { passed: false, why: `its files are refused: ${file}:${line}:${column}: ${message}` };
  }
  const failed = judgement.checks.filter((check) => !check.passed);
  const why = failed.map(({ id, failure }) => `${id}: ${failure?.en ?? ""}`).join("; ");
  return { passed: judgement.passed, why };
}

function asRecord(value: unknown): CompletionRecord {
  const { schema, name, labs } = object(value, "the record");
  if (schema !== "rollout-lab/record/v1") {
    throw new Misshapen(`schema: wanted rollout-lab/record/v1, got ${JSON.stringify(schema)}`);
  }
  if (!Array.isArray(labs)) throw new Misshapen("labs: wanted a list");
  if (labs.length > RECORD_LIMITS.labs) {
    throw new Misshapen(`labs: ${labs.length} entries; at most ${RECORD_LIMITS.labs} are read`);
  }
  const solved = labs.map((lab, i) => asSolved(lab, `labs[${i}]`));
  const twice = solved.find(({ id }, i) => solved.findIndex((other) => other.id === id) < i);
  if (twice !== undefined) throw new Misshapen(`labs: ${twice.id} stands there twice`);
  return { schema, ...(typeof name === "string" ? { name } : {}), labs: solved };
}

function asSolved(value: unknown, at: string): SolvedLab {
  const { id, at: time, attempt } = object(value, at);
  if (typeof id !== "string") throw new Misshapen(`${at}.id: wanted a lab's name`);
  return {
    id,
    ...(typeof time === "number" ? { at: time } : {}),
    attempt: readAttempt(attempt, `${at}.attempt`),
  };
}
