import type { AnalysisRun, ReplicaSet, Rollout, RolloutStatus, Service } from "../../api/types.ts";
import type { Reason } from "../../decisions.ts";
import type { RolloutActions } from "./actions.ts";
import type { CurrentRuns } from "./analysis-roles.ts";
import { isAborted, newPauseDraft, type PauseDraft } from "./pause.ts";
import { byHash, partsOf, replicasOf, scaleDownDeadline, type Parts } from "./parts.ts";
import {
  abortScaleDownDelay,
  desiredReplicas,
  isFullyPromoted,
  podTemplateHash,
  SCALE_DOWN_DEADLINE,
} from "./rollout.ts";
import { revisionOf, withDesired } from "./revisions.ts";

const SCALE = "argo-rollouts rollout/sync.go scaleReplicaSet";

/** What a sync reads: caches that have the controller's own writes in them. */
export interface RolloutReader {
  service(namespace: string, name: string): Service | undefined;
  analysisRuns(rollout: Rollout): readonly AnalysisRun[];
}

/**
 * One sync of a Rollout under way (argo-rollouts rollout/context.go rolloutContext): the Rollout and its ReplicaSets as they are, what has been
 * decided so far, and what the status is going to say.
 */
export class SyncContext {
  readonly actions: RolloutActions;
  readonly reader: RolloutReader;
  readonly pause: PauseDraft = newPauseDraft();
  /**
   * Did the template's ReplicaSet still wait for its end when the sync began? Then the update goes back to pods that are there, and needs
   * neither pause nor analysis (HasScaleDownDeadline of the ReplicaSet as it was).
   */
  readonly isFastRollback: boolean;
  rollout: Rollout;
  parts: Parts;
  /** What the status will have besides what is counted at the end. */
  draft: Pick<RolloutStatus, "canary" | "blueGreen" | "restartedAt">;
  runs: CurrentRuns = {};
  otherRuns: readonly AnalysisRun[] = [];
  /** Why it waits, as the decision log is to have it. */
  readonly waits: Reason[] = [];
  /** After how many milliseconds to look again, whatever happens; undefined: not at all. */
  requeueMs: number | undefined;

  constructor(
    actions: RolloutActions,
    reader: RolloutReader,
    rollout: Rollout,
    replicaSets: readonly ReplicaSet[],
  ) {
    this.actions = actions;
    this.reader = reader;
    this.rollout = rollout;
    this.parts = partsOf(rollout, replicaSets);
    this.isFastRollback = scaleDownDeadline(this.parts.newRS) !== undefined;
    const { restartedAt, canary } = rollout.status;
    const weights = canary?.weights;
    this.draft = {
      ...(restartedAt === undefined ? {} : { restartedAt }),
      canary: weights === undefined ? {} : { weights },
    };
    if (isFullyPromoted(rollout) && this.isAborted) this.pause.removeAbort = true;
  }

  get now(): number {
    return this.actions.now;
  }

  get isAborted(): boolean {
    return isAborted(this.rollout, this.pause);
  }

  get canary() {
    return this.rollout.spec.strategy.canary;
  }

  get blueGreen() {
    return this.rollout.spec.strategy.blueGreen;
  }

  /** Does the canary or preview of an aborted update keep its pods for a while (rollout/replicaset.go shouldDelayScaleDownOnAbort)? */
  get delaysScaleDownOnAbort(): boolean {
    const { canary } = this;
    if (!this.isAborted || this.parts.stableRS === undefined) return false;
    if (canary !== undefined && canary.trafficRouting === undefined) return false;
    const delay = abortScaleDownDelay(this.rollout);
    if (delay.seconds === undefined) return false;
    return canary?.dynamicStableScale !== true || delay.wasSet;
  }

  /** Gives the update up; the status says why. */
  abort(message: string): void {
    this.pause.abort = message;
  }

  /** Is there no analysis before the switch, or has it ended well (rollout/pause.go completedPrePromotionAnalysis)? */
  get completedPrePromotionAnalysis(): boolean {
    if (this.blueGreen?.prePromotionAnalysis === undefined) return true;
    return this.runs.PrePromotion?.status.phase === "Successful";
  }

  /** A Service of the Rollout's namespace by name. */
  service(name: string | undefined): Service | undefined {
    return name ? this.reader.service(this.rollout.metadata.namespace ?? "", name) : undefined;
  }

  requeueAfter(ms: number): void {
    this.requeueMs = Math.min(this.requeueMs ?? Infinity, Math.max(0, ms));
  }

  event(reason: string, message: string, type?: "Normal" | "Warning"): void {
    this.actions.event(this.rollout, reason, message, type);
  }

  tell(code: string, values: Reason["values"], upstream: string): void {
    this.actions.tell(this.rollout, { code, values, upstream });
  }

  wait(code: string, values: Reason["values"], upstream: string): void {
    this.waits.push({ code, values, upstream });
  }

  /** Goes on with this version of a ReplicaSet. */
  replaced(next: ReplicaSet): ReplicaSet {
    const others = this.parts.all.filter(({ metadata }) => metadata.uid !== next.metadata.uid);
    this.parts = partsOf(this.rollout, [...others, next]);
    return next;
  }

  /** The ReplicaSet as this sync knows it now. */
  current(replicaSet: ReplicaSet): ReplicaSet {
    return byHash(this.parts.all, podTemplateHash(replicaSet)) ?? replicaSet;
  }

  /** Brings a ReplicaSet to a size; says whether that changed it (scaleReplicaSetAndRecordEvent). */
  scale(given: ReplicaSet, to: number, code: string, values: Reason["values"] = {}): boolean {
    const replicaSet = this.current(given);
    const from = replicasOf(replicaSet);
    const own = replicaSet.metadata.annotations ?? {};
    let annotations = withDesired(this.rollout, own);
    if (from === to && annotations === own) return false;
    if (to === 0 && !this.delaysScaleDownOnAbort) {
      const { [SCALE_DOWN_DEADLINE]: _over, ...others } = annotations;
      annotations = others;
    }
    const { name } = replicaSet.metadata;
    this.replaced(
      this.actions.updateReplicaSet({
        ...replicaSet,
        metadata: { ...replicaSet.metadata, annotations },
        spec: { ...replicaSet.spec, replicas: to },
      }),
    );
    if (from === to) return false;
    const direction = from < to ? "up" : "down";
    const revision = revisionOf(replicaSet);
    const what = `ReplicaSet ${name} (revision ${revision}) from ${from} to ${to}`;
    this.event("ScalingReplicaSet", `Scaled ${direction} ${what}`);
    this.tell(code, { replicaSet: name, from, to, ...values }, SCALE);
    return true;
  }

  /** The values of a decision that is about shares of all pods. */
  get desired(): number {
    return desiredReplicas(this.rollout);
  }
}
