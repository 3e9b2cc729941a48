/**
 * Containers that have to end before another one is stopped (kuberuntime_termination_order.go newTerminationOrdering): a native sidecar
 * waits for all containers that are none, and for the sidecars that are defined after it.
 */
export function stopsAfter(
  container: string,
  sidecars: readonly string[],
  others: readonly string[],
): string[] {
  const at = sidecars.indexOf(container);
  return at < 0 ? [] : [...others, ...sidecars.slice(at + 1)];
}
