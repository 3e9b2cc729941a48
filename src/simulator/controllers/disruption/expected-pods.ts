import type { PodDisruptionBudgetSpec } from "../../api/types.ts";
import { isPercent, scaledValue } from "../scaled-value.ts";

/** What a budget asks for. */
export interface Expectation {
  /** Pods that there should be. */
  readonly expectedPods: number;
  /** Pods that have to stay healthy. */
  readonly desiredHealthy: number;
}

/**
 * What a budget asks for (disruption.go getExpectedPodCount). `pods`: how many it selects; `scale`: what their controllers want, asked
 * for only where it counts. Both percentages are rounded up.
 */
export function expectation(
  { minAvailable, maxUnavailable }: PodDisruptionBudgetSpec,
  pods: number,
  scale: () => number,
): Expectation {
  if (maxUnavailable !== undefined) {
    const expectedPods = scale();
    const unavailable = scaledValue(maxUnavailable, expectedPods);
    return { expectedPods, desiredHealthy: Math.max(0, expectedPods - unavailable) };
  }
  if (minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0 };
  if (!isPercent(minAvailable)) return { expectedPods: pods, desiredHealthy: Number(minAvailable) };
  const expectedPods = scale();
  return { expectedPods, desiredHealthy: scaledValue(minAvailable, expectedPods) };
}
