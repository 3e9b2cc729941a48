/**
 * Whether users would notice an update of manifests, and what to change if so: for the command line and for the page alike.
 *
 *     const result = await checkManifests({ files: [{ name: "web.yaml", text }] }, runMany);
 *
 * `runMany` plays the runs: one after the other (`runInTurn`), on threads (cli/run-pool.ts) or in Web Workers (ui/run-worker/run-pool.ts).
 */
export { checkManifests, DEFAULT_SEEDS, type CheckOptions } from "./check.ts";
export type { CheckedFile } from "./input/read-input.ts";
export type { ImageDocument } from "./plan/guess-image.ts";
export type { CheckReport, UnitReport } from "./report.ts";
export type { Distribution } from "./runs/distribution.ts";
export type { RunOutcome } from "./runs/outcome.ts";
export { reportSchema } from "./report-schema.ts";
export { runInTurn, type ManyRuns, type RunMany } from "./runs/run-many.ts";
export { spreadRuns } from "./runs/spread-runs.ts";
