import type { WorkloadCondition } from "../../simulator/api/types.ts";
import {
  getCondition,
  removeCondition,
  setCondition,
} from "../../simulator/controllers/workload-conditions.ts";
import { same, unknownFunction, type Verdict } from "./verdict.ts";

/** A case about the list of conditions of a Deployment or ReplicaSet. */
export interface ConditionsCase {
  readonly function: string;
  readonly input: {
    readonly conditions: readonly WorkloadCondition[] | null;
    readonly condition?: WorkloadCondition;
    readonly type?: string;
  };
  readonly expected: {
    readonly exists?: boolean;
    readonly conditions?: readonly WorkloadCondition[] | null;
  };
}

/** Runs Get…, Set… and Remove…Condition. `keepTransition` as for `setCondition`. */
export function runConditions(given: ConditionsCase, keepTransition: boolean): Verdict {
  const { function: name, input, expected } = given;
  const before = input.conditions ?? [];
  if (name.startsWith("Get")) {
    return same(getCondition(before, input.type!) !== undefined, expected.exists);
  }
  const wanted = expected.conditions ?? [];
  if (name.startsWith("Set")) {
    return same(setCondition(before, input.condition!, keepTransition), wanted);
  }
  if (name.startsWith("Remove")) return same(removeCondition(before, input.type!), wanted);
  return unknownFunction(name);
}
