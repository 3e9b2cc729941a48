import type { Distribution } from "../runs/distribution.ts";
import type { Change } from "./lever.ts";

/** A change that was made to the manifest, as a part of the remedy. */
export interface Part extends Change {
  /** What happens without it: runs that fail again, or that the API server refuses the rest. */
  readonly without: "refused" | Without;
}

/** Runs without a part, and in how many of them the update does not come to its end. */
interface Without extends Pick<Distribution, "failed" | "runsWithFailures" | "seeds"> {
  readonly unfinished: number;
}

/** Something that was tried and did not end the failures. */
export interface Attempt extends Pick<Change, "lever" | "values"> {
  /** Failed requests a run before and with it, median. */
  readonly from: number;
  readonly to: number;
}

/** What came of looking for the smallest change after which no request fails. */
export type Remedy =
  /** The update after this one loses nothing as the manifest is. */
  | { readonly kind: "not-needed"; readonly runs: Distribution }
  | {
      readonly kind: "patch";
      readonly parts: readonly Part[];
      /** The runs with it. */
      readonly runs: Distribution;
      /** The update that brings it: pods that run now end as they always have. Undefined: none of them ever stood. */
      readonly introduction?: Distribution;
      readonly attempts: readonly Attempt[];
    }
  /** Nothing in the manifest ends it. */
  | {
      readonly kind: "none";
      /** The fewest failures that were reached. */
      readonly runs: Distribution;
      readonly attempts: readonly Attempt[];
    };
