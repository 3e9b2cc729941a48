import type { GivenObject } from "../input/read-input.ts";
import type { Plain } from "../plan/pod-spec.ts";
import type { Distribution } from "../runs/distribution.ts";
import type { Edit } from "./edit.ts";

/** What a lever looks at. */
export interface LeverContext {
  /** The workload with what has been changed so far. */
  readonly workload: GivenObject;
  /** The workload as it is in `runs`; the same when left out. */
  readonly measured?: GivenObject | undefined;
  /** That container as it was before the update. */
  readonly former?: Plain | undefined;
  /** The HorizontalPodAutoscaler that decides how many pods it has. */
  readonly scaler?: GivenObject | undefined;
  /** The Service that leads to it. */
  readonly service?: GivenObject | undefined;
  /** Index of the container that the Service leads to. */
  readonly container: number;
  /** Index of the container to which that one passes its requests on, and whether its hooks find a shell. */
  readonly behind?: { readonly container: number; readonly shell: boolean } | undefined;
  /** The port that it leads to there, as a number or a name. */
  readonly targetPort: number | string;
  /** Whether exec hooks of that container find a shell. */
  readonly shell: boolean;
  /** Whether that container is a database: another pod of it has other data. */
  readonly isDatabase?: boolean;
  /** The runs that it is to mend. */
  readonly runs: Distribution;
  /** How many of its steps were taken already. */
  readonly taken: number;
}

/** Names of the levers: the fields of a manifest that govern an update. */
export type LeverName =
  | "preStop"
  | "terminationGracePeriodSeconds"
  | "readinessProbe"
  | "startupProbe"
  | "publishNotReadyAddresses"
  | "strategy"
  | "maxUnavailable"
  | "maxSurge"
  | "replicas"
  | "minReplicas"
  | "minReadySeconds";

/** A change of one field. */
export interface Change {
  readonly lever: LeverName;
  readonly edit: Edit;
  /** What it was set to, and why so: numbers for the sentence. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** A step of a lever: its own change, and those of other fields that this one needs. */
export type Rung = readonly [Change, ...Change[]];

/** Gives the next change to try, weak ones first; undefined when there is none, or it does not apply to this workload. */
export type Lever = (context: LeverContext) => Rung | undefined;
