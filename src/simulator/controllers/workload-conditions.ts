import { ofType } from "../api/find.ts";
import type { WorkloadCondition } from "../api/types.ts";

export type Conditions = readonly WorkloadCondition[] | undefined;

/** The condition of that type (deployment/util GetDeploymentCondition, replicaset GetCondition). */
export function getCondition(conditions: Conditions, type: string): WorkloadCondition | undefined {
  return ofType(conditions, type);
}

/** The conditions without that type, in their order. */
export function removeCondition(
  conditions: Conditions,
  type: string,
): readonly WorkloadCondition[] {
  const all = conditions ?? [];
  return all.some((c) => c.type === type) ? all.filter((c) => c.type !== type) : all;
}

/**
 * The conditions with this one put at the end, in place of the one of its type; unchanged when that has the same status and reason.
 * `keepTransition`: the time of the last transition stays while the status stays (deployment/util SetDeploymentCondition does it,
 * replicaset SetCondition does not).
 */
export function setCondition(
  conditions: Conditions,
  condition: WorkloadCondition,
  keepTransition: boolean,
): readonly WorkloadCondition[] {
  const current = getCondition(conditions, condition.type);
  if (current?.status === condition.status && current.reason === condition.reason) {
    return conditions ?? [];
  }
  const kept =
    keepTransition && current?.status === condition.status
      ? { ...condition, lastTransitionTime: current.lastTransitionTime }
      : condition;
  return [...removeCondition(conditions, condition.type), kept];
}
