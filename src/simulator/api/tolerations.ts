/* Taints and tolerations: k8s.io/component-helpers scheduling/corev1. */
import type { Node, Taint, Toleration } from "./types.ts";

/** Does one of the tolerations tolerate the taint (TolerationsTolerateTaint)? */
export function isTolerated(taint: Taint, tolerations: readonly Toleration[] | undefined): boolean {
  return (tolerations ?? []).some((toleration) => tolerates(toleration, taint));
}

/** The first taint of one of those effects that is not tolerated (FindMatchingUntoleratedTaint). */
export function untoleratedTaint(
  { spec }: Node,
  tolerations: readonly Toleration[] | undefined,
  effects: readonly string[],
): Taint | undefined {
  const { taints } = spec;
  // Mostly there are none, and this is asked of each node for each pod.
  if (taints === undefined || taints.length === 0) return undefined;
  return taints.find((taint) => effects.includes(taint.effect) && !isTolerated(taint, tolerations));
}

/** Does the toleration tolerate the taint (k8s.io/api core/v1 Toleration.ToleratesTaint)? */
export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === "Exists") return true;
  return Boolean(key) && (value ?? "") === (taint.value ?? "");
}
