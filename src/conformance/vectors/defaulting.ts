import { runDefaulting, type VectorCase } from "./api-objects.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** Objects as defaulting leaves them. */
export function run(given: unknown): Verdict {
  return verdictOf(runDefaulting(given as VectorCase));
}
