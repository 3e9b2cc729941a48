import type { PodPhase } from "./types.ts";

/** Whether a pod in this phase has come to its end, and stays so (pkg/api/v1/pod IsPodPhaseTerminal). */
export function isFinalPhase(phase: PodPhase | undefined): phase is "Succeeded" | "Failed" {
  return phase === "Succeeded" || phase === "Failed";
}
