/*
 * The kinds of Argo Rollouts (argoproj.io/v1alpha1; argo-rollouts pkg/apis/rollouts/v1alpha1/types.go and analysis_types.go), as far as they
 * are simulated. What is left out here is in the schema, so that decoding knows it, and is refused by the controller in clear words.
 */
import type { IntOrString, KubernetesObject, LabelSelector } from "./meta.ts";
import type { PodTemplateSpec } from "./pod-spec.ts";
import type { WorkloadCondition } from "./workloads.ts";

/** How many pods the canary gets whatever its traffic; takes effect only with traffic routing. */
export interface SetCanaryScale {
  readonly replicas?: number;
  /** Share of spec.replicas. */
  readonly weight?: number;
  /** Go back to the size that the traffic weight asks for. */
  readonly matchTrafficWeight?: boolean;
}

/** An argument of an analysis: a value, or where to take it from. */
export interface AnalysisArgument {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    /** `Stable` or `Latest`: the hash of that ReplicaSet. */
    readonly podTemplateHashValue?: string;
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

/** What to analyse: templates by name, and the arguments that they ask for. */
export interface RolloutAnalysis {
  readonly templates?: readonly {
    readonly templateName?: string;
    readonly clusterScope?: boolean;
  }[];
  readonly args?: readonly AnalysisArgument[];
  readonly dryRun?: readonly DryRun[];
  readonly measurementRetention?: readonly object[];
  readonly analysisRunMetadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** An analysis that goes on while the steps do. */
export interface BackgroundAnalysis extends RolloutAnalysis {
  readonly startingStep?: number;
}

export interface CanaryStep {
  readonly setWeight?: number;
  readonly setCanaryScale?: SetCanaryScale;
  readonly pause?: { readonly duration?: IntOrString };
  readonly analysis?: RolloutAnalysis;
  readonly experiment?: object;
  readonly setHeaderRoute?: object;
  readonly setMirrorRoute?: object;
  readonly plugin?: object;
}

export interface NginxTrafficRouting {
  readonly annotationPrefix?: string;
  readonly stableIngress?: string;
  readonly stableIngresses?: readonly string[];
  readonly additionalIngressAnnotations?: Readonly<Record<string, string>>;
}

/** Who splits the traffic between canary and stable. */
export interface RolloutTrafficRouting {
  readonly maxTrafficWeight?: number;
  readonly nginx?: NginxTrafficRouting;
  readonly managedRoutes?: readonly object[];
  /** By the plugin's name; `argoproj-labs/gatewayAPI` is simulated. */
  readonly plugins?: Readonly<Record<string, unknown>>;
  readonly istio?: object;
  readonly alb?: object;
  readonly smi?: object;
  readonly ambassador?: object;
  readonly appMesh?: object;
  readonly traefik?: object;
  readonly apisix?: object;
}

export interface CanaryStrategy {
  readonly canaryService?: string;
  readonly stableService?: string;
  readonly steps?: readonly CanaryStep[];
  readonly maxSurge?: IntOrString;
  readonly maxUnavailable?: IntOrString;
  readonly analysis?: BackgroundAnalysis;
  /** Present when a mesh or an ingress controller splits the traffic; without it the pods' numbers do. */
  readonly trafficRouting?: RolloutTrafficRouting;
  /** Shrink the stable ReplicaSet as traffic leaves it. */
  readonly dynamicStableScale?: boolean;
  readonly minPodsPerReplicaSet?: number;
  readonly scaleDownDelaySeconds?: number;
  readonly scaleDownDelayRevisionLimit?: number;
  /** 0: the aborted canary is left as it is. */
  readonly abortScaleDownDelaySeconds?: number;
  readonly antiAffinity?: object;
  readonly canaryMetadata?: object;
  readonly stableMetadata?: object;
  readonly pingPong?: object;
}

export interface BlueGreenStrategy {
  /** Required by the CustomResourceDefinition. */
  readonly activeService?: string;
  readonly previewService?: string;
  readonly previewReplicaCount?: number;
  /** Default true. */
  readonly autoPromotionEnabled?: boolean;
  readonly autoPromotionSeconds?: number;
  readonly maxUnavailable?: IntOrString;
  readonly scaleDownDelaySeconds?: number;
  readonly scaleDownDelayRevisionLimit?: number;
  readonly abortScaleDownDelaySeconds?: number;
  readonly prePromotionAnalysis?: RolloutAnalysis;
  readonly postPromotionAnalysis?: RolloutAnalysis;
  readonly antiAffinity?: object;
  readonly previewMetadata?: object;
  readonly activeMetadata?: object;
}

export interface RolloutSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
  readonly workloadRef?: object;
  readonly minReadySeconds?: number;
  readonly rollbackWindow?: { readonly revisions?: number };
  readonly strategy: {
    readonly canary?: CanaryStrategy;
    readonly blueGreen?: BlueGreenStrategy;
  };
  readonly revisionHistoryLimit?: number;
  readonly paused?: boolean;
  readonly progressDeadlineSeconds?: number;
  readonly progressDeadlineAbort?: boolean;
  /** Pods that were created before are replaced. */
  readonly restartAt?: string;
  readonly analysis?: {
    readonly successfulRunHistoryLimit?: number;
    readonly unsuccessfulRunHistoryLimit?: number;
  };
}

/** A share of the traffic and who gets it. */
export interface WeightDestination {
  readonly weight: number;
  readonly serviceName?: string;
  readonly podTemplateHash?: string;
}

/** What the traffic router was last told. */
export interface TrafficWeights {
  readonly canary: WeightDestination;
  readonly stable: WeightDestination;
  readonly verified?: boolean;
}

export type PauseReason = "CanaryPauseStep" | "BlueGreenPause" | "InconclusiveAnalysisRun";

export interface PauseCondition {
  readonly reason: PauseReason | (string & {});
  readonly startTime: string;
}

/** An AnalysisRun as its Rollout's status tells of it. */
export interface AnalysisRunRef {
  readonly name: string;
  readonly status: AnalysisPhase | "";
  readonly message?: string;
}

export type RolloutPhase = "Healthy" | "Degraded" | "Progressing" | "Paused";

export interface RolloutStatus {
  readonly abort?: boolean;
  readonly abortedAt?: string;
  readonly pauseConditions?: readonly PauseCondition[];
  readonly controllerPause?: boolean;
  /** Hash of the current template. */
  readonly currentPodHash?: string;
  readonly currentStepHash?: string;
  readonly currentStepIndex?: number;
  /** Hash of the ReplicaSet that was promoted last. */
  readonly stableRS?: string;
  readonly promoteFull?: boolean;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly HPAReplicas?: number;
  readonly selector?: string;
  readonly collisionCount?: number;
  /** The generation, as text. */
  readonly observedGeneration?: string;
  readonly conditions?: readonly WorkloadCondition[];
  readonly canary?: {
    readonly weights?: TrafficWeights;
    readonly currentStepAnalysisRunStatus?: AnalysisRunRef;
    readonly currentBackgroundAnalysisRunStatus?: AnalysisRunRef;
  };
  readonly blueGreen?: {
    readonly activeSelector?: string;
    readonly previewSelector?: string;
    readonly scaleUpPreviewCheckPoint?: boolean;
    readonly prePromotionAnalysisRunStatus?: AnalysisRunRef;
    readonly postPromotionAnalysisRunStatus?: AnalysisRunRef;
  };
  readonly restartedAt?: string;
  readonly phase?: RolloutPhase;
  readonly message?: string;
}

export interface Rollout extends KubernetesObject {
  readonly spec: RolloutSpec;
  readonly status: RolloutStatus;
}

export type AnalysisPhase =
  "Pending" | "Running" | "Successful" | "Failed" | "Error" | "Inconclusive";

export interface DryRun {
  /** A regular expression. */
  readonly metricName: string;
}

export interface Metric {
  readonly name: string;
  readonly interval?: string;
  readonly initialDelay?: string;
  readonly count?: IntOrString;
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly failureLimit?: IntOrString;
  readonly inconclusiveLimit?: IntOrString;
  readonly consecutiveErrorLimit?: IntOrString;
  /** By the provider's name; `prometheus` is simulated. */
  readonly provider: Readonly<Record<string, unknown>> & {
    readonly prometheus?: { readonly address?: string; readonly query?: string };
  };
}

export interface AnalysisTemplateSpec {
  readonly metrics?: readonly Metric[];
  readonly dryRun?: readonly DryRun[];
  readonly measurementRetention?: readonly object[];
  readonly args?: readonly AnalysisArgument[];
  readonly templates?: readonly object[];
}

export interface AnalysisTemplate extends KubernetesObject {
  readonly spec: AnalysisTemplateSpec;
}

export interface Measurement {
  readonly phase: AnalysisPhase;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly value?: string;
}

export interface MetricResult {
  readonly name: string;
  readonly phase: AnalysisPhase;
  readonly measurements?: readonly Measurement[];
  readonly message?: string;
  /** Measurements that were not errors. */
  readonly count?: number;
  readonly successful?: number;
  readonly failed?: number;
  readonly inconclusive?: number;
  readonly error?: number;
  readonly consecutiveError?: number;
  readonly dryRun?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface RunSummaryCounts {
  readonly count?: number;
  readonly successful?: number;
  readonly failed?: number;
  readonly inconclusive?: number;
  readonly error?: number;
}

export interface AnalysisRunStatus {
  readonly phase?: AnalysisPhase;
  readonly message?: string;
  readonly metricResults?: readonly MetricResult[];
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly runSummary?: RunSummaryCounts;
  readonly dryRunSummary?: RunSummaryCounts;
}

export interface AnalysisRun extends KubernetesObject {
  readonly spec: {
    readonly metrics: readonly Metric[];
    readonly args?: readonly AnalysisArgument[];
    readonly dryRun?: readonly DryRun[];
    readonly measurementRetention?: readonly object[];
    /** Ends the run before its time. */
    readonly terminate?: boolean;
  };
  readonly status: AnalysisRunStatus;
}
