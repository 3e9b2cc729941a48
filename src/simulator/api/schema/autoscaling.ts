/** Structs of k8s.io/api/autoscaling: v1 Scale, and v2. */
export const AUTOSCALING = `
package v1 io.k8s.api.autoscaling
ScaleSpec
  replicas int32
ScaleStatus
  replicas! int32
  selector string
Scale
+ TypeMeta
  metadata ObjectMeta
  spec ScaleSpec
  status ScaleStatus
CrossVersionObjectReference
  kind! string
  name! string
  apiVersion string
v1.HorizontalPodAutoscalerSpec
  scaleTargetRef! CrossVersionObjectReference
  minReplicas *int32
  maxReplicas! int32
  targetCPUUtilizationPercentage *int32
v1.HorizontalPodAutoscalerStatus
  observedGeneration *int64
  lastScaleTime *Time
  currentReplicas! int32
  desiredReplicas! int32
  currentCPUUtilizationPercentage *int32
v1.HorizontalPodAutoscaler
+ TypeMeta
  metadata ObjectMeta
  spec v1.HorizontalPodAutoscalerSpec
  status v1.HorizontalPodAutoscalerStatus
package v2 io.k8s.api.autoscaling
string MetricSourceType MetricTargetType ScalingPolicySelect HPAScalingPolicyType HorizontalPodAutoscalerConditionType
CrossVersionObjectReference
  kind! string
  name! string
  apiVersion string
MetricIdentifier
  name! string
  selector *LabelSelector
MetricTarget
  type! MetricTargetType
  value *Quantity
  averageValue *Quantity
  averageUtilization *int32
ObjectMetricSource
  describedObject! CrossVersionObjectReference
  target! MetricTarget
  metric! MetricIdentifier
PodsMetricSource
  metric! MetricIdentifier
  target! MetricTarget
ResourceMetricSource
  name! ResourceName
  target! MetricTarget
ContainerResourceMetricSource
  name! ResourceName
  target! MetricTarget
  container! string
ExternalMetricSource
  metric! MetricIdentifier
  target! MetricTarget
MetricSpec
  type! MetricSourceType
  object *ObjectMetricSource
  pods *PodsMetricSource
  resource *ResourceMetricSource
  containerResource *ContainerResourceMetricSource
  external *ExternalMetricSource
HPAScalingPolicy
  type! HPAScalingPolicyType
  value! int32
  periodSeconds! int32
HPAScalingRules
  stabilizationWindowSeconds *int32
  selectPolicy *ScalingPolicySelect
  policies []HPAScalingPolicy
HorizontalPodAutoscalerBehavior
  scaleUp *HPAScalingRules
  scaleDown *HPAScalingRules
HorizontalPodAutoscalerSpec
  scaleTargetRef! CrossVersionObjectReference
  minReplicas *int32
  maxReplicas! int32
  metrics []MetricSpec
  behavior *HorizontalPodAutoscalerBehavior
MetricValueStatus
  value *Quantity
  averageValue *Quantity
  averageUtilization *int32
ObjectMetricStatus
  metric! MetricIdentifier
  current! MetricValueStatus
  describedObject! CrossVersionObjectReference
PodsMetricStatus
  metric! MetricIdentifier
  current! MetricValueStatus
ResourceMetricStatus
  name! ResourceName
  current! MetricValueStatus
ContainerResourceMetricStatus
  name! ResourceName
  current! MetricValueStatus
  container! string
ExternalMetricStatus
  metric! MetricIdentifier
  current! MetricValueStatus
MetricStatus
  type! MetricSourceType
  object *ObjectMetricStatus
  pods *PodsMetricStatus
  resource *ResourceMetricStatus
  containerResource *ContainerResourceMetricStatus
  external *ExternalMetricStatus
HorizontalPodAutoscalerCondition
  type! HorizontalPodAutoscalerConditionType
  status! ConditionStatus
  lastTransitionTime Time
  reason string
  message string
HorizontalPodAutoscalerStatus
  observedGeneration *int64
  lastScaleTime *Time
  currentReplicas int32
  desiredReplicas! int32
  currentMetrics! []MetricStatus
  conditions []HorizontalPodAutoscalerCondition type
HorizontalPodAutoscaler
+ TypeMeta
  metadata ObjectMeta
  spec HorizontalPodAutoscalerSpec
  status HorizontalPodAutoscalerStatus
`;
