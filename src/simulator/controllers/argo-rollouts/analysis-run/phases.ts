import type { AnalysisPhase } from "../../../api/types.ts";

/** Best to worst (argo-rollouts utils/analysis analysisStatusOrder). */
const ORDER: readonly AnalysisPhase[] = [
  "Successful",
  "Running",
  "Pending",
  "Inconclusive",
  "Error",
  "Failed",
];

/** Is the phase one that stays (AnalysisPhase.Completed)? */
export function isPhaseOver(phase: AnalysisPhase | "" | undefined): boolean {
  return (
    phase === "Successful" || phase === "Failed" || phase === "Error" || phase === "Inconclusive"
  );
}

/** IsWorse */
export function isWorse(current: AnalysisPhase, next: AnalysisPhase): boolean {
  return ORDER.indexOf(next) > ORDER.indexOf(current);
}
