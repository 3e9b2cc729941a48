/** Structs of k8s.io/api/core/v1 that a pod is made of, as in Kubernetes 1.32. */
export const POD = `
package v1 io.k8s.api.core
string PullPolicy RestartPolicy ContainerRestartPolicy DNSPolicy Protocol URIScheme TerminationMessagePolicy ResourceName
string ResourceResizeRestartPolicy MountPropagationMode RecursiveReadOnlyMode Capability ProcMountType SELinuxChangePolicy
string FSGroupChangePolicy SupplementalGroupsPolicy SeccompProfileType AppArmorProfileType TolerationOperator TaintEffect
string NodeSelectorOperator PreemptionPolicy UnsatisfiableConstraintAction NodeInclusionPolicy OSName PodConditionType PodPhase
string PodQOSClass PodResizeStatus StorageMedium HostPathType PersistentVolumeAccessMode PersistentVolumeMode
string AzureDataDiskCachingMode AzureDataDiskKind
type ResourceList map[string]Quantity
ObjectReference
  kind string
  namespace string
  name string
  uid UID
  apiVersion string
  resourceVersion string
  fieldPath string
LocalObjectReference
  name string
TypedLocalObjectReference
  apiGroup! *string
  kind! string
  name! string
TypedObjectReference
  apiGroup! *string
  kind! string
  name! string
  namespace *string
ObjectFieldSelector
  apiVersion string
  fieldPath! string
ResourceFieldSelector
  containerName string
  resource! string
  divisor Quantity
ConfigMapKeySelector
  name string
  key! string
  optional *bool
SecretKeySelector
  name string
  key! string
  optional *bool
EnvVarSource
  fieldRef *ObjectFieldSelector
  resourceFieldRef *ResourceFieldSelector
  configMapKeyRef *ConfigMapKeySelector
  secretKeyRef *SecretKeySelector
EnvVar
  name! string
  value string
  valueFrom *EnvVarSource
ConfigMapEnvSource
  name string
  optional *bool
SecretEnvSource
  name string
  optional *bool
EnvFromSource
  prefix string
  configMapRef *ConfigMapEnvSource
  secretRef *SecretEnvSource
ContainerPort
  name string
  hostPort int32
  containerPort! int32
  protocol Protocol
  hostIP string
VolumeMount
  name! string
  readOnly bool
  recursiveReadOnly *RecursiveReadOnlyMode
  mountPath! string
  subPath string
  mountPropagation *MountPropagationMode
  subPathExpr string
VolumeDevice
  name! string
  devicePath! string
ResourceClaim
  name! string
  request string
ResourceRequirements
  limits ResourceList
  requests ResourceList
  claims []ResourceClaim
ContainerResizePolicy
  resourceName! ResourceName
  restartPolicy! ResourceResizeRestartPolicy
HTTPHeader
  name! string
  value! string
HTTPGetAction
  path string
  port! IntOrString
  host string
  scheme URIScheme
  httpHeaders []HTTPHeader
ExecAction
  command []string
TCPSocketAction
  port! IntOrString
  host string
GRPCAction
  port! int32
  service! *string
SleepAction
  seconds! int64
ProbeHandler
  exec *ExecAction
  httpGet *HTTPGetAction
  tcpSocket *TCPSocketAction
  grpc *GRPCAction
Probe
+ ProbeHandler
  initialDelaySeconds int32
  timeoutSeconds int32
  periodSeconds int32
  successThreshold int32
  failureThreshold int32
  terminationGracePeriodSeconds *int64
LifecycleHandler
  exec *ExecAction
  httpGet *HTTPGetAction
  tcpSocket *TCPSocketAction
  sleep *SleepAction
Lifecycle
  postStart *LifecycleHandler
  preStop *LifecycleHandler
Capabilities
  add []Capability
  drop []Capability
SELinuxOptions
  user string
  role string
  type string
  level string
WindowsSecurityContextOptions
  gmsaCredentialSpecName *string
  gmsaCredentialSpec *string
  runAsUserName *string
  hostProcess *bool
SeccompProfile
  type! SeccompProfileType
  localhostProfile *string
AppArmorProfile
  type! AppArmorProfileType
  localhostProfile *string
SecurityContext
  capabilities *Capabilities
  privileged *bool
  seLinuxOptions *SELinuxOptions
  windowsOptions *WindowsSecurityContextOptions
  runAsUser *int64
  runAsGroup *int64
  runAsNonRoot *bool
  readOnlyRootFilesystem *bool
  allowPrivilegeEscalation *bool
  procMount *ProcMountType
  seccompProfile *SeccompProfile
  appArmorProfile *AppArmorProfile
Container
  name! string
  image string
  command []string
  args []string
  workingDir string
  ports []ContainerPort containerPort
  envFrom []EnvFromSource
  env []EnvVar name
  resources ResourceRequirements
  resizePolicy []ContainerResizePolicy
  restartPolicy *ContainerRestartPolicy
  volumeMounts []VolumeMount mountPath
  volumeDevices []VolumeDevice devicePath
  livenessProbe *Probe
  readinessProbe *Probe
  startupProbe *Probe
  lifecycle *Lifecycle
  terminationMessagePath string
  terminationMessagePolicy TerminationMessagePolicy
  imagePullPolicy PullPolicy
  securityContext *SecurityContext
  stdin bool
  stdinOnce bool
  tty bool
EphemeralContainer
+ Container
  targetContainerName string
NodeSelectorRequirement
  key! string
  operator! NodeSelectorOperator
  values []string
NodeSelectorTerm
  matchExpressions []NodeSelectorRequirement
  matchFields []NodeSelectorRequirement
NodeSelector
  nodeSelectorTerms! []NodeSelectorTerm
PreferredSchedulingTerm
  weight! int32
  preference! NodeSelectorTerm
NodeAffinity
  requiredDuringSchedulingIgnoredDuringExecution *NodeSelector
  preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm
PodAffinityTerm
  labelSelector *LabelSelector
  namespaces []string
  topologyKey! string
  namespaceSelector *LabelSelector
  matchLabelKeys []string
  mismatchLabelKeys []string
WeightedPodAffinityTerm
  weight! int32
  podAffinityTerm! PodAffinityTerm
PodAffinity
  requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm
  preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm
PodAntiAffinity
+ PodAffinity
Affinity
  nodeAffinity *NodeAffinity
  podAffinity *PodAffinity
  podAntiAffinity *PodAntiAffinity
Toleration
  key string
  operator TolerationOperator
  value string
  effect TaintEffect
  tolerationSeconds *int64
HostAlias
  ip! string
  hostnames []string
PodDNSConfigOption
  name string
  value *string
PodDNSConfig
  nameservers []string
  searches []string
  options []PodDNSConfigOption
PodReadinessGate
  conditionType! PodConditionType
TopologySpreadConstraint
  maxSkew! int32
  topologyKey! string
  whenUnsatisfiable! UnsatisfiableConstraintAction
  labelSelector *LabelSelector
  minDomains *int32
  nodeAffinityPolicy *NodeInclusionPolicy
  nodeTaintsPolicy *NodeInclusionPolicy
  matchLabelKeys []string
PodOS
  name! OSName
PodSchedulingGate
  name! string
PodResourceClaim
  name! string
  resourceClaimName *string
  resourceClaimTemplateName *string
Sysctl
  name! string
  value! string
PodSecurityContext
  seLinuxOptions *SELinuxOptions
  windowsOptions *WindowsSecurityContextOptions
  runAsUser *int64
  runAsGroup *int64
  runAsNonRoot *bool
  supplementalGroups []int64
  supplementalGroupsPolicy *SupplementalGroupsPolicy
  fsGroup *int64
  sysctls []Sysctl
  fsGroupChangePolicy *FSGroupChangePolicy
  seccompProfile *SeccompProfile
  appArmorProfile *AppArmorProfile
  seLinuxChangePolicy *SELinuxChangePolicy
PodSpec
  volumes []Volume name,retainKeys
  initContainers []Container name
  containers! []Container name
  ephemeralContainers []EphemeralContainer name
  restartPolicy RestartPolicy
  terminationGracePeriodSeconds *int64
  activeDeadlineSeconds *int64
  dnsPolicy DNSPolicy
  nodeSelector map[string]string
  serviceAccountName string
  serviceAccount string
  automountServiceAccountToken *bool
  nodeName string
  hostNetwork bool
  hostPID bool
  hostIPC bool
  shareProcessNamespace *bool
  securityContext *PodSecurityContext
  imagePullSecrets []LocalObjectReference name
  hostname string
  subdomain string
  affinity *Affinity
  schedulerName string
  tolerations []Toleration
  hostAliases []HostAlias ip
  priorityClassName string
  priority *int32
  dnsConfig *PodDNSConfig
  readinessGates []PodReadinessGate
  runtimeClassName *string
  enableServiceLinks *bool
  preemptionPolicy *PreemptionPolicy
  overhead ResourceList
  topologySpreadConstraints []TopologySpreadConstraint topologyKey
  setHostnameAsFQDN *bool
  os *PodOS
  hostUsers *bool
  schedulingGates []PodSchedulingGate name
  resourceClaims []PodResourceClaim name
  resources *ResourceRequirements
PodTemplateSpec
  metadata ObjectMeta
  spec PodSpec
PodCondition
  type! PodConditionType
  status! ConditionStatus
  lastProbeTime Time
  lastTransitionTime Time
  reason string
  message string
ContainerStateWaiting
  reason string
  message string
ContainerStateRunning
  startedAt Time
ContainerStateTerminated
  exitCode! int32
  signal int32
  reason string
  message string
  startedAt Time
  finishedAt Time
  containerID string
ContainerState
  waiting *ContainerStateWaiting
  running *ContainerStateRunning
  terminated *ContainerStateTerminated
VolumeMountStatus
  name! string
  mountPath! string
  readOnly bool
  recursiveReadOnly *RecursiveReadOnlyMode
ContainerStatus
  name! string
  state ContainerState
  lastState ContainerState
  ready! bool
  restartCount! int32
  image! string
  imageID! string
  containerID string
  started *bool
  allocatedResources ResourceList
  resources *ResourceRequirements
  volumeMounts []VolumeMountStatus mountPath
HostIP
  ip! string
PodIP
  ip! string
PodStatus
  phase PodPhase
  conditions []PodCondition type
  message string
  reason string
  nominatedNodeName string
  hostIP string
  hostIPs []HostIP
  podIP string
  podIPs []PodIP ip
  startTime *Time
  initContainerStatuses []ContainerStatus
  containerStatuses []ContainerStatus
  qosClass PodQOSClass
  ephemeralContainerStatuses []ContainerStatus
  resize PodResizeStatus
Pod
+ TypeMeta
  metadata ObjectMeta
  spec PodSpec
  status PodStatus
`;
