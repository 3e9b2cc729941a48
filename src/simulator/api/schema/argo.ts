/**
 * Structs of Argo Rollouts' v1alpha1 (argo-rollouts pkg/apis/rollouts/v1alpha1 of release 1.7). Fields of routers, providers and steps that
 * are not simulated are Raw: any content is taken, and the controller refuses it. A custom resource is stored as it was sent, so what Go's
 * types would fill with zeros is a pointer or omitempty here.
 */
export const ARGO = `
package v1alpha1 io.argoproj
RolloutPodTemplateMetadata
  labels map[string]string
  annotations map[string]string
RolloutAnalysisTemplateRef
  templateName string
  clusterScope bool
RolloutAnalysisFieldRef
  fieldPath! string
RolloutAnalysisSecretKeyRef
  name! string
  key! string
RolloutAnalysisArgValueFrom
  podTemplateHashValue *string
  fieldRef *RolloutAnalysisFieldRef
  secretKeyRef *RolloutAnalysisSecretKeyRef
RolloutAnalysisArgument
  name string
  value *string
  valueFrom *RolloutAnalysisArgValueFrom
RolloutDryRun
  metricName string
RolloutMeasurementRetention
  metricName string
  limit! int32
RolloutAnalysis
  templates []RolloutAnalysisTemplateRef
  args []RolloutAnalysisArgument
  dryRun []RolloutDryRun
  measurementRetention []RolloutMeasurementRetention
  analysisRunMetadata *RolloutPodTemplateMetadata
RolloutAnalysisBackground
+ RolloutAnalysis
  startingStep *int32
RolloutPause
  duration *IntOrString
RolloutSetCanaryScale
  weight *int32
  replicas *int32
  matchTrafficWeight bool
RolloutCanaryStep
  setWeight *int32
  pause *RolloutPause
  experiment Raw
  analysis *RolloutAnalysis
  setCanaryScale *RolloutSetCanaryScale
  setHeaderRoute Raw
  setMirrorRoute Raw
  plugin Raw
RolloutNginxTrafficRouting
  annotationPrefix string
  stableIngress string
  additionalIngressAnnotations map[string]string
  stableIngresses []string
RolloutTrafficRouting
  istio Raw
  nginx *RolloutNginxTrafficRouting
  alb Raw
  smi Raw
  ambassador Raw
  appMesh Raw
  traefik Raw
  managedRoutes []Raw
  apisix Raw
  plugins map[string]Raw
  maxTrafficWeight *int32
RolloutCanaryStrategy
  canaryService string
  stableService string
  steps []RolloutCanaryStep
  trafficRouting *RolloutTrafficRouting
  maxUnavailable *IntOrString
  maxSurge *IntOrString
  analysis *RolloutAnalysisBackground
  antiAffinity Raw
  canaryMetadata Raw
  stableMetadata Raw
  scaleDownDelaySeconds *int32
  scaleDownDelayRevisionLimit *int32
  abortScaleDownDelaySeconds *int32
  dynamicStableScale bool
  pingPong Raw
  minPodsPerReplicaSet *int32
RolloutBlueGreenStrategy
  activeService string
  previewService string
  previewReplicaCount *int32
  autoPromotionEnabled *bool
  autoPromotionSeconds int32
  maxUnavailable *IntOrString
  scaleDownDelaySeconds *int32
  scaleDownDelayRevisionLimit *int32
  prePromotionAnalysis *RolloutAnalysis
  antiAffinity Raw
  postPromotionAnalysis *RolloutAnalysis
  previewMetadata Raw
  activeMetadata Raw
  abortScaleDownDelaySeconds *int32
RolloutStrategy
  blueGreen *RolloutBlueGreenStrategy
  canary *RolloutCanaryStrategy
RolloutRollbackWindow
  revisions int32
RolloutAnalysisRunStrategy
  successfulRunHistoryLimit *int32
  unsuccessfulRunHistoryLimit *int32
RolloutSpec
  replicas *int32
  selector *LabelSelector
  template *PodTemplateSpec
  workloadRef Raw
  minReadySeconds int32
  rollbackWindow *RolloutRollbackWindow
  strategy RolloutStrategy
  revisionHistoryLimit *int32
  paused bool
  progressDeadlineSeconds *int32
  progressDeadlineAbort bool
  restartAt *Time
  analysis *RolloutAnalysisRunStrategy
RolloutPauseCondition
  reason! string
  startTime! Time
RolloutCondition
  type! string
  status! ConditionStatus
  lastUpdateTime Time
  lastTransitionTime Time
  reason! string
  message! string
RolloutAnalysisRunStatus
  name! string
  status! string
  message string
RolloutWeightDestination
  weight! int32
  serviceName string
  podTemplateHash string
RolloutTrafficWeights
  canary! RolloutWeightDestination
  stable! RolloutWeightDestination
  additional []RolloutWeightDestination
  verified *bool
RolloutCanaryStatus
  currentStepAnalysisRunStatus *RolloutAnalysisRunStatus
  currentBackgroundAnalysisRunStatus *RolloutAnalysisRunStatus
  currentExperiment string
  weights *RolloutTrafficWeights
RolloutBlueGreenStatus
  previewSelector string
  activeSelector string
  scaleUpPreviewCheckPoint bool
  prePromotionAnalysisRunStatus *RolloutAnalysisRunStatus
  postPromotionAnalysisRunStatus *RolloutAnalysisRunStatus
RolloutStatus
  abort bool
  pauseConditions []RolloutPauseCondition
  controllerPause bool
  abortedAt *Time
  currentPodHash string
  currentStepHash string
  replicas int32
  updatedReplicas int32
  readyReplicas int32
  availableReplicas int32
  currentStepIndex *int32
  collisionCount *int32
  observedGeneration string
  conditions []RolloutCondition
  canary *RolloutCanaryStatus
  blueGreen *RolloutBlueGreenStatus
  HPAReplicas int32
  selector string
  stableRS string
  restartedAt *Time
  promoteFull bool
  phase string
  message string
Rollout
+ TypeMeta
  metadata ObjectMeta
  spec! RolloutSpec
  status RolloutStatus
AnalysisPrometheusMetric
  address string
  query string
  authentication Raw
  timeout *int64
  insecure bool
  headers []Raw
  rangeQuery Raw
AnalysisMetricProvider
  prometheus *AnalysisPrometheusMetric
  kayenta Raw
  web Raw
  datadog Raw
  wavefront Raw
  newRelic Raw
  job Raw
  cloudWatch Raw
  graphite Raw
  influxdb Raw
  skywalking Raw
  plugin Raw
AnalysisMetric
  name string
  interval string
  initialDelay string
  count *IntOrString
  successCondition string
  failureCondition string
  failureLimit *IntOrString
  inconclusiveLimit *IntOrString
  consecutiveErrorLimit *IntOrString
  consecutiveSuccessLimit *IntOrString
  provider *AnalysisMetricProvider
AnalysisTemplateSpec
  metrics []AnalysisMetric
  dryRun []RolloutDryRun
  measurementRetention []RolloutMeasurementRetention
  args []RolloutAnalysisArgument
  templates []RolloutAnalysisTemplateRef
AnalysisTemplate
+ TypeMeta
  metadata ObjectMeta
  spec! AnalysisTemplateSpec
AnalysisMeasurement
  phase! string
  message string
  startedAt *Time
  finishedAt *Time
  value string
  metadata map[string]string
  resumeAt *Time
AnalysisMetricResult
  name! string
  phase! string
  measurements []AnalysisMeasurement
  message string
  count int32
  successful int32
  failed int32
  inconclusive int32
  error int32
  consecutiveError int32
  dryRun bool
  metadata map[string]string
  consecutiveSuccess int32
AnalysisRunSummary
  count int32
  successful int32
  failed int32
  inconclusive int32
  error int32
AnalysisRunSpec
  metrics! []AnalysisMetric
  args []RolloutAnalysisArgument
  terminate bool
  dryRun []RolloutDryRun
  measurementRetention []RolloutMeasurementRetention
AnalysisRunStatus
  phase string
  message string
  metricResults []AnalysisMetricResult
  startedAt *Time
  runSummary *AnalysisRunSummary
  dryRunSummary *AnalysisRunSummary
  completedAt *Time
AnalysisRun
+ TypeMeta
  metadata ObjectMeta
  spec! AnalysisRunSpec
  status AnalysisRunStatus
`;
