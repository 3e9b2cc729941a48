import { runConditions, type ConditionsCase } from "./conditions.ts";
import type { Verdict } from "./verdict.ts";

export function run(given: unknown): Verdict {
  return runConditions(given as ConditionsCase, true);
}
