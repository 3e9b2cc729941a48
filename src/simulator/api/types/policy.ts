/* policy/v1 and autoscaling/v2. */
import type { Condition, IntOrString, KubernetesObject, LabelSelector } from "./meta.ts";
import type { WorkloadCondition } from "./workloads.ts";

export interface PodDisruptionBudgetSpec {
  readonly minAvailable?: IntOrString;
  readonly maxUnavailable?: IntOrString;
  readonly selector?: LabelSelector;
  readonly unhealthyPodEvictionPolicy?: string;
}

export interface PodDisruptionBudgetStatus {
  readonly observedGeneration?: number;
  /** Pods that were evicted and are not gone yet, with the time of the eviction. */
  readonly disruptedPods?: Readonly<Record<string, string>>;
  readonly disruptionsAllowed?: number;
  readonly currentHealthy?: number;
  readonly desiredHealthy?: number;
  readonly expectedPods?: number;
  readonly conditions?: readonly Condition[];
}

export interface PodDisruptionBudget extends KubernetesObject {
  readonly spec: PodDisruptionBudgetSpec;
  readonly status?: PodDisruptionBudgetStatus;
}

export interface CrossVersionObjectReference {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
}

export interface MetricIdentifier {
  readonly name: string;
  readonly selector?: LabelSelector;
}

export interface MetricTarget {
  /** Utilization, Value or AverageValue. */
  readonly type: string;
  readonly value?: IntOrString;
  readonly averageValue?: IntOrString;
  readonly averageUtilization?: number;
}

/** A metric to scale on: `type` names the field that is set. */
export interface MetricSpec {
  readonly type: string;
  readonly resource?: { readonly name: string; readonly target: MetricTarget };
  readonly containerResource?: {
    readonly name: string;
    readonly container: string;
    readonly target: MetricTarget;
  };
  readonly pods?: { readonly metric: MetricIdentifier; readonly target: MetricTarget };
  readonly object?: {
    readonly describedObject: CrossVersionObjectReference;
    readonly metric: MetricIdentifier;
    readonly target: MetricTarget;
  };
  readonly external?: { readonly metric: MetricIdentifier; readonly target: MetricTarget };
}

export interface HPAScalingRules {
  readonly stabilizationWindowSeconds?: number;
  /** Max, Min or Disabled. */
  readonly selectPolicy?: string;
  readonly policies?: readonly {
    /** Pods or Percent. */
    readonly type: string;
    readonly value: number;
    readonly periodSeconds: number;
  }[];
}

export interface HorizontalPodAutoscalerSpec {
  readonly scaleTargetRef: CrossVersionObjectReference;
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  readonly metrics?: readonly MetricSpec[];
  readonly behavior?: { readonly scaleUp?: HPAScalingRules; readonly scaleDown?: HPAScalingRules };
}

export interface HorizontalPodAutoscalerStatus {
  readonly observedGeneration?: number;
  readonly lastScaleTime?: string;
  readonly currentReplicas?: number;
  readonly desiredReplicas?: number;
  readonly currentMetrics?: readonly object[];
  readonly conditions?: readonly WorkloadCondition[];
}

/** autoscaling/v2. */
export interface HorizontalPodAutoscaler extends KubernetesObject {
  readonly spec: HorizontalPodAutoscalerSpec;
  readonly status?: HorizontalPodAutoscalerStatus;
}
