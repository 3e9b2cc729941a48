import type { AnalysisRun, Rollout } from "../../api/types.ts";

/** What an analysis is for, as its run's label `rollout-type` says. */
export type AnalysisRole = "Step" | "Background" | "PrePromotion" | "PostPromotion";

/** All of them. */
export const ANALYSIS_ROLES: readonly AnalysisRole[] = [
  "Step",
  "Background",
  "PrePromotion",
  "PostPromotion",
];

/** The runs that the Rollout stands by now (utils/analysis CurrentAnalysisRuns). */
export type CurrentRuns = { readonly [R in AnalysisRole]?: AnalysisRun };

/** The run of each role, as the status names them, and all others (FilterCurrentRolloutAnalysisRuns). */
export function splitRuns(
  { spec, status }: Rollout,
  runs: readonly AnalysisRun[],
): { current: CurrentRuns; other: AnalysisRun[] } {
  const names: Record<AnalysisRole, string | undefined> = {
    Step: spec.strategy.canary && status.canary?.currentStepAnalysisRunStatus?.name,
    Background: spec.strategy.canary && status.canary?.currentBackgroundAnalysisRunStatus?.name,
    PrePromotion: spec.strategy.blueGreen && status.blueGreen?.prePromotionAnalysisRunStatus?.name,
    PostPromotion:
      spec.strategy.blueGreen && status.blueGreen?.postPromotionAnalysisRunStatus?.name,
  };
  const current: { -readonly [R in AnalysisRole]?: AnalysisRun } = {};
  const other = runs.filter((run) => {
    const role = ANALYSIS_ROLES.find((r) => names[r] === run.metadata.name);
    if (role !== undefined) current[role] = run;
    return role === undefined;
  });
  return { current, other };
}
