import { deepEqual } from "../../api/server.ts";
import { timestamp } from "../../api/time.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerStatus,
  WorkloadCondition,
} from "../../api/types.ts";
import type { Verdict } from "./scaling-rules.ts";

type ConditionType = "AbleToScale" | "ScalingActive" | "ScalingLimited";

/** The status that a sync comes to. Each way to end it gives undefined when nothing has changed (updateStatusIfNeeded). */
export class AutoscalerStatus {
  private readonly before: HorizontalPodAutoscalerStatus;
  private readonly now: string;
  private conditions: WorkloadCondition[];

  constructor({ status = {} }: HorizontalPodAutoscaler, nowMs: number) {
    this.before = status;
    this.now = timestamp(nowMs);
    this.conditions = [...(status.conditions ?? [])];
  }

  /** setConditionInList: the time of transition stays while the status does. */
  set(type: ConditionType, { status, reason, message }: Verdict): void {
    const at = this.conditions.findIndex((condition) => condition.type === type);
    const known = this.conditions[at];
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : this.now;
    const condition = { type, status, lastTransitionTime, reason, message } as WorkloadCondition;
    if (known === undefined) this.conditions.push(condition);
    else this.conditions[at] = condition;
  }

  /** The scale could not be had: the conditions alone change. */
  withoutProposal(): HorizontalPodAutoscalerStatus | undefined {
    return this.changed({ ...this.before, conditions: this.conditions });
  }

  /** No metric could be had: what it last wanted stays (setCurrentReplicasInStatus). */
  keepingProposal(current: number): HorizontalPodAutoscalerStatus | undefined {
    const { desiredReplicas = 0, currentMetrics = [] } = this.before;
    return this.proposing(current, desiredReplicas, currentMetrics, false);
  }

  /** setStatus */
  proposing(
    current: number,
    desiredReplicas: number,
    currentMetrics: readonly object[],
    isRescaled: boolean,
  ): HorizontalPodAutoscalerStatus | undefined {
    const { lastScaleTime: before, observedGeneration } = this.before;
    const lastScaleTime = isRescaled ? this.now : before;
    return this.changed({
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
      ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
      currentReplicas: current,
      desiredReplicas,
      ...(currentMetrics.length === 0 ? {} : { currentMetrics }),
      conditions: this.conditions,
    });
  }

  private changed(status: HorizontalPodAutoscalerStatus) {
    return deepEqual(this.before, status) ? undefined : status;
  }
}
