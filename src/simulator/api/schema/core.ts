/** Structs of k8s.io/api/core/v1 but for pods, and of discovery/v1. */
export const CORE = `
package v1 io.k8s.api.core
string ServiceType ServiceAffinity IPFamily IPFamilyPolicy ServiceExternalTrafficPolicy ServiceInternalTrafficPolicy
string LoadBalancerIPMode NodeConditionType NodeAddressType NodePhase AttachedVolumeName FinalizerName NamespacePhase
string NamespaceConditionType SecretType AddressType ResourceQuotaScope ScopeSelectorOperator LimitType
ServicePort
  name string
  protocol Protocol
  appProtocol *string
  port! int32
  targetPort IntOrString
  nodePort int32
ClientIPConfig
  timeoutSeconds *int32
SessionAffinityConfig
  clientIP *ClientIPConfig
ServiceSpec
  ports []ServicePort port
  selector map[string]string
  clusterIP string
  clusterIPs []string
  type ServiceType
  externalIPs []string
  sessionAffinity ServiceAffinity
  loadBalancerIP string
  loadBalancerSourceRanges []string
  externalName string
  externalTrafficPolicy ServiceExternalTrafficPolicy
  healthCheckNodePort int32
  publishNotReadyAddresses bool
  sessionAffinityConfig *SessionAffinityConfig
  ipFamilies []IPFamily
  ipFamilyPolicy *IPFamilyPolicy
  allocateLoadBalancerNodePorts *bool
  loadBalancerClass *string
  internalTrafficPolicy *ServiceInternalTrafficPolicy
  trafficDistribution *string
PortStatus
  port! int32
  protocol! Protocol
  error *string
LoadBalancerIngress
  ip string
  hostname string
  ipMode *LoadBalancerIPMode
  ports []PortStatus
LoadBalancerStatus
  ingress []LoadBalancerIngress
ServiceStatus
  loadBalancer LoadBalancerStatus
  conditions []Condition type
Service
+ TypeMeta
  metadata ObjectMeta
  spec ServiceSpec
  status ServiceStatus
Taint
  key! string
  value string
  effect! TaintEffect
  timeAdded *Time
NodeConfigSource
  configMap Raw
NodeSpec
  podCIDR string
  podCIDRs []string set
  providerID string
  unschedulable bool
  taints []Taint
  configSource *NodeConfigSource
  externalID string
NodeCondition
  type! NodeConditionType
  status! ConditionStatus
  lastHeartbeatTime Time
  lastTransitionTime Time
  reason string
  message string
NodeAddress
  type! NodeAddressType
  address! string
NodeSystemInfo
  machineID! string
  systemUUID! string
  bootID! string
  kernelVersion! string
  osImage! string
  containerRuntimeVersion! string
  kubeletVersion! string
  kubeProxyVersion! string
  operatingSystem! string
  architecture! string
ContainerImage
  names []string
  sizeBytes int64
AttachedVolume
  name! string
  devicePath! string
DaemonEndpoint
  Port! int32
NodeDaemonEndpoints
  kubeletEndpoint DaemonEndpoint
NodeStatus
  capacity ResourceList
  allocatable ResourceList
  phase NodePhase
  conditions []NodeCondition type
  addresses []NodeAddress type
  daemonEndpoints NodeDaemonEndpoints
  nodeInfo NodeSystemInfo
  images []ContainerImage
  volumesInUse []string
  volumesAttached []AttachedVolume
  config Raw
  runtimeHandlers []Raw
  features Raw
Node
+ TypeMeta
  metadata ObjectMeta
  spec NodeSpec
  status NodeStatus
EventSource
  component string
  host string
EventSeries
  count int32
  lastObservedTime MicroTime
Event
+ TypeMeta
  metadata! ObjectMeta
  involvedObject! ObjectReference
  reason string
  message string
  source EventSource
  firstTimestamp Time
  lastTimestamp Time
  count int32
  type string
  eventTime MicroTime
  series *EventSeries
  action string
  related *ObjectReference
  reportingComponent! string
  reportingInstance! string
NamespaceSpec
  finalizers []FinalizerName
NamespaceCondition
  type! NamespaceConditionType
  status! ConditionStatus
  lastTransitionTime Time
  reason string
  message string
NamespaceStatus
  phase NamespacePhase
  conditions []NamespaceCondition type
Namespace
+ TypeMeta
  metadata ObjectMeta
  spec NamespaceSpec
  status NamespaceStatus
ConfigMap
+ TypeMeta
  metadata ObjectMeta
  immutable *bool
  data map[string]string
  binaryData map[string][]byte
Secret
+ TypeMeta
  metadata ObjectMeta
  immutable *bool
  data map[string][]byte
  stringData map[string]string
  type SecretType
ScopedResourceSelectorRequirement
  scopeName! ResourceQuotaScope
  operator! ScopeSelectorOperator
  values []string
ScopeSelector
  matchExpressions []ScopedResourceSelectorRequirement
ResourceQuotaSpec
  hard ResourceList
  scopes []ResourceQuotaScope
  scopeSelector *ScopeSelector
ResourceQuotaStatus
  hard ResourceList
  used ResourceList
ResourceQuota
+ TypeMeta
  metadata ObjectMeta
  spec ResourceQuotaSpec
  status ResourceQuotaStatus
LimitRangeItem
  type! LimitType
  max ResourceList
  min ResourceList
  default ResourceList
  defaultRequest ResourceList
  maxLimitRequestRatio ResourceList
LimitRangeSpec
  limits! []LimitRangeItem
LimitRange
+ TypeMeta
  metadata ObjectMeta
  spec LimitRangeSpec
ServiceAccount
+ TypeMeta
  metadata ObjectMeta
  secrets []ObjectReference name
  imagePullSecrets []LocalObjectReference
  automountServiceAccountToken *bool
PersistentVolumeClaimStatus
  phase string
  accessModes []PersistentVolumeAccessMode
  capacity ResourceList
PersistentVolumeClaim
+ TypeMeta
  metadata ObjectMeta
  spec PersistentVolumeClaimSpec
  status PersistentVolumeClaimStatus
package v1 io.k8s.api.discovery
EndpointConditions
  ready *bool
  serving *bool
  terminating *bool
ForZone
  name! string
EndpointHints
  forZones []ForZone
Endpoint
  addresses! []string
  conditions EndpointConditions
  hostname *string
  targetRef *ObjectReference
  deprecatedTopology map[string]string
  nodeName *string
  zone *string
  hints *EndpointHints
EndpointPort
  name *string
  protocol *Protocol
  port *int32
  appProtocol *string
EndpointSlice
+ TypeMeta
  metadata ObjectMeta
  addressType! AddressType
  endpoints! []Endpoint
  ports! []EndpointPort
package v1 io.k8s.api.core
EndpointAddress
  ip! string
  hostname string
  nodeName *string
  targetRef *ObjectReference
core.EndpointPort
  name string
  port! int32
  protocol Protocol
  appProtocol *string
EndpointSubset
  addresses []EndpointAddress
  notReadyAddresses []EndpointAddress
  ports []core.EndpointPort
Endpoints
+ TypeMeta
  metadata ObjectMeta
  subsets []EndpointSubset
`;
