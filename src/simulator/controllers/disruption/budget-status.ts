import { parseTimestamp, timestamp } from "../../api/time.ts";
import type {
  Condition,
  Pod,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
} from "../../api/types.ts";
import { isPodReady } from "../pod-status.ts";
import type { Expectation } from "./expected-pods.ts";

/** An eviction whose pod is still not being deleted after this is taken for failed (disruption.go DeletionTimeout). */
const DELETION_TIMEOUT_MS = 120_000;

/** Evictions that the budget knows of. */
export interface Disrupted {
  /** Pods that were evicted and are not being deleted yet, with the time of the eviction. */
  readonly pods: Readonly<Record<string, string>>;
  /** Those whose time is over: somebody kept them from being deleted. */
  readonly notDeleted: readonly Pod[];
  /** When the next one's time is over, in virtual milliseconds. */
  readonly recheckMs: number | undefined;
}

/** Which evictions still count (disruption.go buildDisruptedPodMap). */
export function disrupted(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  nowMs: number,
): Disrupted {
  const known = budget.status?.disruptedPods ?? {};
  const kept: Record<string, string> = {};
  const notDeleted: Pod[] = [];
  let recheckMs: number | undefined;
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    const at = known[name];
    if (deletionTimestamp !== undefined || at === undefined) continue;
    const dueMs = parseTimestamp(at) + DELETION_TIMEOUT_MS;
    if (dueMs < nowMs) {
      notDeleted.push(pod);
      continue;
    }
    kept[name] = at;
    recheckMs = Math.min(recheckMs ?? dueMs, dueMs);
  }
  return { pods: kept, notDeleted, recheckMs };
}

/** Pods that are ready and not about to go (disruption.go countHealthyPods). */
export function countHealthy(pods: readonly Pod[], evicted: Disrupted["pods"]): number {
  return pods.filter(
    (pod) =>
      pod.metadata.deletionTimestamp === undefined &&
      evicted[pod.metadata.name] === undefined &&
      isPodReady(pod),
  ).length;
}

/** The status that a budget should have (disruption.go updatePdbStatus). A budget that expects no pods allows nothing. */
export function budgetStatus(
  budget: PodDisruptionBudget,
  { expectedPods, desiredHealthy }: Expectation,
  currentHealthy: number,
  evicted: Disrupted["pods"],
  nowMs: number,
): PodDisruptionBudgetStatus {
  const spare = currentHealthy - desiredHealthy;
  const disruptionsAllowed = expectedPods <= 0 || spare <= 0 ? 0 : spare;
  const observedGeneration = budget.metadata.generation ?? 0;
  const verdict =
    disruptionsAllowed > 0
      ? ({ status: "True", reason: "SufficientPods" } as const)
      : ({ status: "False", reason: "InsufficientPods" } as const);
  return {
    observedGeneration,
    ...(Object.keys(evicted).length === 0 ? {} : { disruptedPods: evicted }),
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
    conditions: withDisruptionAllowed(
      budget,
      { ...verdict, message: "", observedGeneration },
      nowMs,
    ),
  };
}

/** The status after a sync that failed: nothing may be evicted (disruption.go failSafe). */
export function failedStatus(
  budget: PodDisruptionBudget,
  message: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  const { observedGeneration } = budget.status ?? {};
  const failed = {
    status: "False",
    reason: "SyncFailed",
    message,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
  } as const;
  return {
    ...budget.status,
    disruptionsAllowed: 0,
    conditions: withDisruptionAllowed(budget, failed, nowMs),
  };
}

/** apimachinery meta.SetStatusCondition: the time of transition stays while the status does. */
function withDisruptionAllowed(
  { status }: PodDisruptionBudget,
  verdict: Omit<Condition, "type" | "lastTransitionTime">,
  nowMs: number,
): readonly Condition[] {
  const before = status?.conditions ?? [];
  const known = before.find(({ type }) => type === "DisruptionAllowed");
  const lastTransitionTime =
    known?.status === verdict.status ? known.lastTransitionTime : timestamp(nowMs);
  const condition: Condition = { type: "DisruptionAllowed", ...verdict, lastTransitionTime };
  return known === undefined
    ? [...before, condition]
    : before.map((other) => (other === known ? condition : other));
}
