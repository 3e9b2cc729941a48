import type { Diagnostic } from "../scenario/schema/diagnostic.ts";
import type { Ignored } from "./input/read-input.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Note } from "./notes.ts";
import type { PatchText } from "./patch/patch-text.ts";
import type { ScenarioFiles, Traffic } from "./plan/plan.ts";
import type { Remedy } from "./remedy/remedy.ts";
import type { Distribution } from "./runs/distribution.ts";
import type { Hindrance } from "./runs/outcome.ts";

/** What a check says of a workload. */
export type Verdict =
  /** Nobody would notice: no request failed in any run, and the update came to its end. */
  | "safe"
  /** Requests fail. */
  | "unsafe"
  /** The update does not come to its end, or the workload does not stand to begin with. */
  | "unfinished"
  /** The API server does not take what the update brings: pods stay as they are. */
  | "refused"
  /** No Service leads to it: only the rollout was looked at, and it came to its end. */
  | "rollout-only"
  /** The update changes nothing of it. */
  | "unchanged"
  /** It is new with the update: there is nothing that users could lose. */
  | "new"
  /** It is not in the new manifests: kubectl apply leaves it as it is. */
  | "left-alone";

/** What held an update up, and in the run of which seed. */
export interface Stuck extends Hindrance {
  readonly seed: number;
}

/** What a check says of workloads that are updated together, mostly one. */
export interface UnitReport {
  /** `deployment/web` */
  readonly objects: readonly string[];
  readonly namespace: string;
  /** Where the first of them stands. */
  readonly file: string;
  readonly line: number;
  readonly verdict: Verdict;
  /** What users' requests go to; undefined: nothing leads to it, for this reason. */
  readonly traffic?: Traffic;
  readonly unreachable?: string;
  readonly notes: readonly Note[];
  /** The update over many seeds; undefined where nothing was played. */
  readonly runs?: Distribution;
  /** The way back to the manifests before, from the end of the update. */
  readonly rollback?: Distribution;
  /** The seed with the most failures, in full. */
  readonly worst?: { readonly seed: number; readonly ledger: Ledger };
  /** What kubectl says of a refused update. */
  readonly refused?: string;
  /** What held the update up, by the last warning of a run in which it did not end. */
  readonly stuck?: Stuck;
  /** What `simulate` plays with any of the seeds. */
  readonly scenario?: ScenarioFiles;
  /** What ends the failures. */
  readonly remedy?: Remedy;
  /** The remedy as a patch. */
  readonly patch?: PatchText;
}

/** A check: schema rollout-lab/check/v1. */
export interface CheckReport {
  readonly schema: "rollout-lab/check/v1";
  /** The first that any workload has of `unsafe`, `refused` and `unfinished`, else `safe`; `nothing-to-check` without a workload that changes. */
  readonly verdict: "safe" | "unsafe" | "refused" | "unfinished" | "nothing-to-check";
  readonly seeds: number;
  /** `new-image`: each workload gets a new image; `manifests`: from the old manifests to the new ones. */
  readonly update: "new-image" | "manifests";
  readonly units: readonly UnitReport[];
  readonly ignored: readonly Ignored[];
}

/** A check that was made, or why it could not be. */
export type CheckResult =
  | { readonly kind: "checked"; readonly report: CheckReport }
  | { readonly kind: "unusable"; readonly diagnostics: readonly Diagnostic[] };
