/** Structs of k8s.io/api/apps/v1. */
export const APPS = `
package v1 io.k8s.api.apps
string DeploymentStrategyType DeploymentConditionType ReplicaSetConditionType DaemonSetUpdateStrategyType DaemonSetConditionType
string PodManagementPolicyType StatefulSetUpdateStrategyType PersistentVolumeClaimRetentionPolicyType StatefulSetConditionType
RollingUpdateDeployment
  maxUnavailable *IntOrString
  maxSurge *IntOrString
DeploymentStrategy
  type DeploymentStrategyType
  rollingUpdate *RollingUpdateDeployment
DeploymentSpec
  replicas *int32
  selector! *LabelSelector
  template! PodTemplateSpec
  strategy DeploymentStrategy retainKeys
  minReadySeconds int32
  revisionHistoryLimit *int32
  paused bool
  progressDeadlineSeconds *int32
DeploymentCondition
  type! DeploymentConditionType
  status! ConditionStatus
  lastUpdateTime Time
  lastTransitionTime Time
  reason string
  message string
DeploymentStatus
  observedGeneration int64
  replicas int32
  updatedReplicas int32
  readyReplicas int32
  availableReplicas int32
  unavailableReplicas int32
  conditions []DeploymentCondition type
  collisionCount *int32
Deployment
+ TypeMeta
  metadata ObjectMeta
  spec DeploymentSpec
  status DeploymentStatus
ReplicaSetSpec
  replicas *int32
  minReadySeconds int32
  selector! *LabelSelector
  template PodTemplateSpec
ReplicaSetCondition
  type! ReplicaSetConditionType
  status! ConditionStatus
  lastTransitionTime Time
  reason string
  message string
ReplicaSetStatus
  replicas! int32
  fullyLabeledReplicas int32
  readyReplicas int32
  availableReplicas int32
  observedGeneration int64
  conditions []ReplicaSetCondition type
ReplicaSet
+ TypeMeta
  metadata ObjectMeta
  spec ReplicaSetSpec
  status ReplicaSetStatus
RollingUpdateDaemonSet
  maxUnavailable *IntOrString
  maxSurge *IntOrString
DaemonSetUpdateStrategy
  type DaemonSetUpdateStrategyType
  rollingUpdate *RollingUpdateDaemonSet
DaemonSetSpec
  selector! *LabelSelector
  template! PodTemplateSpec
  updateStrategy DaemonSetUpdateStrategy
  minReadySeconds int32
  revisionHistoryLimit *int32
DaemonSetCondition
  type! DaemonSetConditionType
  status! ConditionStatus
  lastTransitionTime Time
  reason string
  message string
DaemonSetStatus
  currentNumberScheduled! int32
  numberMisscheduled! int32
  desiredNumberScheduled! int32
  numberReady! int32
  observedGeneration int64
  updatedNumberScheduled int32
  numberAvailable int32
  numberUnavailable int32
  collisionCount *int32
  conditions []DaemonSetCondition type
DaemonSet
+ TypeMeta
  metadata ObjectMeta
  spec DaemonSetSpec
  status DaemonSetStatus
RollingUpdateStatefulSetStrategy
  partition *int32
  maxUnavailable *IntOrString
StatefulSetUpdateStrategy
  type StatefulSetUpdateStrategyType
  rollingUpdate *RollingUpdateStatefulSetStrategy
StatefulSetPersistentVolumeClaimRetentionPolicy
  whenDeleted PersistentVolumeClaimRetentionPolicyType
  whenScaled PersistentVolumeClaimRetentionPolicyType
StatefulSetOrdinals
  start! int32
StatefulSetSpec
  replicas *int32
  selector! *LabelSelector
  template! PodTemplateSpec
  volumeClaimTemplates []PersistentVolumeClaim
  serviceName! string
  podManagementPolicy PodManagementPolicyType
  updateStrategy StatefulSetUpdateStrategy
  revisionHistoryLimit *int32
  minReadySeconds int32
  persistentVolumeClaimRetentionPolicy *StatefulSetPersistentVolumeClaimRetentionPolicy
  ordinals *StatefulSetOrdinals
StatefulSetCondition
  type! StatefulSetConditionType
  status! ConditionStatus
  lastTransitionTime Time
  reason string
  message string
StatefulSetStatus
  observedGeneration int64
  replicas! int32
  readyReplicas int32
  currentReplicas int32
  updatedReplicas int32
  currentRevision string
  updateRevision string
  collisionCount *int32
  conditions []StatefulSetCondition type
  availableReplicas! int32
StatefulSet
+ TypeMeta
  metadata ObjectMeta
  spec StatefulSetSpec
  status StatefulSetStatus
ControllerRevision
+ TypeMeta
  metadata ObjectMeta
  data Raw
  revision! int64
`;
