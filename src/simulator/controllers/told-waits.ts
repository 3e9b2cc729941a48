import { deepEqual } from "../api/deep-equal.ts";
import type { Reason } from "../decisions.ts";

/** Why each workload waits, by its key, as last told in the decision log: plain data, kept in the state of its controller. */
export type ToldWaits = Map<string, readonly Reason[]>;

/** Tells why a workload waits, if that is not what was told of it last. */
export function tellWaits(
  told: ToldWaits,
  key: string,
  reasons: readonly (Reason | undefined)[],
  tell: (reason: Reason) => void,
): void {
  const given = reasons.filter((reason) => reason !== undefined);
  if (deepEqual(told.get(key) ?? [], given)) return;
  told.set(key, given);
  for (const reason of given) tell(reason);
}
