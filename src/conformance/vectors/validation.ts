import { runValidation, type VectorCase } from "./api-objects.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** What validation says of objects that have been defaulted. */
export function run(given: unknown): Verdict {
  return verdictOf(runValidation(given as VectorCase));
}
