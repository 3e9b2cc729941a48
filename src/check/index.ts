/**
 * Whether users would notice an update of manifests, and what to change if so: for the command line and for the page alike.
 *
 *     const result = await checkManifests({ files: [{ name: "web.yaml", text }] }, runMany);
 *
 * `runMany` plays the runs: one after the other (`runInTurn`), on threads (cli/run-pool.ts) or in Web Workers (ui/run-worker/run-pool.ts).
 */
export { checkManifests, DEFAULT_SEEDS, type CheckOptions } from "./check.ts";
export type { CheckedFile, Ignored, Origin } from "./input/read-input.ts";
export type { Failure, Ledger } from "./ledger/ledger.ts";
export { ledgerOf } from "./ledger/ledger.ts";
export type { Race } from "./ledger/race.ts";
export type { Note, NoteCode } from "./notes.ts";
export type { PatchText } from "./patch/patch-text.ts";
export type { ImageDocument } from "./plan/guess-image.ts";
export type { ScenarioFiles, Traffic } from "./plan/plan.ts";
export type { Attempt, Part, Remedy } from "./remedy/remedy.ts";
export type { CheckReport, CheckResult, UnitReport, Verdict } from "./report.ts";
export type { Distribution, Spread } from "./runs/distribution.ts";
export type { Counts, RunOutcome } from "./runs/outcome.ts";
export { reportSchema } from "./report-schema.ts";
export { playOnce, runInTurn, type ManyRuns, type RunMany } from "./runs/run-many.ts";
export { spreadRuns, type Player } from "./runs/spread-runs.ts";
