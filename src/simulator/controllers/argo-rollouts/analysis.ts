/* The AnalysisRuns of a Rollout: which there are to be, and what their ends mean (argo-rollouts rollout/analysis.go). */
import type {
  AnalysisPhase,
  AnalysisRun,
  AnalysisRunRef,
  Rollout,
  RolloutAnalysis,
} from "../../api/types.ts";
import { isPhaseOver } from "./analysis-run/phases.ts";
import { ANALYSIS_ROLES, type AnalysisRole, type CurrentRuns } from "./analysis-roles.ts";
import { newAnalysisRun } from "./analysis-templates.ts";
import { pauseCondition } from "./pause.ts";
import { isFullyPromoted, podTemplateHash } from "./rollout.ts";
import { isSaturated, revisionOf } from "./revisions.ts";
import { currentStep, isBeforeStartingStep } from "./steps.ts";
import type { SyncContext } from "./sync-context.ts";

const FILE = "argo-rollouts rollout/analysis.go";

/** Starts, follows and ends the runs (reconcileAnalysisRuns). */
export function reconcileAnalysis(sync: SyncContext): void {
  const { rollout } = sync;
  const isInitial = !rollout.status.stableRS;
  if (sync.isAborted || rollout.status.promoteFull === true || sync.isFastRollback || isInitial) {
    cancel(sync, [...ANALYSIS_ROLES.map((role) => sync.runs[role]), ...sync.otherRuns]);
    return;
  }
  const before = sync.runs;
  const roles: AnalysisRole[] =
    sync.canary === undefined ? ["PrePromotion", "PostPromotion"] : ["Step", "Background"];
  const next: { -readonly [R in AnalysisRole]?: AnalysisRun } = {};
  for (const role of roles) {
    const run = reconcileRole(sync, role, before[role]);
    if (run !== undefined) next[role] = run;
  }
  sync.runs = next;
  const kept = new Set(Object.values(next).map(({ metadata }) => metadata.name));
  const other = sync.otherRuns.filter(({ metadata }) => !kept.has(metadata.name));
  cancel(sync, other);
  for (const run of surplusRuns(rollout, other)) sync.actions.deleteAnalysisRun(run);
  for (const role of roles) tellChange(sync, role, next[role]);
}

/** What each role does in this sync. */
type RoleNow =
  /** A run is to go on; one is made if there is none. */
  | { readonly analysis: RolloutAnalysis; readonly infix: string }
  /** Nothing is to be started; the run that there is stays. */
  | "keep"
  /** The run that there is has to end, and still counts. */
  | "cancel"
  /** The run that there is has to end, and counts no more. */
  | "drop";

function reconcileRole(
  sync: SyncContext,
  role: AnalysisRole,
  run: AnalysisRun | undefined,
): AnalysisRun | undefined {
  const now = roleNow(sync, role);
  if (now === "keep") return run;
  if (now === "cancel" || now === "drop") {
    cancel(sync, [run]);
    return now === "cancel" ? run : undefined;
  }
  if (needsNewRun(sync.rollout, run)) return createRun(sync, role, now.analysis, now.infix);
  const phase = run!.status.phase;
  if (phase === "Inconclusive") sync.pause.add.push("InconclusiveAnalysisRun");
  if (phase === "Error" || phase === "Failed") sync.abort(run!.status.message ?? "");
  return run;
}

function roleNow(sync: SyncContext, role: AnalysisRole): RoleNow {
  const { rollout, canary, blueGreen } = sync;
  const { status } = rollout;
  const isInconclusive = pauseCondition(rollout, "InconclusiveAnalysisRun") !== undefined;
  switch (role) {
    case "Step": {
      const { step, index } = currentStep(rollout);
      if ((status.pauseConditions ?? []).length > 0 || status.abort === true) return "keep";
      if (step?.analysis === undefined) return "drop";
      return { analysis: step.analysis, infix: String(index) };
    }
    case "Background":
      if (canary?.analysis === undefined) return "drop";
      if (isFullyPromoted(rollout) || !status.currentPodHash || isBeforeStartingStep(rollout)) {
        return "drop";
      }
      return isInconclusive ? "keep" : { analysis: canary.analysis, infix: "" };
    case "PrePromotion":
      if (blueGreen?.prePromotionAnalysis === undefined) return "drop";
      if (skipPrePromotion(sync)) return "cancel";
      return isInconclusive ? "keep" : { analysis: blueGreen.prePromotionAnalysis, infix: "pre" };
    case "PostPromotion":
      if (blueGreen?.postPromotionAnalysis === undefined) return "drop";
      if (skipPostPromotion(sync)) return "cancel";
      return isInconclusive ? "keep" : { analysis: blueGreen.postPromotionAnalysis, infix: "post" };
  }
}

/** skipPrePromotionAnalysisRun */
function skipPrePromotion({ rollout, parts }: SyncContext): boolean {
  const { newRS } = parts;
  const { status, spec } = rollout;
  const current = newRS === undefined ? "" : podTemplateHash(newRS);
  const active = status.blueGreen?.activeSelector ?? "";
  if (current === "" || status.stableRS === current || active === "" || active === current) {
    return true;
  }
  const preview = spec.strategy.blueGreen?.previewReplicaCount;
  if (preview === undefined) return !isSaturated(rollout, newRS);
  return newRS?.spec.replicas !== preview || (newRS.status.availableReplicas ?? 0) !== preview;
}

/** skipPostPromotionAnalysisRun */
export function skipPostPromotion({ rollout, parts }: SyncContext): boolean {
  const { newRS } = parts;
  const current = newRS === undefined ? "" : podTemplateHash(newRS);
  const active = rollout.status.blueGreen?.activeSelector ?? "";
  return (
    current === "" ||
    rollout.status.stableRS === current ||
    active !== current ||
    !isSaturated(rollout, newRS)
  );
}

/** needsNewAnalysisRun */
function needsNewRun(rollout: Rollout, run: AnalysisRun | undefined): boolean {
  if (run === undefined) return true;
  const { controllerPause, abortedAt } = rollout.status;
  if (controllerPause === true && pauseCondition(rollout, "BlueGreenPause") === undefined) {
    return run.status.phase === "Inconclusive";
  }
  return abortedAt !== undefined;
}

function createRun(
  sync: SyncContext,
  role: AnalysisRole,
  analysis: RolloutAnalysis,
  infix: string,
): AnalysisRun {
  const { rollout, actions } = sync;
  const { api } = actions.context;
  const namespace = rollout.metadata.namespace ?? "";
  const hash = podTemplateHash(sync.parts.newRS!);
  const parts = [rollout.metadata.name, hash, revisionOf(rollout), ...(infix ? [infix] : [])];
  const base = parts.join("-");
  // A retry makes a further run of the same step (utils/analysis CreateWithCollisionCounter).
  let name = base;
  for (let i = 1; api.find("analysisruns", namespace, name) !== undefined; i += 1) {
    const existing = api.get("analysisruns", namespace, name);
    if (!isPhaseOver(existing.status.phase)) return existing;
    name = `${base}.${i}`;
  }
  const templateOf = (template: string) => api.find("analysistemplates", namespace, template);
  const run = actions.createAnalysisRun(
    newAnalysisRun({ rollout, parts: sync.parts, role, analysis, name, templateOf }),
  );
  sync.tell("rollout.analysis-started", { run: name, role }, `${FILE} createAnalysisRun`);
  return run;
}

function cancel(sync: SyncContext, runs: readonly (AnalysisRun | undefined)[]): void {
  for (const run of runs) {
    if (run === undefined || run.spec.terminate === true || isPhaseOver(run.status.phase)) continue;
    sync.actions.terminateAnalysisRun(run);
  }
}

/** Runs beyond the history limits, 5 of either kind, oldest first (utils/analysis FilterAnalysisRunsToDelete). */
function surplusRuns({ spec }: Rollout, runs: readonly AnalysisRun[]): AnalysisRun[] {
  const { successfulRunHistoryLimit: good = 5, unsuccessfulRunHistoryLimit: bad = 5 } =
    spec.analysis ?? {};
  const newestFirst = runs
    .filter(({ status, metadata }) => isPhaseOver(status.phase) && !metadata.deletionTimestamp)
    .toReversed();
  const successful = newestFirst.filter(({ status }) => status.phase === "Successful");
  const others = newestFirst.filter(({ status }) => status.phase !== "Successful");
  return [...successful.slice(good), ...others.slice(bad)];
}

const STATUS_FIELDS = {
  Step: "currentStepAnalysisRunStatus",
  Background: "currentBackgroundAnalysisRunStatus",
  PrePromotion: "prePromotionAnalysisRunStatus",
  PostPromotion: "postPromotionAnalysisRunStatus",
} as const;

function refBefore({ status }: Rollout, role: AnalysisRole): AnalysisRunRef | undefined {
  return role === "Step" || role === "Background"
    ? status.canary?.[STATUS_FIELDS[role]]
    : status.blueGreen?.[STATUS_FIELDS[role]];
}

/** emitAnalysisRunStatusChanges */
function tellChange(sync: SyncContext, role: AnalysisRole, run: AnalysisRun | undefined): void {
  const phase = run?.status.phase;
  if (run === undefined || phase === undefined) return;
  const before = refBefore(sync.rollout, role);
  const { name } = run.metadata;
  if (before !== undefined && (before.name !== name || before.status === phase)) return;
  const previous = before === undefined ? "NoPreviousStatus" : before.status;
  const message = `${role} Analysis Run '${name}' Status New: '${phase}' Previous: '${previous}'`;
  sync.event(`AnalysisRun${phase}`, message, isBad(phase) ? "Warning" : "Normal");
  if (!isPhaseOver(phase)) return;
  const values = { run: name, role, phase };
  sync.tell("rollout.analysis-ended", values, `${FILE} reconcileAnalysisRunStatusChanges`);
}

function isBad(phase: AnalysisPhase): boolean {
  return phase === "Failed" || phase === "Error";
}

/** What the status is to say of the runs (context.go SetCurrentAnalysisRuns). */
export function analysisRefs(runs: CurrentRuns): Record<string, AnalysisRunRef> {
  const refs: Record<string, AnalysisRunRef> = {};
  for (const role of ANALYSIS_ROLES) {
    const run = runs[role];
    if (run === undefined) continue;
    const { phase = "", message } = run.status;
    refs[STATUS_FIELDS[role]] = {
      name: run.metadata.name,
      status: phase,
      ...(message ? { message } : {}),
    };
  }
  return refs;
}
